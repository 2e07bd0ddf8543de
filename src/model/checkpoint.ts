import { UserError } from '../errors.js';
import type { Kernels } from '../numerics/kernels.js';
import { viewParameter, writeParameter } from '../numerics/parameters.js';
import { withoutClusters } from '../settings/features.js';
import { featuresOf, type Settings } from '../settings/settings.js';
import {
  FeatureSet,
  listedFeatures,
  shapesOfClusters,
  shapesOfDictionaries,
  TableShape,
  VECTORS,
  wordFeatures,
} from '../text/features.js';
import { innerSchemeOf } from '../text/scheme.js';
import { allowedTransitions } from '../text/transitions.js';
import { Vocabulary } from '../text/vocabulary.js';
import { VectorWords } from '../text/word-vectors.js';
import { decodeClusters, encodeClusters } from './checkpoint-clusters.js';
import {
  type Content,
  FORMAT,
  parseJson,
  type TrainedContent,
  VERSION,
  validateContent,
} from './checkpoint-content.js';
import { decodeDictionaries, encodeDictionaries } from './checkpoint-dictionaries.js';
import { checkShapes, damaged, decodeParameters, encodeParameter } from './checkpoint-numbers.js';
import { decodeVectors, encodeVectors } from './checkpoint-vectors.js';
import { KnownEntities } from './known-entities.js';
import { networkLayout, parametersOf } from './layout.js';
import type { Annotation, Model, TrainedNetwork } from './model.js';
import { Network } from './network.js';
import { planNetwork, unsummableTables } from './plan-network.js';

/** The largest number of weights whose base64, with a vocabulary, still fits into one string. */
const LARGEST_NETWORK = 90_000_000;

/**
 * Refuses a network whose checkpoint could not be written: it is one string, which engines limit to 512 M characters.
 *
 * @throws {UserError} if the network has too many weights
 */
export function checkSize(weights: number): void {
  if (weights <= LARGEST_NETWORK) return;
  throw new UserError(`the model would have ${weights} weights, and a checkpoint holds ${LARGEST_NETWORK}`, {
    hint: 'try a smaller --hidden or --vocabulary-size',
  });
}

/** Returns a model's checkpoint: JSON, one key a line, the same for the same model. */
export function writeCheckpoint(model: Model): string {
  return [...writeCheckpointInPieces(model)].join('');
}

