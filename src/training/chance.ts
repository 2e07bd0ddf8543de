import { Random } from '../numerics/random.js';

/** What chance decides; each has sequences of its own, so that none depends on how much another has drawn. */
const PURPOSES = { weights: 1, holdOut: 2, order: 3, unknownWords: 4 } as const;

/**
 * The sequence for one purpose, and one epoch or sentence of it.
 *
 * @param numbers which one, as in epoch, sentence
 */
export function chanceFor(seed: number, purpose: keyof typeof PURPOSES, ...numbers: readonly number[]): Random {
  return new Random(seed, PURPOSES[purpose], ...numbers);
}
