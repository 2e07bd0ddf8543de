import { at } from '../numerics/at.js';
import { type PlacedParameter, sizeOf } from '../numerics/parameters.js';
import type { Random } from '../numerics/random.js';
import type { NetworkLayout } from './layout.js';

/**
 * Draws weights that a training begins with, parameter by parameter in their `drawOrder`, so that those of a network
 * without some part are the same as with it.
 *
 * @returns each parameter with its weights, without padding in the order of its shape
 */
export function* drawWeights(
  { dense, tables }: NetworkLayout,
  random: Random,
): Generator<[PlacedParameter, Float32Array]> {
  const parameters = [...dense, ...tables].sort((a, b) => a.drawOrder - b.drawOrder);
  for (const parameter of parameters) {
    const { initial, columns, shape } = parameter;
    const weights = new Float32Array(sizeOf(shape));
    if ('bound' in initial)
      for (let index = 0; index < weights.length; index++) weights[index] = (2 * random.uniform() - 1) * initial.bound;
    else
      for (let start = 0, block = 0; start < weights.length; start += columns.size, block++)
        weights.fill(at(initial.constants, block % columns.blocks), start, start + columns.size);
    yield [parameter, weights];
  }
}
