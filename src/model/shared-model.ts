import { at } from '../numerics/at.js';
import type { Kernels } from '../numerics/kernels.js';
import { Dictionaries } from '../text/dictionaries.js';
import { FeatureSet, type FeatureValues, featuresCalled } from '../text/features.js';
import { SortedWords } from '../text/sorted-words.js';
import { Vocabulary, type WordForm } from '../text/vocabulary.js';
import { type Clustering, WordClusters } from '../text/word-clusters.js';
import { VectorWords } from '../text/word-vectors.js';
import type { Language } from './language.js';
import type { ModelForTagging } from './model.js';
import { Network } from './network.js';
import type { NetworkPlan } from './plan.js';

/**
 * The parts of a model that tagging needs, in a form that can be sent to threads, so that none has to read the
 * checkpoint again: plain values, and numbers in shared memory.
 */
export interface SharedModel extends Pick<ModelForTagging, 'settings' | 'temperature' | 'documentShare' | 'hiding'> {
  readonly language: Omit<Language, 'features'>;
  /** The names of the features. */
  readonly features: readonly string[];
  readonly words: readonly string[];
  readonly form: WordForm;
  readonly others: readonly FeatureValues[];
  readonly clusters:
    | {
        readonly words: Pick<SortedWords, 'units' | 'ends'>;
        readonly clusterings: readonly Clustering[];
        readonly sha256: string | undefined;
      }
    | undefined;
  readonly dictionaries:
    | readonly { readonly label: string; readonly names: Pick<SortedWords, 'units' | 'ends'> }[]
    | undefined;
  readonly vectors:
    | { readonly words: readonly string[]; readonly width: number; readonly numbers: Float32Array }
    | undefined;
  readonly plan: NetworkPlan;
  /** The weights of each network. */
  readonly weights: readonly Float32Array[];
}

/** Returns the shared form of a model. */
export function shareModel({
  language,
  network,
  others = [],
  temperature,
  documentShare,
  hiding,
  settings,
}: ModelForTagging): SharedModel {
  const { features, ...rest } = language;
  const {
    vocabulary,
    knowledge: { clusters, vectors, dictionaries },
  } = features;
  const networks = [network, ...others.map((other) => other.network)];
  return {
    settings: { documentShare: settings.documentShare },
    documentShare,
    temperature,
    hiding,
    language: rest,
    features: features.features.map(({ name }) => name),
    words: vocabulary.words,
    form: vocabulary.form,
    others: features.others,
    clusters: clusters && {
      words: { units: clusters.words.units, ends: clusters.words.ends },
      clusterings: clusters.clusterings,
      sha256: clusters.sha256,
    },
    dictionaries: dictionaries?.list.map(({ label, names: { units, ends } }) => ({ label, names: { units, ends } })),
    vectors: vectors && { words: vectors.words, width: vectors.width, numbers: share(network.copyVectors()) },
    plan: network.plan,
    weights: networks.map((each) => share(each.viewWeights())),
  };
}

/** Restores a model from its shared form on other kernels. */
export function openSharedModel(shared: SharedModel, kernels: Kernels): ModelForTagging {
  const { settings, temperature, documentShare, hiding, features, words, form, others, plan, weights } = shared;
  const { clusters, vectors, dictionaries } = shared;
  const knowledge = {
    clusters: clusters && new WordClusters(new SortedWords(clusters.words), clusters.clusterings, clusters.sha256),
    vectors: vectors && new VectorWords(vectors.words, vectors.width, form),
    dictionaries:
      dictionaries &&
      new Dictionaries(dictionaries.map(({ label, names }) => ({ label, names: new SortedWords(names) }))),
  };
  const featureSet = new FeatureSet(featuresCalled(features), new Vocabulary(words, form), others, knowledge);
  const networks: Network[] = [];
  for (const numbers of weights) {
    const network = new Network(kernels, plan, networks[0]);
    if (vectors && networks.length === 0) network.setVectors(vectors.numbers);
    network.setWeights(numbers);
    networks.push(network);
  }
  return {
    settings,
    temperature,
    documentShare,
    hiding,
    language: { ...shared.language, features: featureSet },
    network: at(networks, 0),
    others: networks.slice(1).map((other) => ({ network: other })),
  };
}

function share(numbers: ArrayLike<number>): Float32Array {
  const shared = new Float32Array(new SharedArrayBuffer(numbers.length * Float32Array.BYTES_PER_ELEMENT));
  shared.set(numbers);
  return shared;
}
