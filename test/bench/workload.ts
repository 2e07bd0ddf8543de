import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language } from '../../src/model/language.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import { planNetwork } from '../../src/model/plan-network.js';
import { Random } from '../../src/numerics/random.js';
import { featuresOf, resolveSettings, type Settings } from '../../src/settings/settings.js';
import { collectFeatures, wordFeatures } from '../../src/text/features.js';
import { detectScheme } from '../../src/text/scheme.js';
import type { Sentence } from '../../src/text/sentence.js';
import { buildVocabulary } from '../../src/text/vocabulary.js';
import { collectTags, encodeSentences, type TrainingExamples } from '../../src/training/examples.js';
import { orderBatches } from '../../src/training/order.js';
import { readConll } from '../helpers/conll.js';
import { findCorpus } from './corpora.js';

/** What is trained on and tagged: a network, sentences in words and numbers, and batches in a fixed order. */
export interface Workload {
  readonly plan: NetworkPlan;
  readonly settings: Settings;
  readonly language: Language;
  readonly sentences: readonly Sentence[];
  /** The same in numbers. */
  readonly examples: TrainingExamples;
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
  const settings = resolveSettings(
    {
      features: inputs === 'words' ? 'form' : 'form,affixes,shape,casing',
      input: 'concatenate',
      direction: 'both',
      vocabularySize: 10_000_000,
      lowercase: true,
      foldDigits: true,
      optimizer: 'adam',
      learningRate: 0.002,
      clip: 5,
      batchSize,
      unknownRate: 0,
    },
    'textbook',
  );
  const { vocabularySize: size, minCount, lowercase, foldDigits } = settings;
  const vocabulary = buildVocabulary(sentences, { size, minCount, lowercase, foldDigits });
  const features = collectFeatures(sentences, wordFeatures(featuresOf(settings)), vocabulary);
  const scheme = detectScheme(sentences);
  const tags = collectTags(sentences, scheme, scheme);
  const language = { scheme, innerScheme: scheme, tags, features };
  const allowed = new Uint8Array((tags.length + 2) * tags.length).fill(1);
  const lengths = sentences.map(({ tokens }) => tokens.length);
  return {
    plan: { ...planNetwork(settings, features.tables, tags.length, allowed), ...changes },
    settings,
    language,
    sentences,
    examples: encodeSentences(sentences, language),
    batches: orderBatches(lengths, batchSize, new Random(1)).slice(0, batchCount),
  };
}

/** The rows that a sentence's tokens name in a table. */
export function idsOf({ examples }: Workload, sentence: number, table: number): Int32Array {
  return examples.sentences[sentence].words.map((word) => examples.lexicon.idOf(word, table));
}

/** Number of tokens of all batches. */
export function tokensOfBatches({ batches, examples }: Workload): number {
  return batches.flat().reduce((sum, sentence) => sum + examples.sentences[sentence].targets.length, 0);
}

function readCorpusAt(path: string): Sentence[] {
  return readConll(readFileSync(path, 'utf8'), { source: basename(path), needsTags: true });
}
