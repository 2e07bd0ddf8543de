import { isInSample } from '../../annotation/choice.js';
import { FEWEST_SCORED, gainOfMore, shouldLearn, untilFirst } from '../../annotation/learning.js';
import type { ModelState, Overview, Score } from '../../annotation/protocol.js';
import { type AnnotationRecord, writeRecord } from '../../annotation/record.js';
import { UserError } from '../../errors.js';
import { processorCount } from '../../node/processors.js';
import { makeScratchFolder, type ScratchFolder } from '../../node/scratch-folder.js';
import type { CurveFile } from './curve-file.js';
import { Learner } from './learner.js';

export interface LoopOptions {
  readonly seed: number;
  /** Where the newest model can be saved. */
  readonly modelPath: string;
  /** A checkpoint that suggests until the first model has learnt, and that each one goes on with. */
  readonly initFrom: string | undefined;
  /** The scores so far, to which those of new models are added. */
  readonly curve: CurveFile;
  /** Returns the seconds since any fixed moment. */
  readonly clock: () => number;
  /** Returns the decisions that count. */
  readonly decisions: () => readonly AnnotationRecord[];
  /** Prepares a model for its work before it takes the place of the one before. */
  readonly onModel: (learner: Learner, round: number) => Promise<void>;
  /** Is told why a model could not learn. */
  readonly onFailure: (error: Error) => void;
}

/** How often it is looked whether a model should learn, in milliseconds. */
const INTERVAL = 250;

/** How many more sentences the page tells the gain of. */
const MORE = 100;

/** Lets models learn from decisions in threads of their own, one after the other, while the newest one suggests. */
export class LearningLoop {
  readonly #options: LoopOptions;
  #scratch: ScratchFolder | undefined;
  /** The newest model that suggests. */
  #learner: Learner | undefined;
  /** The model that learns now. */
  #next: Learner | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;
  #round = 0;
  /** The number of sentences that the newest model learnt from. */
  #sentences = 0;
  /** The number of accepted sentences when the last model began to learn. */
  #learnt = 0;
  #changes = 1;
  #lastChange: number;
  #failure: string | undefined;
  #score: Score | undefined;

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#lastChange = options.clock();
  }

  /**
   * Opens the first model, if one was named, and begins to look whether one should learn.
   *
   * @throws UserError if there is no such checkpoint, exit code 3
   */
  async start(): Promise<void> {
    const { initFrom, onModel } = this.#options;
    if (initFrom !== undefined) {
      const learner = new Learner();
      this.#next = learner; // so that closing ends it
      await learner.open(initFrom);
      await onModel(learner, 0);
      this.#take(learner);
    }
    this.#timer = setInterval(() => this.#look(), INTERVAL);
    this.#look(); // so that the page never says of a model that is about to learn that it waits
  }

  /** The newest model; undefined while there is none. */
  get learner(): Learner | undefined {
    return this.#learner;
  }

  /** The number of the newest model that has learnt from decisions, from 1. */
  get round(): number {
    return this.#round;
  }

  /**
   * Hears that a decision was made or taken back.
   *
   * @param changesTraining whether a model learns from other sentences or entities now
   */
  hear(changesTraining: boolean): void {
    if (changesTraining) this.#changes++;
    this.#lastChange = this.#options.clock();
    this.#look();
  }

  /** Returns what the page shows of it. */
  describe(accepted: number): Pick<Overview, 'model' | 'score' | 'curve' | 'gain'> {
    const model: ModelState = {
      isLearning: this.#next !== undefined,
      round: this.#round,
      sentences: this.#sentences,
      untilFirst: untilFirst(accepted),
      ...(this.#failure !== undefined && { failure: this.#failure }),
      path: this.#options.modelPath,
    };
    const { points } = this.#options.curve;
    const gain = gainOfMore(points, MORE);
    return {
      model,
      ...(this.#score && { score: this.#score }),
      curve: points,
      ...(gain !== undefined && { gain }),
    };
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#learner?.close();
    this.#next?.close();
    this.#scratch?.remove();
  }

  #look(): void {
    if (this.#next || this.#isClosed || this.#changes === 0) return;
    const records = this.#options.decisions().filter(({ answer }) => answer === 'accept');
    const moment = {
      accepted: records.length,
      hasSpans: records.some(({ spans }) => spans.length > 0),
      learnt: this.#learnt,
      changes: this.#changes,
      idle: this.#options.clock() - this.#lastChange,
    };
    if (shouldLearn(moment)) void this.#learn(records);
  }

  async #learn(records: readonly AnnotationRecord[]): Promise<void> {
    const { seed, initFrom, onModel, onFailure } = this.#options;
    this.#learnt = records.length;
    this.#changes = 0;
    const learner = new Learner();
    this.#next = learner;
    try {
      const { train, dev, isHeldOut } = divide(records, seed);
      this.#scratch ??= await makeScratchFolder();
      const files = {
        train: await this.#scratch.write('train.jsonl', train.map(writeRecord).join('')),
        dev: await this.#scratch.write('dev.jsonl', dev.map(writeRecord).join('')),
      };
      const learnt = await learner.learn({ ...files, initFrom, seed, workers: processorCount() });
      await onModel(learner, this.#round + 1);
      if (this.#isClosed) return;
      this.#round++;
      this.#sentences = train.length;
      this.#failure = undefined;
      const { f1, interval } = learnt;
      this.#score = isHeldOut ? { f1, ...interval, sentences: dev.length } : undefined;
      this.#take(learner);
      if (isHeldOut) await this.#options.curve.add({ sentences: train.length, f1 }).catch(onFailure);
    } catch (error) {
      if (this.#isClosed) return;
      this.#next = undefined;
      learner.close();
      this.#failure = error instanceof UserError ? error.message : 'internal error';
      onFailure(error as Error);
    }
  }

  /** Puts a model in the place of the newest one, which may still be saving itself. */
  #take(learner: Learner): void {
    this.#learner?.retire();
    this.#learner = learner;
    this.#next = undefined;
  }
}

/** Sentences to learn from, and dev, which chooses the epoch. */
interface Division {
  readonly train: readonly AnnotationRecord[];
  readonly dev: readonly AnnotationRecord[];
  /** Whether no sentence is in both. */
  readonly isHeldOut: boolean;
}

/**
 * Divides sentences into those to learn from and dev, which chooses the epoch: the random tenth, if it is large enough for a score.
 * A smaller one would choose by chance: until then all are both.
 */
export function divide(records: readonly AnnotationRecord[], seed: number): Division {
  const dev = records.filter(({ id }) => isInSample(id, seed));
  const train = records.filter(({ id }) => !isInSample(id, seed));
  const isHeldOut = dev.length >= FEWEST_SCORED && train.some(({ spans }) => spans.length > 0);
  return isHeldOut ? { train, dev, isHeldOut } : { train: records, dev: records, isHeldOut };
}
