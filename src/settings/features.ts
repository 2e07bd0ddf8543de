import * as z from 'zod';
import { whole } from './whole.js';

/** The features of a token. Each is a one-hot vector, or one for each length of an affix or for each letter. */
const FEATURES = ['form', 'prefixes', 'suffixes', 'shape', 'casing', 'letters', 'document'] as const;

/** The feature of a token that depends on the other tokens of its document. */
const DOCUMENT = 'document';

/** The features by which a token is known wherever it stands. */
const ALONE = FEATURES.filter((feature) => feature !== DOCUMENT);

/**
 * The default features for each kind of input; letters require concatenated rows. A corpus that marks documents adds one:
 * see `withDocument`.
 */
export const FEATURES_BY_INPUT = {
  concatenate: ALONE.join(','),
  sum: ALONE.filter((feature) => feature !== 'letters').join(','),
} as const;

/** The default window of a feedforward network, which sees nothing else of a sentence. */
export const FEEDFORWARD_WINDOW = 2;

/** Names for several features. */
const GROUPS: Readonly<Record<string, readonly string[]>> = { affixes: ['prefixes', 'suffixes'] };

const LISTED = ['form', 'affixes', 'prefixes', 'suffixes', 'shape', 'casing', 'letters', DOCUMENT].join(', ');

/**
 * Parses a comma-separated list of features and returns them in the order of their rows; undefined if the list is empty
 * or has an unknown name.
 */
export function parseFeatures(list: string): (typeof FEATURES)[number][] | undefined {
  const names = list.split(',').flatMap((name) => GROUPS[name.trim()] ?? [name.trim()]);
  if (names.some((name) => !FEATURES.some((feature) => feature === name))) return undefined;
  return FEATURES.filter((feature) => names.includes(feature));
}

/** Returns a list of features with that of documents. */
export function withDocument(list: string): string {
  return `${list},${DOCUMENT}`;
}

const featureList = z.string().transform((list, context) => {
  const features = parseFeatures(list);
  if (features) return features.join(',');
  context.addIssue({ code: 'custom', message: `expected one or more of ${LISTED}` });
  return z.NEVER;
});

/** The one-hot vectors of a token and its neighbours, and how their rows enter the recurrence. */
export const featureSettings = {
  features: featureList
    .default(FEATURES_BY_INPUT.concatenate)
    .meta({ expected: `one or more of ${LISTED}, separated by commas` })
    .describe(
      `features of a token: one or more of ${LISTED} (default: all, without letters with --input sum, and with ${DOCUMENT} only if the corpus marks documents)`,
    ),
  window: whole(0, 5)
    .optional()
    .describe(
      `neighbours on each side whose features are read too (default: 0, or ${FEEDFORWARD_WINDOW} for feedforward with --input concatenate)`,
    ),
  input: z
    .enum(['sum', 'concatenate'])
    .default('concatenate')
    .describe('how feature rows enter the recurrence: summed, or concatenated and projected'),
  formWidth: whole(1, 1024).default(100).describe('row width of the table of word forms, with --input concatenate'),
  affixWidth: whole(1, 1024)
    .default(16)
    .describe('row width of the tables of affixes and shapes, with --input concatenate'),
  clusterWidth: whole(1, 1024)
    .default(64)
    .describe('row width of the tables of word clusters, with --input concatenate'),
};

/** Settings that only a network with clusters has. */
const OF_CLUSTERS: readonly string[] = ['clusterWidth', 'clusterDropout'];

/** Returns settings without those of clusters, for networks that have none. */
export function withoutClusters<Given extends object>(settings: Given): Given {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !OF_CLUSTERS.includes(name))) as Given;
}

/** Which words become one-hot vectors. */
export const vocabularySettings = {
  vocabularySize: whole(1, 10_000_000)
    .default(100_000)
    .describe('length of the one-hot vector of a word: the most frequent words and the unknown word'),
  minCount: whole(1).default(1).describe('leave out words that occur fewer times than this'),
  lowercase: z.boolean().default(true).describe('treat "The" and "the" as the same word'),
  foldDigits: z
    .boolean()
    .default(true)
    .describe('treat words that differ only in their digits (1984, 2026) as the same word'),
};
