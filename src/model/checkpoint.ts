import * as z from 'zod';
import { badInput, UserError } from '../errors.js';
import { encodeFloatsInPieces } from '../numerics/base64.js';
import type { Kernels } from '../numerics/kernels.js';
import { viewParameter, writeParameter } from '../numerics/parameters.js';
import { featuresOf, resolvedSettingsSchema, type Settings } from '../settings/settings.js';
import { CUTS } from '../text/convention.js';
import { FeatureSet, tableNames } from '../text/features.js';
import { allowedTransitions, innerSchemeOf } from '../text/scheme.js';
import { Vocabulary } from '../text/vocabulary.js';
import { VectorWords } from '../text/word-vectors.js';
import { damaged, decodeNumbers, decodeParameters, parametersOf, storedNumbers } from './checkpoint-numbers.js';
import { KnownEntities } from './known-entities.js';
import type { Model, TrainedNetwork } from './model.js';
import { Network } from './network.js';
import { networkLayout, planNetwork } from './plan.js';

const FORMAT = 'rnn-tagger';
const VERSION = 2;

/** Weights whose base64, with a vocabulary, still fits one text. */
const LARGEST_NETWORK = 90_000_000;

const fraction = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const fingerprint = z.strictObject({
  sha256,
  sentences: z.int().min(0),
  tokens: z.int().min(0),
});

const corpora = z.strictObject({ train: fingerprint, dev: fingerprint.optional(), keep: fingerprint.optional() });

const scheme = z.strictObject({
  name: z.enum(['iob1', 'iob2', 'bioes', 'plain']),
  outside: z.string().optional(),
});

export const historySchema = z.strictObject({
  bestEpoch: z.int().min(1),
  epochs: z.array(
    z.strictObject({
      epoch: z.int().min(1),
      loss: z.number(),
      dev: z.strictObject({ precision: fraction, recall: fraction, f1: fraction, accuracy: fraction }),
    }),
  ),
});

/** What training made of one network. */
const trained = {
  history: historySchema,
  parameters: z.record(z.string(), storedNumbers),
};

const contentSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  settings: resolvedSettingsSchema,
  scheme,
  tags: z.array(z.string()).min(1),
  features: z.array(z.strictObject({ name: z.string(), values: z.array(z.string()) })),
  vocabulary: z.strictObject({ lowercase: z.boolean(), foldDigits: z.boolean(), words: z.array(z.string()) }),
  convention: z.array(z.enum(CUTS)).optional(),
  temperature: z.number().positive().optional(),
  entities: z.array(z.strictObject({ label: z.string(), surfaces: z.array(z.string()) })).optional(),
  corpora,
  initial: z.array(z.strictObject({ sha256, corpora })).optional(),
  vectors: z.strictObject({ sha256, words: z.array(z.string()).min(1), ...storedNumbers.shape }).optional(),
  ...trained,
  others: z.array(z.strictObject(trained)).optional(),
});

const headSchema = z.looseObject({ format: z.literal(FORMAT), version: z.number() });

type Content = z.output<typeof contentSchema>;
type TrainedContent = Pick<Content, 'history' | 'parameters'>;

/**
 * Tells before the training that its checkpoint could not be written: it is one text, and engines end texts at 512 M
 * characters.
 *
 * @throws UserError where the network has too many weights
 */
export function checkSize(weights: number): void {
  if (weights <= LARGEST_NETWORK) return;
  throw new UserError(`the model would have ${weights} weights, and a checkpoint holds ${LARGEST_NETWORK}`, {
    hint: 'try a smaller --hidden or --vocabulary-size',
  });
}

/** The checkpoint's text: JSON, one key a line, the same for the same model. */
export function writeCheckpoint(model: Model): string {
  return [...writeCheckpointInPieces(model)].join('');
}

/** The same piece by piece, so that a large network's text need not be in memory whole. */
export function* writeCheckpointInPieces(model: Model): Generator<string> {
  const { scheme, tags, features, convention } = model.language;
  const { vocabulary } = features;
  const head: Omit<Content, keyof typeof trained | 'others'> = {
    format: FORMAT,
    version: VERSION,
    settings: model.settings,
    scheme: { name: scheme.name, outside: scheme.outside },
    tags: [...tags],
    features: features.others.map(({ name, values }) => ({ name, values: [...values] })),
    vocabulary: { ...vocabulary.form, words: [...vocabulary.words] },
    ...(convention && { convention: [...convention] }),
    ...(model.temperature !== undefined && { temperature: model.temperature }),
    ...(model.entities && {
      entities: model.entities.byLabel.map(({ label, surfaces }) => ({ label, surfaces: [...surfaces] })),
    }),
    corpora: model.corpora,
    ...(model.initial && { initial: [...model.initial] }),
  };
  yield '{\n';
  for (const [key, value] of Object.entries(head)) yield `${JSON.stringify(key)}: ${JSON.stringify(value)},\n`;
  yield* writeVectors(model);
  yield* writeTrained(model, '\n');
  if (model.others) {
    yield ',\n"others": [';
    for (const [index, other] of model.others.entries()) {
      yield index === 0 ? '{' : ',{';
      yield* writeTrained(other, '');
      yield '}';
    }
    yield ']';
  }
  yield '\n}\n';
}

