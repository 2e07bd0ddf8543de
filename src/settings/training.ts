import * as z from 'zod';
import { whole } from './whole.js';

export const LARGEST_SEED = 4_294_967_295;
export const MOST_EPOCHS = 100_000;
export const MOST_NETWORKS = 32;

/** The default learning rate of each optimizer. */
export const LEARNING_RATES = { sgd: 0.1, momentum: 0.02, adam: 0.005 } as const;

/** The default number of warm-up steps, and its largest fraction of all steps, so that short trainings learn. */
export const WARMUP = { steps: 100, part: 0.1 } as const;

/** The default rate at which a token in no entity is trained as outside, where not all entities are labelled. */
export const OUTSIDE_RATE = 0.2;

/** The default rate at which training hides the form of a word, by what else is known of words. */
export const FORM_DROPOUT = { vectors: 0.5, clusters: 0.3, nothing: 0 } as const;

/** The default rate at which training hides the document from a sentence. */
export const DOCUMENT_DROPOUT = 0.3;

/** The default rate at which training hides the dictionaries from a sentence. */
export const DICTIONARY_DROPOUT = 0.5;

/** The largest number of tokens of a tiny corpus. */
export const TINY = 5_000;

/** The size of a training corpus. */
export interface CorpusSize {
  readonly sentences: number;
  readonly tokens: number;
}

/** How long to train, by default. */
interface Duration {
  readonly epochs: number;
  readonly batchSize: number;
}

/** The default duration for corpora of up to so many tokens: smaller ones need more and smaller steps. */
const BY_SIZE: readonly (Duration & { readonly tokens: number })[] = [
  { tokens: TINY, epochs: 30, batchSize: 4 },
  { tokens: 30_000, epochs: 15, batchSize: 8 },
  { tokens: 150_000, epochs: 12, batchSize: 16 },
];

/** The default duration for larger corpora. */
const LARGE: Duration = { epochs: 10, batchSize: 32 };

/**
 * The default duration on folds: half as many epochs do, since the average of the networks is as good in half the time. Batches
 * grow later than without folds, because half as many epochs of half as many steps would be too few.
 */
const FOLDED_BY_SIZE: typeof BY_SIZE = [
  { tokens: TINY, epochs: 15, batchSize: 4 },
  { tokens: 60_000, epochs: 8, batchSize: 8 },
  { tokens: 150_000, epochs: 6, batchSize: 16 },
];

/** The default duration on folds of larger corpora. */
const FOLDED_LARGE: Duration = { epochs: 5, batchSize: 32 };

/**
 * About how many tokens a network of folds reads at least, over all epochs, with the largest number of epochs and about that of
 * steps to which this leads: many short sentences take many steps.
 */
const FOLDED = { tokens: 96_000, epochs: 30, steps: 1500 } as const;

/** Returns the default duration of training on a corpus. */
export function durationFor({ sentences, tokens }: CorpusSize, folds = 0): Duration {
  if (folds === 0) return BY_SIZE.find((row) => tokens <= row.tokens) ?? LARGE;
  const { epochs, batchSize } = FOLDED_BY_SIZE.find((row) => tokens <= row.tokens) ?? FOLDED_LARGE;
  const enough = Math.min(
    FOLDED.epochs,
    Math.round(FOLDED.tokens / Math.max(1, tokens)),
    Math.floor((FOLDED.steps * batchSize) / Math.max(1, sentences)),
  );
  return { epochs: Math.max(epochs, enough), batchSize };
}

/** The share of its epochs after which each network of folds takes as many over all sentences, held-out ones included. */
const WHOLE_SHARE = 0.25;

/** The factor of the learning rate with which epochs over all sentences begin. */
export const WHOLE_RATE = 0.3;

/**
 * Returns the number of epochs over all sentences with which a network of folds ends.
 *
 * @param settings `wholeEpochs` is undefined if nobody said how many
 * @param epochs the number of those before them
 */
export function wholeEpochsAfter(
  { folds = 0, wholeEpochs }: { readonly folds?: number | undefined; readonly wholeEpochs?: number | undefined },
  epochs: number,
): number {
  return folds === 0 ? 0 : (wholeEpochs ?? Math.ceil(WHOLE_SHARE * epochs));
}

/** The largest number of sentences of raw text and the corpus in which a network learns to guess hidden words. */
export const MOST_RAW_SENTENCES = 3000;

/** How often it reads them by default. */
const RAW_EPOCHS = 2;

/** Returns how often a network reads raw text, if there is any, to guess hidden words: by default not at all where rows are summed. */
export function rawEpochsOf({
  input,
  rawEpochs,
}: {
  readonly input: string;
  readonly rawEpochs?: number | undefined;
}): number {
  return rawEpochs ?? (input === 'sum' ? 0 : RAW_EPOCHS);
}

