import * as z from 'zod';

/** Which words become one-hot vectors. */
export const vocabularySettings = {
  vocabularySize: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(100_000)
    .describe('length of a one-hot vector: the most frequent words, the unknown word included'),
  minCount: z.int().min(1).default(1).describe('leave out words seen fewer times than this'),
  lowercase: z.boolean().default(true).describe('take "The" and "the" for one word'),
  foldDigits: z.boolean().default(true).describe('take all digits for 0, so that 1984 and 2026 are one word'),
};
