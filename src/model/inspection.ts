import { sizeOf, viewParameter } from '../numerics/parameters.js';
import type { Settings } from '../settings/settings.js';
import type { Scheme } from '../text/scheme.js';
import type { WordForm } from '../text/vocabulary.js';
import { storedSize } from './checkpoint-numbers.js';
import type { HeldOutCounts } from './held-out-counts.js';
import { type PlacedNetworkParameter, parametersOf } from './layout.js';
import type { Annotation, Corpora, History, InitialCheckpoint, Model, VectorsFingerprint } from './model.js';
import type { Network } from './network.js';
import type { WeightType } from './rounded-weights.js';

/** The content of a checkpoint without its weights. */
export interface Inspection {
  readonly settings: Settings;
  readonly scheme: Scheme;
  /** The network's tags, in its own scheme. */
  readonly tags: readonly string[];
  readonly vocabulary: WordForm & { readonly size: number; readonly mostFrequent: readonly string[] };
  /** The features other than the form, and the number of values of each. */
  readonly features: readonly { readonly name: string; readonly values: number }[];
  /** Undefined if there are no word clusters. */
  readonly clusters:
    | {
        /** The SHA-256 of their file, and that of the raw text that they were learnt from. */
        readonly sha256: string | undefined;
        readonly raw: string | undefined;
        readonly words: number;
        readonly sizes: readonly number[];
      }
    | undefined;
  /** Undefined if there are no dictionaries. */
  readonly dictionaries: readonly { readonly label: string; readonly names: number }[] | undefined;
  /** Undefined if there are no pre-trained vectors. */
  readonly vectors: (VectorsFingerprint & { readonly words: number; readonly width: number }) | undefined;
  /** The number of different entities of the training corpus by label; undefined in checkpoints that store none. */
  readonly entities: readonly { readonly label: string; readonly different: number }[] | undefined;
  readonly parameters: readonly ParameterInspection[];
  /** The number of trained weights of all networks together. */
  readonly weights: number;
  /** The size of the weights and vectors as checkpoints store them, in bytes without base64. */
  readonly bytes: number;
  readonly corpora: Corpora;
  /** Undefined if all of the training corpus was annotated. */
  readonly annotation: Annotation | undefined;
  /** The checkpoints that the training went on with, latest first. */
  readonly initial: readonly InitialCheckpoint[];
  /** The divisor of scores before these become probabilities. */
  readonly temperature: number;
  /** How dev was tagged before the networks learnt from it; undefined if they did not. */
  readonly heldOut: HeldOutCounts | undefined;
  /** The history of each network. */
  readonly histories: readonly History[];
}

/** A parameter of every network of a checkpoint. */
export interface ParameterInspection {
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  /** The type of its numbers in the first network. */
  readonly type: WeightType;
  /** The size in which the first network's are stored, in bytes without base64. */
  readonly bytes: number;
}

/** The number of most frequent words that are shown. */
const SHOWN_WORDS = 10;

/** Describes a model. */
export function inspectModel({
  settings,
  language,
  network,
  others = [],
  entities,
  corpora,
  annotation,
  vectors,
  initial = [],
  temperature = 1,
  heldOut,
  history,
}: Model): Inspection {
  const { vocabulary, others: features } = language.features;
  const { layout } = network;
  const { clusters, vectors: vectorWords, dictionaries } = language.features.knowledge;
  const given = vectors && vectorWords;
  const parameters = parametersOf(layout).map((parameter) => inspectParameter(network, parameter));
  const bytes = [network, ...others.map((other) => other.network)].reduce((sum, each) => sum + sizeOfNetwork(each), 0);
  return {
    settings,
    scheme: language.scheme,
    tags: language.tags,
    vocabulary: { size: vocabulary.size, ...vocabulary.form, mostFrequent: vocabulary.words.slice(0, SHOWN_WORDS) },
    features: features.map(({ name, values }) => ({ name, values: values.length })),
    clusters: clusters && {
      sha256: clusters.sha256,
      raw: clusters.raw,
      words: clusters.words.size,
      sizes: clusters.clusterings.map(({ size }) => size),
    },
    dictionaries: dictionaries?.list.map(({ label, names }) => ({ label, names: names.size })),
    vectors: given && { sha256: vectors.sha256, words: given.words.length, width: given.width },
    entities: entities?.byLabel.map(({ label, surfaces }) => ({ label, different: surfaces.length })),
    parameters,
    weights: (1 + others.length) * layout.count,
    bytes: bytes + (given ? given.words.length * (given.width + 1) : 0),
    corpora,
    annotation,
    initial,
    temperature,
    heldOut,
    histories: [history, ...others.map((other) => other.history)],
  };
}

function inspectParameter(network: Network, parameter: PlacedNetworkParameter): ParameterInspection {
  const { name, shape } = parameter;
  const { kernels, weights } = network;
  return { name, shape, count: sizeOf(shape), ...storedSize(parameter, viewParameter(kernels, weights, parameter)) };
}

function sizeOfNetwork(network: Network): number {
  return parametersOf(network.layout).reduce((sum, parameter) => sum + inspectParameter(network, parameter).bytes, 0);
}
