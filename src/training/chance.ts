import { mixBits, Random } from '../numerics/random.js';

/** The purposes of random numbers. Each has its own sequence, so that none depends on how much another has drawn. */
const PURPOSES = {
  ...{ weights: 1, holdOut: 2, order: 3, unknownWords: 4, inputDropout: 5, stateDropout: 6 },
  ...{ sweep: 7, part: 8, resampling: 9, hiddenClusters: 10, wordVectors: 11, wordClusters: 12 },
  ...{ outside: 13, hiddenNames: 14, folds: 15, hiddenDocument: 16, rawSentences: 17, guessedWords: 18 },
} as const;

type Purpose = keyof typeof PURPOSES;

/** Returns the random numbers of one purpose, and of the epoch or other thing that `numbers` name, if any. */
export function chanceFor(seed: number, purpose: Purpose, ...numbers: readonly number[]): Random {
  return new Random(seed, PURPOSES[purpose], ...numbers);
}

/** Returns 32 bits for one purpose, epoch and sentence, from which `tokenKey` derives those of its tokens. */
export function sentenceKey(seed: number, purpose: Purpose, epoch: number, sentence: number): number {
  let key = mixBits(seed ^ Math.imul(PURPOSES[purpose], 0x9e3779b9));
  key = mixBits(key ^ Math.imul(epoch, 0x85ebca77));
  return mixBits(key ^ Math.imul(sentence, 0xc2b2ae3d));
}

/** Returns 32 bits for token t of the sentence that has the given key. */
export function tokenKey(key: number, t: number): number {
  return mixBits(key + Math.imul(t, 0x9e3779b1));
}

/** Tells whether the number from 0 to 1 that a key stands for is below `rate`. */
export function falls(key: number, rate: number): boolean {
  return (key >>> 8) / 16777216 < rate;
}