/** The epochs of a fast training on a large corpus. */
export const FEWEST_FAST_EPOCHS = 4;

/** About how many tokens a fast training on a smaller one reads, over all epochs, and its most epochs. */
const FAST = { tokens: 50_000, most: 15 } as const;

/** Returns the number of epochs of a training that takes a few seconds. */
export function fastEpochsFor(tokens: number): number {
  return Math.max(FEWEST_FAST_EPOCHS, Math.min(FAST.most, Math.round(FAST.tokens / tokens)));
}

function describeDefault(name: keyof Duration): string {
  const describe = (rows: typeof BY_SIZE, large: Duration): string =>
    [...rows.map((row) => `${row[name]} up to ${grouped(row.tokens)}`), `else ${large[name]}`].join(', ');
  return `default by number of tokens: ${describe(BY_SIZE, LARGE)}; with folds ${describe(FOLDED_BY_SIZE, FOLDED_LARGE)}`;
}

/** Returns a number with a comma before every three digits; `toLocaleString` would load what Node knows of languages at every start. */
function grouped(count: number): string {
  return `${count}`.replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function rate(help: string) {
  return z.number().min(0).lt(1).default(0.5).describe(help);
}

/** How the network is trained. */
export const trainingSettings = {
  optimizer: z.enum(['sgd', 'momentum', 'adam']).default('adam').describe('optimization algorithm'),
  learningRate: z
    .number()
    .positive()
    .max(1000)
    .optional()
    .describe(
      `step size (default: ${Object.entries(LEARNING_RATES)
        .map(([optimizer, rate]) => `${rate} for ${optimizer}`)
        .join(', ')})`,
    ),
  epochs: whole(1, MOST_EPOCHS)
    .optional()
    .describe(
      `passes over the training sentences (${describeDefault('epochs')}, but more below ${grouped(12_000)} unless sentences are many and short)`,
    ),
  batchSize: whole(1, 100_000)
    .optional()
    .describe(`sentences per step (${describeDefault('batchSize')})`),
  clip: z.number().positive().default(5).describe('maximum norm of the gradient'),
  patience: whole(1).optional().describe('stop after this many epochs without a better score on dev'),
  warmup: whole(0)
    .optional()
    .describe(`steps over which the learning rate rises from 0 (default: ${WARMUP.steps}, but at most a tenth of all)`),
  decay: z
    .enum(['none', 'linear'])
    .default('linear')
    .describe('how the learning rate falls: not at all, or linearly to 2 % of its value'),
  inputDropout: rate('probability that an input value is dropped in training'),
  dropout: rate('probability that a hidden value is dropped in training'),
  average: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('decay of a moving average of the weights, which is scored and saved in their place; 0 for none'),
  unknownRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('probability that a word seen once is trained as the unknown word'),
  formDropout: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      `probability that any word is trained as the unknown word (default: ${FORM_DROPOUT.vectors} with --vectors, ${FORM_DROPOUT.clusters} with clusters, else ${FORM_DROPOUT.nothing})`,
    ),
  clusterDropout: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe('probability that a word is trained as one without clusters'),
  dictionaryDropout: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      `with --dictionary, the probability that a sentence is trained as if its names were in none (default: ${DICTIONARY_DROPOUT})`,
    ),
  documentDropout: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      `with the feature document, the probability that a sentence is trained as if it stood alone (default: ${DOCUMENT_DROPOUT})`,
    ),
  outsideRate: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      `with --partial, the probability that a token in no entity is trained as one outside of all (default: ${OUTSIDE_RATE})`,
    ),
  networks: whole(1, MOST_NETWORKS)
    .default(1)
    .describe('number of networks, trained from different seeds, whose tag scores are averaged'),
  folds: whole(0, MOST_NETWORKS)
    .optional()
    .describe(
      'parts of the corpus that serve as dev in turn, each for a network of its own; 0 holds out a tenth (default: without --dev, 5 for corpora of 20 to 999 sentences, 3 for up to 1,999, else 0)',
    ),
  wholeEpochs: whole(0, 100_000)
    .optional()
    .describe(
      'passes over all sentences that end the training of each network of --folds, after its dev has been scored (default: a quarter of its epochs)',
    ),
  rawEpochs: whole(0, MOST_EPOCHS)
    .optional()
    .describe(
      `with --raw, passes over up to ${grouped(MOST_RAW_SENTENCES)} sentences of it and the corpus in which a network learns to guess hidden words before training (default: ${RAW_EPOCHS}; with --input sum 0)`,
    ),
  seed: whole(0, LARGEST_SEED).default(1).describe('seed of all random numbers'),
};
