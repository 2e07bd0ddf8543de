import type { Model } from '../../src/model/model.js';
import { Network } from '../../src/model/network.js';
import { planNetwork } from '../../src/model/plan-network.js';
import { SinglePredictor } from '../../src/model/predictor.js';
import { Tagger } from '../../src/model/tagger.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { featuresOf, resolveSettings, type SettingsInput } from '../../src/settings/settings.js';
import { Dictionaries } from '../../src/text/dictionaries.js';
import { collectFeatures, type WordFeature, wordFeatures } from '../../src/text/features.js';
import { innerSchemeOf, type Scheme } from '../../src/text/scheme.js';
import { SortedWords } from '../../src/text/sorted-words.js';
import { allowedTransitions } from '../../src/text/transitions.js';
import { Vocabulary } from '../../src/text/vocabulary.js';
import { WordClusters } from '../../src/text/word-clusters.js';
import { VectorWords } from '../../src/text/word-vectors.js';
import { drawWeights } from './networks.js';

export interface SmallModelOptions {
  readonly words?: readonly string[];
  /** Words that have vectors of three numbers. */
  readonly vectorWords?: readonly string[] | undefined;
  /** Words that have clusters: one of two, and one of 300. */
  readonly clusterWords?: readonly string[] | undefined;
  /** The names of a dictionary. */
  readonly names?: readonly string[] | undefined;
  /** Of the network. */
  readonly tags?: readonly string[];
  readonly scheme?: Scheme;
  readonly settings?: SettingsInput;
  /** Features beside those that the settings name. */
  readonly moreFeatures?: readonly WordFeature[];
  readonly seed?: number;
  readonly kernels?: Kernels;
}

/** A model that nobody trained, with drawn weights. */
export function drawModel(options: SmallModelOptions = {}): Model {
  const settings = resolveSettings({ hidden: 6, ...options.settings }, 'textbook');
  const tags = options.tags ?? ['B-LOC', 'B-PER', 'I-LOC', 'I-PER', 'O'];
  const { lowercase, foldDigits } = settings;
  const vocabulary = new Vocabulary(options.words ?? ['.', 'in', 'Ada', 'London', 'lives'], { lowercase, foldDigits });
  const scheme = options.scheme ?? { name: 'iob2', outside: 'O' };
  const innerScheme = innerSchemeOf(scheme, settings.recode);
  const vectors = options.vectorWords && new VectorWords(options.vectorWords, 3, vocabulary.form);
  const features = collectFeatures(
    [{ tokens: vocabulary.words }],
    [...wordFeatures(featuresOf(settings)), ...(options.moreFeatures ?? [])],
    vocabulary,
    {
      vectors,
      clusters: options.clusterWords && clustersOf(options.clusterWords),
      dictionaries:
        options.names && new Dictionaries([{ label: 'X', names: SortedWords.of([...options.names].sort()) }]),
    },
  );
  const plan = planNetwork(settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
  const network = new Network(options.kernels ?? createReferenceKernels(), plan);
  drawWeights(network, options.seed);
  return {
    settings,
    language: { scheme, innerScheme, tags, features },
    network,
    ...(vectors && { vectors: { sha256: 'fedcba9876543210'.repeat(4) } }),
    corpora: { train: { sha256: '0123456789abcdef'.repeat(4), sentences: 3, tokens: 17 } },
    history: {
      bestEpoch: 1,
      epochs: [{ epoch: 1, loss: 2.5, dev: { precision: 0.5, recall: 0.25, f1: 1 / 3, accuracy: 0.9 } }],
    },
  };
}

function clustersOf(words: readonly string[]): WordClusters {
  const clusterings = [2, 300].map((size) => ({
    size,
    numbers: Uint16Array.from(words, (_, index) => (7 * index + 3) % size),
  }));
  return new WordClusters(SortedWords.of([...words].sort()), clusterings, '89abcdef01234567'.repeat(4));
}

export function taggerOf({ language, network }: Model): Tagger {
  return new Tagger(language, new SinglePredictor(network));
}
