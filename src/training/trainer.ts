import { type Example, SHARD_SENTENCES } from '../model/batch.js';
import type { Lexicon } from '../model/lexicon.js';
import type { NetworkPlan } from '../model/plan.js';
import {
  type PredictedTags,
  type Predictor,
  predictInBatches,
  TAGGING_SENTENCES,
  TAGGING_TOKENS,
} from '../model/predictor.js';
import { roundWeights } from '../model/rounded-weights.js';
import type { TrainingBatch } from '../model/training-batch.js';
import { WordCache } from '../model/word-cache.js';
import { at, integerAt } from '../numerics/at.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import { LARGEST_NUMBER } from '../numerics/parameters.js';
import { mixBits } from '../numerics/random.js';
import type { Settings } from '../settings/settings.js';
import { DICTIONARY_DROPOUT, DOCUMENT_DROPOUT, FORM_DROPOUT } from '../settings/training.js';
import { VECTORS } from '../text/features.js';
import { falls, sentenceKey, tokenKey } from './chance.js';
import type { TrainingExamples } from './examples.js';
import type { StepResult, StepTrainer } from './loop.js';
import type { Job, Member } from './member.js';
import { RateSchedule } from './optimizer.js';
import { drawOutside } from './outside-tokens.js';
import { TouchedRowFinder } from './touched-rows.js';

type JobSettings = Pick<Settings, 'optimizer' | 'clip' | 'average' | 'batchSize'>;

/**
 * Plans the work of a team that trains on the examples, and tags them and others.
 *
 * @param longestOther the length of the longest sentence that is only tagged
 * @param tagSets the sets of tags that targets name
 */
export function planJob(
  plan: NetworkPlan,
  settings: JobSettings,
  examples: readonly Example[],
  longestOther: number,
  tagSets: Job['tagSets'] = [],
): Job {
  const lengths = examples.map(({ targets }) => targets.length).sort((a, b) => b - a);
  const sumOfLongest = (count: number): number => lengths.slice(0, count).reduce((sum, length) => sum + length, 0);
  const longest = Math.max(lengths[0] ?? 1, longestOther);
  const tagTokens = Math.max(TAGGING_TOKENS, longest);
  return {
    plan,
    step: { optimizer: settings.optimizer, clip: settings.clip, average: settings.average },
    batchSize: Math.min(settings.batchSize, examples.length),
    batchTokens: sumOfLongest(settings.batchSize),
    shardTokens: Math.max(sumOfLongest(SHARD_SENTENCES), Math.min(tagTokens, SHARD_SENTENCES * longest)),
    longest,
    tagSets,
    tagSentences: TAGGING_SENTENCES,
    tagTokens,
  };
}

/** A block of numbers that training changes, as a view of memory. */
export interface StateBlock {
  readonly name: string;
  readonly numbers: Float32Array;
}

/** Trains batch by batch, and tags, with the team of a leading member. */
export class Trainer implements Predictor, StepTrainer {
  readonly #kernels: Kernels;
  readonly #leader: Member;
  readonly #batch: TrainingBatch;
  readonly #examples: TrainingExamples;
  readonly #settings: Settings;
  readonly #rates: RateSchedule;
  readonly #finder: TouchedRowFinder;
  readonly #cache: WordCache;
  readonly #sentences: Example[] = [];
  /** For each word of the lexicon, with its form shown and hidden, its number in the batch, or -1; then those with clusters hidden. */
  readonly #slots: Int32Array;
  /** The indexes of those `#slots` that are set. */
  readonly #used: number[] = [];
  readonly #kept: Float32Array;
  /** The weights, or their averages, before they were rounded to be scored. */
  readonly #exact: Float32Array;
  /** The kind of knowledge of words from elsewhere, which decides how often forms are hidden. */
  readonly #knownOfWords: keyof typeof FORM_DROPOUT;
  readonly #hasClusters: boolean;
  #steps = 0;
  /** True if weights have changed since sentences were tagged last. */
  #hasNewWeights = true;

