import { mixBits, Random } from '../numerics/random.js';

/** What chance decides; each has numbers of its own, so that none depends on how much another has drawn. */
const PURPOSES = {
  ...{ weights: 1, holdOut: 2, order: 3, unknownWords: 4, inputDropout: 5, stateDropout: 6 },
  ...{ sweep: 7, part: 8, resampling: 9 },
} as const;

type Purpose = keyof typeof PURPOSES;

/**
 * The sequence of chance for one purpose, and one epoch of it.
 *
 * @param numbers which one, as in epoch
 */
export function chanceFor(seed: number, purpose: Purpose, ...numbers: readonly number[]): Random {
  return new Random(seed, PURPOSES[purpose], ...numbers);
}

/** A whole number of 32 bits for one purpose, epoch and sentence, from which that of each of its tokens follows. */
export function sentenceKey(seed: number, purpose: Purpose, epoch: number, sentence: number): number {
  let key = mixBits(seed ^ Math.imul(PURPOSES[purpose], 0x9e3779b9));
  key = mixBits(key ^ Math.imul(epoch, 0x85ebca77));
  return mixBits(key ^ Math.imul(sentence, 0xc2b2ae3d));
}

/** A whole number of 32 bits for one token of a sentence. */
export function tokenKey(key: number, t: number): number {
  return mixBits(key + Math.imul(t, 0x9e3779b1));
}

/** Whether chance, drawn from a key, falls below `rate`, from 0 to 1. */
export function falls(key: number, rate: number): boolean {
  return (key >>> 8) / 16777216 < rate;
}
