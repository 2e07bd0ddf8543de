import type { Numbers } from '../../src/numerics/kernels.js';
import type { Random } from '../../src/numerics/random.js';

/** Fills a block with numbers drawn evenly from -1 to 1, each exact in single precision. */
export function fillBySeed<Block extends Numbers>(block: Block, random: Random): Block {
  for (let index = 0; index < block.length; index++) block[index] = 2 * random.uniform() - 1;
  return block;
}