/** Yields the text of `writeCheckpoint` in pieces, so that a large network's need not be in memory whole. */
export function* writeCheckpointInPieces(model: Model): Generator<string> {
  const { scheme, tags, features, convention } = model.language;
  const {
    vocabulary,
    knowledge: { clusters, dictionaries },
  } = features;
  const head: Omit<Content, keyof TrainedContent | 'others'> = {
    format: FORMAT,
    version: VERSION,
    settings: clusters ? model.settings : withoutClusters(model.settings),
    scheme: { name: scheme.name, outside: scheme.outside },
    tags: [...tags],
    features: features.others.map(({ name, values }) => ({ name, values: [...values] })),
    vocabulary: { ...vocabulary.form, words: [...vocabulary.words] },
    ...(convention && { convention: [...convention] }),
    ...(model.temperature !== undefined && { temperature: model.temperature }),
    ...(model.documentShare !== undefined && { documentShare: model.documentShare }),
    ...(model.hiding && { hiding: model.hiding }),
    ...(model.heldOut && { heldOut: model.heldOut }),
    ...(model.entities && {
      entities: model.entities.byLabel.map(({ label, surfaces }) => ({ label, surfaces: [...surfaces] })),
    }),
    corpora: model.corpora,
    ...(model.annotation && { annotation: encodeAnnotation(model.annotation) }),
    ...(model.initial && { initial: [...model.initial] }),
    ...(clusters && { clusters: encodeClusters(clusters) }),
    ...(dictionaries && { dictionaries: encodeDictionaries(dictionaries) }),
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

function encodeAnnotation({ partial, files, unknown }: Annotation): Content['annotation'] {
  return {
    ...(partial && { partial }),
    ...(files && { files: files.map(({ sha256, labels }) => ({ sha256, labels: [...labels] })) }),
    unknown,
  };
}

/** @param lineEnd between the keys */
function* writeTrained({ network, history }: TrainedNetwork, lineEnd: string): Generator<string> {
  const space = lineEnd === '' ? '' : ' ';
  const { bestEpoch, epochs, wholeEpochs } = history;
  yield `"history":${space}${JSON.stringify({ bestEpoch, epochs, wholeEpochs })},${lineEnd}"parameters":${space}{`;
  for (const [index, parameter] of parametersOf(network.layout).entries()) {
    yield `${index === 0 ? '' : ','}${JSON.stringify(parameter.name)}:`;
    yield* encodeParameter(parameter, viewParameter(network.kernels, network.weights, parameter));
  }
  yield '}';
}

/** Writes the vectors once for all networks, which share them. */
function* writeVectors({ network, vectors, language }: Model): Generator<string> {
  const { vectors: given } = language.features.knowledge;
  if (!vectors || !given) return;
  yield '"vectors": ';
  yield* encodeVectors(vectors.sha256, given.words, network.copyVectors());
  yield ',\n';
}

/** Returns whether a file begins like a checkpoint. */
export function isCheckpoint(bytes: Uint8Array): boolean {
  return /^\s*\{\s*"format":/.test(new TextDecoder().decode(bytes.subarray(0, 100)));
}

/**
 * Reads a checkpoint from its text or from its parsed JSON, in which numbers may be the bytes of their base64.
 *
 * @param source the file's name in messages
 * @throws {UserError} if the checkpoint is damaged, exit code 3
 */
export function readCheckpoint(checkpoint: unknown, source: string, kernels: Kernels): Model {
  const json = typeof checkpoint === 'string' ? parseJson(checkpoint, source) : checkpoint;
  const content = validateContent(json, source);
  const settings: Settings = content.settings;
  if (settings.input === 'sum' && settings.window > 0)
    throw damaged(source, `its settings sum rows, and have a window of ${settings.window}`);
  if (settings.input === 'sum' && content.vectors) throw damaged(source, 'its settings sum rows, and it has vectors');
  const [unsummable] = settings.input === 'sum' ? unsummableTables(wordFeatures(featuresOf(settings))) : [];
  if (unsummable !== undefined) throw damaged(source, `its settings sum rows, and have ${unsummable}`);
  checkSizes(content, source);
  const { words, ...form } = content.vocabulary;
  const vocabulary = new Vocabulary(words, form);
  if (vocabulary.hasDuplicates) throw damaged(source, 'a word stands in its vocabulary twice');
  if (new Set(content.tags).size !== content.tags.length) throw damaged(source, 'a tag stands in its tag set twice');
  const { tags, corpora, annotation, initial, temperature, documentShare, hiding, heldOut } = content;
  const scheme = { name: content.scheme.name, outside: content.scheme.outside };
  const innerScheme = innerSchemeOf(scheme, settings.recode);
  const features = readFeatures(content, vocabulary, source);
  const plan = planNetwork(settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
  const layout = networkLayout(plan);
  const vectors = content.vectors && decodeVectors(content.vectors, source);
  const readNetwork = ({ history, parameters }: TrainedContent, sharer?: Network): TrainedNetwork => {
    const weights = decodeParameters(layout, parameters, source);
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
    documentShare,
    hiding,
    heldOut,
    entities,
    corpora,
    annotation,
    initial,
    vectors: content.vectors && { sha256: content.vectors.sha256 },
    ...first,
    others: content.others?.map((other) => readNetwork(other, first.network)),
  };
}

/**
 * Compares the sizes that a checkpoint names with each other, before anything is made of it that takes long if there is
 * much of it.
 *
 * @throws {UserError} if they do not fit, exit code 3
 */
function checkSizes(
  {
    settings,
    tags,
    features: stored,
    vocabulary,
    clusters,
    vectors,
    dictionaries = [],
    others = [],
    ...first
  }: Content,
  source: string,
): void {
  const features = wordFeatures(featuresOf(settings));
  const expected = listedFeatures(features).map(({ name }) => name);
  const found = stored.map(({ name }) => name);
  if (found.join() !== expected.join())
    throw damaged(
      source,
      `expected the features ${expected.join(', ') || 'none'}, found ${found.join(', ') || 'none'}`,
    );
  const counts = new Map(stored.map(({ name, values }) => [name, values.length]));
  const tables = features.map(
    (feature) => new TableShape(feature, counts.get(feature.name) ?? vocabulary.words.length),
  );
  tables.push(...shapesOfClusters(clusters?.clusterings ?? []));
  if (vectors) {
    const { words, shape } = vectors;
    const width = shape[1] ?? 0;
    if (shape.length !== 2 || shape[0] !== words.length || width === 0)
      throw damaged(source, `vectors: expected shape [${words.length},width], found [${shape}]`);
    tables.push(new TableShape(VECTORS, words.length, width));
  }
  tables.push(...shapesOfDictionaries(dictionaries.length));
  if (others.length >= settings.networks)
    throw damaged(source, `it has ${others.length + 1} networks, and its settings ask for ${settings.networks}`);
  const layout = networkLayout(planNetwork(settings, tables, tags.length, new Uint8Array()));
  for (const { parameters, history } of [first, ...others]) {
    checkShapes(layout, parameters, source);
    const { bestEpoch, epochs } = history;
    if (epochs.length > settings.epochs || bestEpoch > epochs.length)
      throw damaged(
        source,
        `its history keeps epoch ${bestEpoch} of ${epochs.length}, and its settings ask for ${settings.epochs}`,
      );
  }
}

function readFeatures(
  { settings, features: stored, clusters: storedClusters, vectors, dictionaries: storedNames }: Content,
  vocabulary: Vocabulary,
  source: string,
): FeatureSet {
  const features = wordFeatures(featuresOf(settings));
  for (const { name, values } of stored) {
    if (new Set(values).size !== values.length) throw damaged(source, `a value of ${name} stands in its list twice`);
  }
  const clusters = storedClusters && decodeClusters(storedClusters, source);
  if (vectors && new Set(vectors.words).size !== vectors.words.length) throw damaged(source, 'a word has two vectors');
  const vectorWords = vectors && new VectorWords(vectors.words, vectors.shape[1] ?? 0, vocabulary.form);
  const dictionaries = storedNames && decodeDictionaries(storedNames, source);
  return new FeatureSet(features, vocabulary, stored, { clusters, vectors: vectorWords, dictionaries });
}
