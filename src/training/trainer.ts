import type { BatchMemory, Example } from '../model/batch.js';
import { SHARD_SENTENCES } from '../model/batch.js';
import type { Lexicon } from '../model/lexicon.js';
import type { NetworkPlan } from '../model/plan.js';
import {
  type PredictedTags,
  type Predictor,
  predictInBatches,
  TAGGING_SENTENCES,
  TAGGING_TOKENS,
} from '../model/predictor.js';
import { WordCache } from '../model/word-cache.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import { LARGEST_NUMBER } from '../numerics/parameters.js';
import { mixBits } from '../numerics/random.js';
import type { Settings } from '../settings/settings.js';
import { falls, sentenceKey, tokenKey } from './chance.js';
import type { TrainingExamples } from './examples.js';
import type { Job, Member } from './member.js';
import { RateSchedule } from './optimizer.js';
import { TouchedRowFinder } from './touched-rows.js';

type JobSettings = Pick<Settings, 'optimizer' | 'clip' | 'average' | 'batchSize'>;

/**
 * What a team needs to train on some sentences and to tag them and others.
 *
 * @param longestOther length of the longest sentence that is only tagged
 */
export function planJob(
  plan: NetworkPlan,
  settings: JobSettings,
  examples: readonly Example[],
  longestOther: number,
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
    tagSentences: TAGGING_SENTENCES,
    tagTokens,
  };
}

/** Numbers that training changes, as they lie in memory. */
export interface StateBlock {
  readonly name: string;
  readonly numbers: Float32Array;
}

/** Trains batch by batch, and tags, with a team that someone has gathered. */
export class Trainer implements Predictor {
  readonly #kernels: Kernels;
  readonly #leader: Member;
  readonly #batch: BatchMemory;
  readonly #examples: TrainingExamples;
  readonly #settings: Settings;
  readonly #rates: RateSchedule;
  readonly #finder: TouchedRowFinder;
  readonly #cache: WordCache;
  readonly #sentences: Example[] = [];
  /** Of each word of the lexicon, as it is and with its form hidden: its number in the batch, or -1. */
  readonly #slots: Int32Array;
  /** Which of `#slots` are set. */
  readonly #used: number[] = [];
  readonly #kept: Float32Array;
  #steps = 0;

  /** @param steps how many steps the whole training will have */
  constructor(leader: Member, examples: TrainingExamples, settings: Settings, steps: number) {
    this.#kernels = leader.network.kernels;
    this.#leader = leader;
    this.#batch = leader.trainingBatch;
    this.#examples = examples;
    this.#settings = settings;
    this.#rates = new RateSchedule(settings, steps);
    this.#finder = new TouchedRowFinder(leader.network, leader.step.touched);
    this.#cache = new WordCache(leader.taggingBatch.words);
    this.#slots = new Int32Array(2 * examples.lexicon.size).fill(-1);
    this.#kept = new Float32Array(leader.network.layout.size);
  }

  /**
   * One step of gradient descent.
   *
   * @param sentences which of the examples make the batch, longest first
   * @returns the sum of their losses, which is no finite number where the gradient is not, and their tokens
   */
  step(epoch: number, sentences: readonly number[]): { loss: number; tokens: number } {
    this.#steps++;
    this.#sentences.length = 0;
    for (const sentence of sentences) this.#sentences.push(this.#examples.sentences[sentence] as Example);
    this.#forgetWords();
    this.#batch.fill(this.#sentences, (member, t, row) => this.#visit(epoch, sentences[member] as number, t, row));
    this.#finder.find(this.#batch);
    this.#leader.train(1 / sentences.length, this.#rates.next(), this.#averageRate());
    this.#cache.clear();
    const { step } = this.#leader;
    return { loss: Number.isFinite(step.norm()) ? step.loss() : Number.NaN, tokens: this.#batch.rows };
  }

  /** Whether every weight is finite and can be read back; squares of single precision cannot overflow their sum in double. */
  isFinite(): boolean {
    const { weights, layout } = this.#leader.network;
    return this.#kernels.sumOfSquares(weights, layout.size) <= LARGEST_NUMBER * LARGEST_NUMBER;
  }

  /** Exchanges the weights and their moving averages, where there are some: to score those, and to go on. */
  exchangeAverages(): void {
    const { averages } = this.#leader.step;
    if (!averages) return;
    this.#leader.settle();
    averages.exchange();
    this.#cache.clear();
  }

  /** Puts the weights aside. */
  keep(): void {
    this.#kept.set(this.#weights);
  }

  /** Takes the weights back that were put aside last. */
  restore(): void {
    this.#leader.settle();
    this.#weights.set(this.#kept);
    this.#leader.network.pack();
    this.#cache.clear();
  }

  /** What was put aside last, as it lies in the network's block. */
  get best(): Float32Array {
    return this.#kept;
  }

  /** How many steps have been done. */
  get steps(): number {
    return this.#steps;
  }

  /** All numbers that decide what the next steps do, and the best weights so far. They stay until the next step. */
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

  /** Goes on as after so many steps, when `openState` has been filled with what it gave then. */
  resume(steps: number): void {
    this.#steps = steps;
    this.#rates.skip(steps);
    this.#leader.network.pack();
    this.#cache.clear();
  }

  get #weights(): Float32Array {
    return this.#blockAt(this.#leader.network.weights);
  }

  #blockAt(address: Address): Float32Array {
    return this.#kernels.memory.subarray(address, address + this.#leader.network.layout.size) as Float32Array;
  }

  predict(examples: readonly Example[], lexicon: Lexicon): PredictedTags[] {
    return predictInBatches(this.#leader.taggingBatch, this.#cache, examples, lexicon, (words) => {
      this.#leader.tag(words);
      return [];
    });
  }

  /** Averages follow the weights closely at first. */
  #averageRate(): number {
    return 1 - Math.min(this.#settings.average, this.#steps / (this.#steps + 9));
  }

  #forgetWords(): void {
    for (const place of this.#used) this.#slots[place] = -1;
    this.#used.length = 0;
    this.#batch.words.count = 0;
  }

  /** Draws the chance of one token by keys of its own, and gives the number of its word in the batch. */
  #visit(epoch: number, sentence: number, t: number, row: number): number {
    const { seed, unknownRate } = this.#settings;
    const { dropout } = this.#leader.network.plan;
    const key = (purpose: 'unknownWords' | 'stateDropout'): number =>
      tokenKey(sentenceKey(seed, purpose, epoch, sentence), t);
    if (dropout > 0) this.#kernels.integers[this.#batch.stateKeys + row] = key('stateDropout');
    const word = (this.#examples.sentences[sentence] as Example).words[t] as number;
    const isHidden = this.#examples.seenOnce[word] === 1 && falls(key('unknownWords'), unknownRate);
    return this.#slotOf(word, isHidden);
  }

  #slotOf(word: number, isHidden: boolean): number {
    const place = 2 * word + (isHidden ? 1 : 0);
    const known = this.#slots[place] as number;
    if (known >= 0) return known;
    const { integers } = this.#kernels;
    const { words } = this.#batch;
    const slot = words.count++;
    this.#slots[place] = slot;
    this.#used.push(place);
    words.setIds(slot, this.#examples.lexicon, word);
    if (isHidden) words.hide(slot);
    integers[words.keys + slot] = mixBits(sentenceKey(this.#settings.seed, 'inputDropout', this.#steps, place));
    return slot;
  }
}
