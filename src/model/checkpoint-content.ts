import * as z from 'zod';
import { badInput } from '../errors.js';
import { resolvedSettingsSchema } from '../settings/settings.js';
import { MOST_EPOCHS, MOST_NETWORKS } from '../settings/training.js';
import { CUTS } from '../text/convention.js';
import { storedClusters } from './checkpoint-clusters.js';
import { storedDictionaries } from './checkpoint-dictionaries.js';
import { storedHiding } from './checkpoint-hiding.js';
import { damaged, storedParameter } from './checkpoint-numbers.js';
import { storedVectors } from './checkpoint-vectors.js';
import { describeProblems, listOf, listOfTexts, recordOf } from './few-problems.js';
import { storedHeldOut } from './held-out-counts.js';

export const FORMAT = 'rnn-tagger';
/** The version that is written. Version 2, in which all parameters are floats, is read too. */
export const VERSION = 3;
const OLDEST_VERSION = 2;

/** More than there are. */
const MOST_FEATURES = 100;

const texts = listOfTexts();
const fraction = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const fingerprint = z.strictObject({ sha256, sentences: z.int().min(0), tokens: z.int().min(0) });
const corpora = z.strictObject({ train: fingerprint, dev: fingerprint.optional(), keep: fingerprint.optional() });
const annotation = z.strictObject({
  partial: z.literal(true).optional(),
  files: listOf(z.strictObject({ sha256, labels: texts }), { atLeast: 1 }).optional(),
  unknown: z.int().min(0),
});
const scheme = z.strictObject({ name: z.enum(['iob1', 'iob2', 'bioes', 'plain']), outside: z.string().optional() });

export const epochScoresSchema = z.strictObject({
  precision: fraction,
  recall: fraction,
  f1: fraction,
  accuracy: fraction,
});

export const historySchema = z.strictObject({
  bestEpoch: z.int().min(1),
  epochs: listOf(
    z.strictObject({
      epoch: z.int().min(1),
      loss: z.number(),
      dev: epochScoresSchema,
    }),
    { atMost: MOST_EPOCHS },
  ),
  wholeEpochs: z.int().min(1).optional(),
});

/** The settings, and `wide` of 0.1.0, which is dropped: a network that has it is refused. */
const settings = resolvedSettingsSchema
  .extend({ wide: z.literal(false).optional() })
  .transform(({ wide: _, ...kept }) => kept);

const trained = { history: historySchema, parameters: recordOf(storedParameter) };

const contentSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal([OLDEST_VERSION, VERSION]),
  settings,
  scheme,
  tags: listOf(z.string(), { atLeast: 1 }),
  features: listOf(z.strictObject({ name: z.string(), values: texts }), { atMost: MOST_FEATURES }),
  vocabulary: z.strictObject({ lowercase: z.boolean(), foldDigits: z.boolean(), words: texts }),
  convention: listOf(z.enum(CUTS)).optional(),
  temperature: z.number().positive().optional(),
  documentShare: fraction.optional(),
  hiding: storedHiding.optional(),
  heldOut: storedHeldOut.optional(),
  entities: listOf(z.strictObject({ label: z.string(), surfaces: texts })).optional(),
  corpora,
  annotation: annotation.optional(),
  initial: listOf(z.strictObject({ sha256, corpora })).optional(),
  clusters: storedClusters.optional(),
  dictionaries: storedDictionaries.optional(),
  vectors: storedVectors.optional(),
  ...trained,
  others: listOf(z.strictObject(trained), { atMost: MOST_NETWORKS - 1 }).optional(),
});

const headSchema = z.looseObject({ format: z.literal(FORMAT), version: z.number() });
const wideSchema = z.looseObject({ settings: z.looseObject({ wide: z.literal(true) }) });

/** The whole content of a checkpoint. */
export type Content = z.output<typeof contentSchema>;
export type TrainedContent = Pick<Content, 'history' | 'parameters'>;

/** @throws {UserError} if the text is not JSON, exit code 3 */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (text.trimStart().startsWith('{'))
      throw damaged(source, `its JSON is cut short or broken (${(cause as Error).message})`);
    throw badInput(`${source}: expected a checkpoint, found no JSON`, 'a checkpoint is what "rnn train" writes');
  }
}

/** @throws {UserError} if the value is not a checkpoint of this format version, or is damaged, exit code 3 */
export function validateContent(json: unknown, source: string): Content {
  const head = headSchema.safeParse(json);
  if (!head.success)
    throw badInput(`${source}: expected a checkpoint, found other JSON`, 'a checkpoint is what "rnn train" writes');
  if (head.data.version !== VERSION && head.data.version !== OLDEST_VERSION)
    throw badInput(
      `${source}: expected a checkpoint of format version ${VERSION}, found version ${head.data.version}`,
      head.data.version > VERSION ? 'update rnn-tagger' : 'train it again',
    );
  if (wideSchema.safeParse(json).success)
    throw badInput(
      `${source}: expected a network of this version, found one trained with --wide, which only 0.1.0 had`,
      'train it again without --wide',
    );
  const content = contentSchema.safeParse(json);
  if (!content.success) throw damaged(source, describeProblems(content.error));
  return content.data;
}
