import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConll } from '../../src/formats/conll.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import { Random } from '../../src/numerics/random.js';
import { resolveSettings, type Settings } from '../../src/settings/settings.js';
import type { Sentence } from '../../src/text/sentence.js';
import { collectTags, type TrainingExample } from '../../src/training/examples.js';
import { orderBatches } from '../../src/training/order.js';
import { findCorpus } from './corpora.js';
import { collectForms, collectWordFeatures, FeatureExtractor, type WordFeature } from './word-features.js';

/** What is trained on and tagged: a network, sentences in words and numbers, and batches in a fixed order. */
export interface Workload {
  readonly plan: NetworkPlan;
  readonly settings: Settings;
  readonly features: readonly WordFeature[];
  readonly sentences: readonly Sentence[];
  /** One for each sentence. */
  readonly examples: readonly TrainingExample[];
  /** The numbers of their sentences, longest first. */
  readonly batches: readonly (readonly number[])[];
}

/** What is open about a workload. */
export interface WorkloadOptions extends Partial<Omit<NetworkPlan, 'features' | 'tags'>> {
  readonly sentences: readonly Sentence[];
  /** The words alone, or with affixes, shape and casing. */
  readonly inputs: 'words' | 'all';
  /** Sentences a batch. */
  readonly batchSize?: number;
  /** Largest number of batches. */
  readonly batchCount?: number;
}

/** The Portuguese corpus beside the repository where there is one, else the starter corpus that ships with it. */
export function readBenchCorpus(): Sentence[] {
  const path = findCorpus('uner-pt-bosque/train.conll');
  return path === undefined ? readStarterCorpus() : readCorpusAt(path);
}

export function readStarterCorpus(): Sentence[] {
  return readCorpusAt(fileURLToPath(new URL('../../data/starter/train.conll', import.meta.url)));
}

/** An Elman network of 128 both ways with softmax, Adam and no dropout, but for what is said otherwise. */
export function makeWorkload({ sentences, inputs, batchSize = 32, batchCount, ...changes }: WorkloadOptions): Workload {
  const features = inputs === 'words' ? [collectForms(sentences)] : collectWordFeatures(sentences);
  const extractor = new FeatureExtractor(features);
  const tags = collectTags(sentences);
  const examples = sentences.map((sentence) => ({
    ids: extractor.extract(sentence.tokens),
    targets: Int32Array.from(sentence.tags, (tag) => tags.indexOf(tag)),
    seenOnce: new Uint8Array(sentence.tokens.length),
  }));
  const lengths = sentences.map(({ tokens }) => tokens.length);
  return {
    plan: {
      features: features.map(({ name, width, values }) => ({ name, width, rows: values.length + 1 })),
      input: 'concatenate',
      cell: 'elman',
      direction: 'both',
      hidden: 128,
      tags: tags.length,
      decoder: 'softmax',
      dropout: 0,
      ...changes,
    },
    settings: resolveSettings({ optimizer: 'adam', learningRate: 0.002, clip: 5, batchSize, unknownRate: 0 }),
    features,
    sentences,
    examples,
    batches: orderBatches(lengths, batchSize, new Random(1)).slice(0, batchCount),
  };
}

/** Number of tokens of all batches. */
export function tokensOfBatches({ batches, examples }: Workload): number {
  return batches.flat().reduce((sum, sentence) => sum + (examples[sentence] as TrainingExample).targets.length, 0);
}

function readCorpusAt(path: string): Sentence[] {
  return readConll(readFileSync(path, 'utf8'), { source: basename(path), needsTags: true });
}