  /** @param steps the number of steps of the whole training */
  constructor(leader: Member, examples: TrainingExamples, settings: Settings, steps: number) {
    this.#kernels = leader.network.kernels;
    this.#leader = leader;
    this.#batch = leader.trainingBatch;
    this.#examples = drawOutside(examples, settings);
    this.#settings = settings;
    this.#rates = new RateSchedule(settings, steps);
    this.#finder = new TouchedRowFinder(leader.network, leader.step.touched);
    this.#cache = new WordCache(leader.taggingBatch.wordCapacity, leader.named);
    this.#slots = new Int32Array(4 * examples.lexicon.size).fill(-1);
    this.#kept = new Float32Array(leader.network.layout.size);
    this.#exact = new Float32Array(leader.network.layout.size);
    const { tables } = leader.network.plan;
    this.#hasClusters = tables.some(({ hideable }) => hideable === 'clusters');
    const hasVectors = tables.some(({ name }) => name === VECTORS.name);
    this.#knownOfWords = hasVectors ? 'vectors' : this.#hasClusters ? 'clusters' : 'nothing';
  }

  step(epoch: number, sentences: readonly number[]): StepResult {
    this.#begin(epoch, sentences);
    return this.#end();
  }

  /**
   * Takes a step with a team whose leader does not work, and lets this thread do other things meanwhile.
   *
   * @param ended settles when the team has announced the end of the step
   */
  async stepInBackground(epoch: number, sentences: readonly number[], ended: () => Promise<void>): Promise<StepResult> {
    this.#begin(epoch, sentences);
    await ended();
    return this.#end();
  }

