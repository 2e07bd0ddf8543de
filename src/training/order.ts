import { at } from '../numerics/at.js';
import type { Random } from '../numerics/random.js';

/**
 * Divides the sentences into batches of similar length and shuffles the batches; ties in length are broken at random.
 *
 * @returns the sentences of each batch, longest first
 */
export function orderBatches(lengths: readonly number[], batchSize: number, random: Random): number[][] {
  const ties = lengths.map(() => random.next());
  const order = [...lengths.keys()].sort((a, b) => {
    return at(lengths, b) - at(lengths, a) || at(ties, a) - at(ties, b) || a - b;
  });
  const batches: number[][] = [];
  for (let from = 0; from < order.length; from += batchSize) batches.push(order.slice(from, from + batchSize));
  random.shuffle(batches);
  return batches;
}
