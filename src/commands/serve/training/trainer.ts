import { FEWEST_SCORED, FIRST } from '../../../annotation/learning.js';
import { makeScratchFolder, type ScratchFolder } from '../../../node/scratch-folder.js';
import { ThreadPool } from '../../../node/thread-pool.js';
import type { RequestBody } from '../../../server/answering-queue.js';
import type { TrainingDoor, TrainingReply, TrainingRequestKind } from '../../../server/training-door.js';
import type { LabelStudioAccess } from '../label-studio/project.js';
import type { TrainingUnit } from './training-corpus.js';
import type { CollectedCorpus, RequestRead, Trained, TrainingResult, TrainingTask } from './training-tasks.js';

export interface TrainerOptions {
  /** The checkpoint that every training goes on with. */
  readonly initFrom: string;
  /** Where the checkpoints go. */
  readonly output: string;
  readonly workers: number;
  /** Undefined if only requests that bring tasks along are trained on. */
  readonly access: LabelStudioAccess | undefined;
  /** Lets the checkpoint answer that was written. */
  readonly takeOver: () => Promise<void>;
  readonly onTraining: (event: TrainingEvent) => void;
}

/** What a server tells of the trainings that it is asked for. */
export type TrainingEvent =
  | ({ readonly kind: 'waiting'; readonly fewest: number } & Learnt)
  | ({ readonly kind: 'begun' } & Learnt)
  | ({ readonly kind: 'done' } & Trained)
  | { readonly kind: 'failed'; readonly error: Error };

/** How much a model learns from, and what a person should know about what it does not. */
interface Learnt {
  readonly count: number;
  readonly unit: TrainingUnit;
  readonly notices: readonly string[];
}

/** A thread that reads a request and then trains. */
type TrainingThread = ThreadPool<TrainingTask, TrainingResult>;

/** The number of requests that are read at once at most. */
const MOST_READING = 4;

/** The number of annotated records from which the tenth that is held out is large enough for a score, and for choosing an epoch. */
const ENOUGH_TO_HOLD_OUT = 10 * FEWEST_SCORED;

/**
 * Trains as annotation tools ask, one training after the other, each in a thread of its own. What is asked for while a training goes
 * on comes after it, once, since the newest request knows all annotations.
 */
export class Trainer implements TrainingDoor {
  readonly #options: TrainerOptions;
  #scratch: ScratchFolder | undefined;
  readonly #reading = new Set<TrainingThread>();
  /** The newest request, which is trained on next. */
  #waiting: TrainingThread | undefined;
  #running: TrainingThread | undefined;
  #isClosed = false;
  #hasTrained = false;
  #count = 0;

  constructor(options: TrainerOptions) {
    this.#options = options;
  }

  async ask(request: TrainingRequestKind, body: RequestBody): Promise<TrainingReply | undefined> {
    if (this.#reading.size >= MOST_READING) return undefined;
    const thread: TrainingThread = new ThreadPool(new URL('./training-thread.js', import.meta.url), undefined, 1);
    this.#reading.add(thread);
    try {
      const memory = new Set(body.map(({ buffer }) => buffer));
      const canAsk = this.#options.access !== undefined;
      const { ignored } = (await thread.run({ kind: 'read', request, body, canAsk }, [...memory])) as RequestRead;
      if (ignored !== undefined) {
        thread.close();
        return { ignored };
      }
    } catch (error) {
      thread.close();
      throw error;
    } finally {
      this.#reading.delete(thread);
    }
    this.#count++;
    this.#waiting?.close();
    this.#waiting = thread;
    this.#startNext();
    return { job: String(this.#count) };
  }

  /** Gives up a training that goes on. */
  close(): void {
    this.#isClosed = true;
    for (const thread of [...this.#reading, this.#waiting, this.#running]) thread?.close();
    this.#scratch?.remove();
  }

  #startNext(): void {
    if (this.#running || !this.#waiting || this.#isClosed) return;
    this.#running = this.#waiting;
    this.#waiting = undefined;
    void this.#train(this.#running).finally(() => {
      this.#running?.close();
      this.#running = undefined;
      this.#startNext();
    });
  }

  async #train(thread: TrainingThread): Promise<void> {
    const { access, initFrom, output, workers, takeOver, onTraining } = this.#options;
    try {
      const collected = (await thread.run({ kind: 'collect', access, initFrom })) as CollectedCorpus;
      const { bytes, count, unit, notices } = collected;
      if (count < FIRST) return onTraining({ kind: 'waiting', count, unit, fewest: FIRST, notices });
      onTraining({ kind: 'begun', count, unit, notices });
      this.#scratch ??= await makeScratchFolder();
      const corpus = await this.#scratch.write('annotations.json', bytes);
      const holdsOut = count >= ENOUGH_TO_HOLD_OUT;
      const keepsReplaced = !this.#hasTrained;
      const task = { kind: 'train', corpus, holdsOut, initFrom, output, keepsReplaced, workers } as const;
      const trained = (await thread.run(task)) as Trained;
      this.#hasTrained = true;
      onTraining({ kind: 'done', ...trained });
      await takeOver();
    } catch (error) {
      if (this.#isClosed) return;
      onTraining({ kind: 'failed', error: error as Error });
    }
  }
}
