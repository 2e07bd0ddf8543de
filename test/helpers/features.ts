import { collectFeatures, type FeatureName, type FeatureSet, wordFeatures } from '../../src/text/features.js';
import { Vocabulary, type WordForm } from '../../src/text/vocabulary.js';

/** The features of the default. */
export const ALL: readonly FeatureName[] = ['form', 'prefixes', 'suffixes', 'shape', 'casing'];
export const AS_WRITTEN: WordForm = { lowercase: false, foldDigits: false };

/** All rows that a token names, table by table. */
export function idsOf(features: FeatureSet, token: string): number[] {
  const ids = new Int32Array(features.tables.reduce((sum, { named }) => sum + named, 0));
  features.writeIds(token, ids, 0);
  return [...ids];
}

/** The features of a corpus, over a vocabulary of some words. */
export function collect(
  sentences: readonly (readonly string[])[],
  features = ALL,
  form = AS_WRITTEN,
  words: string[] = [],
) {
  const vocabulary = new Vocabulary(words, form);
  return collectFeatures(
    sentences.map((tokens) => ({ tokens })),
    wordFeatures(features),
    vocabulary,
  );
}