/** @param lineEnd between the keys */
function* writeTrained({ network, history }: TrainedNetwork, lineEnd: string): Generator<string> {
  const space = lineEnd === '' ? '' : ' ';
  const { bestEpoch, epochs } = history;
  yield `"history":${space}${JSON.stringify({ bestEpoch, epochs })},${lineEnd}"parameters":${space}{`;
  for (const [index, parameter] of parametersOf(network.layout).entries()) {
    yield `${index === 0 ? '' : ','}${JSON.stringify(parameter.name)}:{"shape":${JSON.stringify(parameter.shape)},`;
    yield '"type":"float32","data":"';
    yield* encodeFloatsInPieces(viewParameter(network.kernels, network.weights, parameter));
    yield '"}';
  }
  yield '}';
}

/** Once for all networks, whose rows of vectors are the same. */
function* writeVectors({ network, vectors, language }: Model): Generator<string> {
  if (!vectors) return;
  const { words, width } = language.features.vectors as VectorWords;
  const { sha256 } = vectors;
  const head = JSON.stringify({ sha256, words, shape: [words.length, width], type: 'float32', data: '' });
  yield `"vectors": ${head.slice(0, -2)}`;
  for (const parameter of network.layout.given)
    yield* encodeFloatsInPieces(viewParameter(network.kernels, network.given, parameter).subarray(width));
  yield '"},\n';
}

/** Whether a file begins as what `writeCheckpoint` wrote. */
export function isCheckpoint(bytes: Uint8Array): boolean {
  return /^\s*\{\s*"format":/.test(new TextDecoder().decode(bytes.subarray(0, 100)));
}

/**
 * Reads what `writeCheckpoint` wrote, as text or as the value that its JSON is.
 *
 * @param source name of the file in messages
 * @throws UserError that says what is wrong with it, exit code 3
 */
export function readCheckpoint(checkpoint: string | object, source: string, kernels: Kernels): Model {
  const json = typeof checkpoint === 'string' ? parseJson(checkpoint, source) : checkpoint;
  const content = validateContent(json, source);
  const settings: Settings = content.settings;
  if (settings.input === 'sum' && settings.window > 0)
    throw damaged(source, `its settings sum rows, and have a window of ${settings.window}`);
  if (settings.input === 'sum' && content.vectors) throw damaged(source, 'its settings sum rows, and it has vectors');
  const { words, ...form } = content.vocabulary;
  const vocabulary = new Vocabulary(words, form);
  if (new Set(words).size !== words.length) throw damaged(source, 'a word stands in its vocabulary twice');
  if (new Set(content.tags).size !== content.tags.length) throw damaged(source, 'a tag stands in its tag set twice');
  const { tags, corpora, initial, temperature } = content;
  const scheme = { name: content.scheme.name, outside: content.scheme.outside };
  const innerScheme = innerSchemeOf(scheme, settings.recode);
  const features = readFeatures(content, vocabulary, source);
  const plan = planNetwork(settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
  const vectors = content.vectors && decodeNumbers('vectors', content.vectors.shape, content.vectors, source);
  const readNetwork = ({ history, parameters }: TrainedContent, sharer?: Network): TrainedNetwork => {
    const weights = decodeParameters(networkLayout(plan), parameters, source);
    const network = new Network(kernels, plan, sharer);
    if (vectors && !sharer) network.setVectors(vectors);
    for (const [parameter, numbers] of weights) writeParameter(kernels, network.weights, parameter, numbers);
    network.pack();
    return { network, history };
  };
  const entities = content.entities && new KnownEntities(content.entities);
  const { convention } = content;
  const language = { scheme, innerScheme, tags, features, ...(convention && { convention }) };
  const first = readNetwork(content);
  return {
    settings,
    language,
    temperature,
    entities,
    corpora,
    initial,
    vectors: content.vectors && { sha256: content.vectors.sha256 },
    ...first,
    others: content.others?.map((other) => readNetwork(other, first.network)),
  };
}

function readFeatures(
  { settings, features: stored, vectors }: Content,
  vocabulary: Vocabulary,
  source: string,
): FeatureSet {
  const features = featuresOf(settings);
  const expected = tableNames(features).filter((name) => name !== 'form');
  const found = stored.map(({ name }) => name);
  if (found.join() !== expected.join())
    throw damaged(
      source,
      `expected the features ${expected.join(', ') || 'none'}, found ${found.join(', ') || 'none'}`,
    );
  for (const { name, values } of stored) {
    if (new Set(values).size !== values.length) throw damaged(source, `a value of ${name} stands in its list twice`);
  }
  if (!vectors) return new FeatureSet(features, vocabulary, stored);
  const { words, shape } = vectors;
  if (new Set(words).size !== words.length) throw damaged(source, 'a word has two vectors');
  const width = shape[1] ?? 0;
  if (shape.length !== 2 || shape[0] !== words.length || width === 0)
    throw damaged(source, `vectors: expected shape [${words.length},width], found [${shape}]`);
  return new FeatureSet(features, vocabulary, stored, new VectorWords(words, width, vocabulary.form));
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (text.trimStart().startsWith('{'))
      throw damaged(source, `its JSON is cut short or broken (${(cause as Error).message})`);
    throw badInput(`${source}: expected a checkpoint, found no JSON`, 'a checkpoint is what "rnn train" writes');
  }
}

function validateContent(json: unknown, source: string): Content {
  const head = headSchema.safeParse(json);
  if (!head.success)
    throw badInput(`${source}: expected a checkpoint, found other JSON`, 'a checkpoint is what "rnn train" writes');
  if (head.data.version !== VERSION)
    throw badInput(
      `${source}: expected a checkpoint of format version ${VERSION}, found version ${head.data.version}`,
      head.data.version > VERSION ? 'update rnn-tagger' : 'train it again',
    );
  const content = contentSchema.safeParse(json);
  if (!content.success) throw damaged(source, z.prettifyError(content.error));
  return content.data;
}
