import * as z from 'zod';

/** Which words become one-hot vectors. */
export const vocabularySettings = {
  vocabularySize: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(100_000)
    .describe('length of the one-hot vector of a word: the most frequent words and the unknown word'),
  minCount: z.int().min(1).default(1).describe('leave out words that occur fewer times than this'),
  lowercase: z.boolean().default(true).describe('treat "The" and "the" as the same word'),
  foldDigits: z
    .boolean()
    .default(true)
    .describe('treat words that differ only in their digits (1984, 2026) as the same word'),
};
