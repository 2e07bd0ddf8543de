import type { Numbers } from '../../src/numerics/kernels.js';
import type { Random } from '../../src/numerics/random.js';

/** Fills a block with numbers drawn evenly from -1 to 1, each exact in single precision. */
export function fillBySeed<Block extends Numbers>(block: Block, random: Random): Block {
  for (let index = 0; index < block.length; index++) block[index] = 2 * random.uniform() - 1;
  return block;
}

/** Whole numbers from 0 to `limit` - 1. */
export function drawIds(n: number, limit: number, random: Random): Int32Array {
  return Int32Array.from({ length: n }, () => random.below(limit));
}