  #begin(epoch: number, sentences: readonly number[]): void {
    this.#steps++;
    this.#sentences.length = 0;
    for (const sentence of sentences) this.#sentences.push(at(this.#examples.sentences, sentence));
    this.#forgetWords();
    this.#batch.fill(this.#sentences, (member, t, row) => this.#visit(epoch, at(sentences, member), t, row));
    this.#finder.find(this.#batch);
    this.#leader.train(1 / sentences.length, this.#rates.next(), this.#averageRate());
  }

  #end(): StepResult {
    this.#hasNewWeights = true;
    const { step } = this.#leader;
    return { loss: Number.isFinite(step.norm()) ? step.loss() : Number.NaN, tokens: this.#batch.rows };
  }

  isFinite(): boolean {
    const { weights, layout } = this.#leader.network;
    // Squares of numbers in single precision cannot overflow their sum in double precision.
    return this.#kernels.sumOfSquares(weights, layout.size) <= LARGEST_NUMBER * LARGEST_NUMBER;
  }

  beginScoring(): void {
    this.#leader.settle();
    this.#leader.step.averages?.exchange();
    this.#exact.set(this.#weights);
    roundWeights(this.#leader.network);
    this.#useWeights();
  }

  endScoring(): void {
    this.#weights.set(this.#exact);
    this.#leader.step.averages?.exchange();
    this.#useWeights();
  }

  /** Makes products, and later tagging, use weights that were set. */
  #useWeights(): void {
    this.#leader.network.pack();
    this.#hasNewWeights = true;
  }

  keep(): void {
    this.#kept.set(this.#weights);
  }

  restore(): void {
    this.#leader.settle();
    this.#weights.set(this.#kept);
    this.#useWeights();
  }

  /** Copies the weights, laid out as the network's block. */
  copyWeights(): Float32Array {
    this.#leader.settle();
    return this.#weights.slice();
  }

  /** The weights that were kept last, laid out as the network's block. */
  get best(): Float32Array {
    return this.#kept;
  }

  /** The number of steps taken. */
  get steps(): number {
    return this.#steps;
  }

  /** Returns views of all numbers that determine the next steps, and of the best weights; valid until the next step. */
  openState(): StateBlock[] {
    this.#leader.settle();
    const { moments, averages } = this.#leader.step;
    return [
      { name: 'weights', numbers: this.#weights },
      { name: 'best', numbers: this.#kept },
      ...moments.map((moment, index) => ({ name: `moment ${index + 1}`, numbers: this.#blockAt(moment) })),
      ...(averages ? [{ name: 'averages', numbers: this.#blockAt(averages.block) }] : []),
    ];
  }

  /** Continues after a number of steps; the views of `openState` have been filled with the numbers they held then. */
  resume(steps: number): void {
    this.#steps = steps;
    this.#rates.skip(steps);
    this.#useWeights();
  }

  get #weights(): Float32Array {
    return this.#blockAt(this.#leader.network.weights);
  }

  #blockAt(address: Address): Float32Array {
    return this.#kernels.memory.subarray(address, address + this.#leader.network.layout.size) as Float32Array;
  }

  predict(examples: readonly Example[], lexicon: Lexicon): PredictedTags[] {
    if (this.#hasNewWeights) {
      this.#leader.quantise();
      this.#cache.clear();
      this.#hasNewWeights = false;
    }
    return predictInBatches(this.#leader.taggingBatch, this.#cache, examples, lexicon, (words) => {
      this.#leader.tag(words);
      return [];
    });
  }

  /** Returns the rate of the moving averages, which follow the weights closely at first. */
  #averageRate(): number {
    return 1 - Math.min(this.#settings.average, this.#steps / (this.#steps + 9));
  }

  #forgetWords(): void {
    for (const place of this.#used) this.#slots[place] = -1;
    this.#used.length = 0;
    this.#batch.words.count = 0;
  }

  /** Draws the random decisions for one token with keys of its own, and returns the number of its word in the batch. */
  #visit(epoch: number, sentence: number, t: number, row: number): number {
    const { seed, unknownRate, clusterDropout, formDropout = FORM_DROPOUT[this.#knownOfWords] } = this.#settings;
    const { dropout } = this.#leader.network.plan;
    const key = (purpose: 'unknownWords' | 'stateDropout' | 'hiddenClusters'): number =>
      tokenKey(sentenceKey(seed, purpose, epoch, sentence), t);
    if (dropout > 0) this.#kernels.integers[this.#batch.stateKeys + row] = key('stateDropout');
    const word = at(this.#wordsOf(epoch, sentence), t);
    const hidingRate = this.#examples.seenOnce[word] === 1 ? Math.max(unknownRate, formDropout) : formDropout;
    const hidesForm = hidingRate > 0 && falls(key('unknownWords'), hidingRate);
    const hidesClusters = this.#hasClusters && falls(key('hiddenClusters'), clusterDropout);
    return this.#slotOf(word, hidesForm, hidesClusters);
  }

  /** Draws what training hides of a sentence in an epoch, and returns the words that are left. */
  #wordsOf(epoch: number, sentence: number): Int32Array {
    const { seed, dictionaryDropout = DICTIONARY_DROPOUT, documentDropout = DOCUMENT_DROPOUT } = this.#settings;
    const { sentences, hidden } = this.#examples;
    const hides = (what: 'hiddenNames' | 'hiddenDocument', rate: number): boolean =>
      falls(sentenceKey(seed, what, epoch, sentence), rate);
    const hidesNames = hidden.names !== undefined && hides('hiddenNames', dictionaryDropout);
    const hidesDocument = hidden.document !== undefined && hides('hiddenDocument', documentDropout);
    const left = hidesNames ? hidden[hidesDocument ? 'both' : 'names'] : hidesDocument ? hidden.document : undefined;
    return left ? at(left, sentence) : at(sentences, sentence).words;
  }

  #slotOf(word: number, hidesForm: boolean, hidesClusters: boolean): number {
    const place = 2 * word + (hidesForm ? 1 : 0) + (hidesClusters ? 2 * this.#examples.lexicon.size : 0);
    const known = integerAt(this.#slots, place);
    if (known >= 0) return known;
    const { integers } = this.#kernels;
    const { words } = this.#batch;
    const slot = words.count++;
    this.#slots[place] = slot;
    this.#used.push(place);
    words.named.set(slot, this.#examples.lexicon, word);
    if (hidesForm) words.named.hide(slot, 'form');
    if (hidesClusters) words.named.hide(slot, 'clusters');
    integers[words.keys + slot] = mixBits(sentenceKey(this.#settings.seed, 'inputDropout', this.#steps, place));
    return slot;
  }
}

/**
 * Lets a trainer take its steps with a team whose leader does not work.
 *
 * @param ended settles when the team has announced the end of a step
 */
export function trainInBackground(trainer: Trainer, ended: () => Promise<void>): StepTrainer {
  return {
    step: (epoch, sentences) => trainer.stepInBackground(epoch, sentences, ended),
    isFinite: () => trainer.isFinite(),
    beginScoring: () => trainer.beginScoring(),
    endScoring: () => trainer.endScoring(),
    keep: () => trainer.keep(),
    restore: () => trainer.restore(),
  };
}
