import type { BatchMemory, Example } from '../model/batch.js';
import { SHARD_SENTENCES } from '../model/batch.js';
import type { NetworkPlan } from '../model/plan.js';
import {
  type PredictedTags,
  type Predictor,
  predictInBatches,
  TAGGING_SENTENCES,
  TAGGING_TOKENS,
} from '../model/predictor.js';
import type { Kernels } from '../numerics/kernels.js';
import type { Settings } from '../settings/settings.js';
import { UNKNOWN_ID } from '../text/vocabulary.js';
import { falls, sentenceKey, tokenKey } from './chance.js';
import type { TrainingExample } from './examples.js';
import type { Job, Member } from './member.js';
import { RateSchedule } from './optimizer.js';
import { TouchedRowFinder } from './touched-rows.js';

type JobSettings = Pick<Settings, 'optimizer' | 'clip' | 'batchSize'>;

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
    step: { optimizer: settings.optimizer, clip: settings.clip },
    batchSize: Math.min(settings.batchSize, examples.length),
    batchTokens: sumOfLongest(settings.batchSize),
    shardTokens: Math.max(sumOfLongest(SHARD_SENTENCES), Math.min(tagTokens, SHARD_SENTENCES * longest)),
    longest,
    tagSentences: TAGGING_SENTENCES,
    tagTokens,
  };
}

/** Trains batch by batch, and tags, with a team that someone has gathered. */
export class Trainer implements Predictor {
  readonly #kernels: Kernels;
  readonly #leader: Member;
  readonly #batch: BatchMemory;
  readonly #examples: readonly TrainingExample[];
  readonly #settings: Settings;
  readonly #rates: RateSchedule;
  readonly #finder: TouchedRowFinder;
  readonly #sentences: TrainingExample[] = [];
  readonly #tagTokens: number;
  readonly #kept: Float32Array;

  constructor(leader: Member, job: Job, examples: readonly TrainingExample[], settings: Settings) {
    this.#kernels = leader.network.kernels;
    this.#leader = leader;
    this.#batch = leader.trainingBatch;
    this.#examples = examples;
    this.#settings = settings;
    this.#rates = new RateSchedule(settings.optimizer, settings.learningRate);
    this.#finder = new TouchedRowFinder(leader.network, leader.step.tables);
    this.#tagTokens = job.tagTokens;
    this.#kept = new Float32Array(leader.network.layout.size);
  }

  /**
   * One step of gradient descent.
   *
   * @param sentences which of the examples make the batch, longest first
   * @returns the sum of their losses, which is no finite number where the gradient is not, and their tokens
   */
  step(epoch: number, sentences: readonly number[]): { loss: number; tokens: number } {
    this.#sentences.length = 0;
    for (const sentence of sentences) this.#sentences.push(this.#examples[sentence] as TrainingExample);
    this.#batch.fill(this.#sentences, (member, t, row) => this.#drawChance(epoch, sentences[member] as number, t, row));
    this.#finder.find(this.#batch);
    this.#leader.train(1 / sentences.length, this.#rates.next());
    const { step } = this.#leader;
    return { loss: Number.isFinite(step.norm()) ? step.loss() : Number.NaN, tokens: this.#batch.rows };
  }

  /** Whether every weight is finite; squares of single precision cannot overflow their sum in double. */
  isFinite(): boolean {
    const { weights, layout } = this.#leader.network;
    return Number.isFinite(this.#kernels.sumOfSquares(weights, layout.size));
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
  }

  get #weights(): Float32Array {
    const { weights, layout } = this.#leader.network;
    return this.#kernels.memory.subarray(weights, weights + layout.size) as Float32Array;
  }

  predict(examples: readonly Example[]): PredictedTags[] {
    this.#leader.prepareTagging();
    return predictInBatches(this.#leader.taggingBatch, this.#tagTokens, examples, () => this.#leader.tag());
  }

  /** Hides words seen once, and gives dropout its keys, each token by a key of its own. */
  #drawChance(epoch: number, sentence: number, t: number, row: number): void {
    const { seed, unknownRate } = this.#settings;
    const { integers } = this.#kernels;
    const key = (purpose: 'unknownWords' | 'inputDropout' | 'stateDropout'): number =>
      tokenKey(sentenceKey(seed, purpose, epoch, sentence), t);
    const isSeenOnce = (this.#examples[sentence] as TrainingExample).seenOnce[t] === 1;
    if (isSeenOnce && falls(key('unknownWords'), unknownRate))
      integers[(this.#batch.ids[0] as number) + row] = UNKNOWN_ID;
    if (this.#leader.network.plan.dropout === 0) return;
    integers[this.#batch.inputKeys + row] = key('inputDropout');
    integers[this.#batch.stateKeys + row] = key('stateDropout');
  }
}
