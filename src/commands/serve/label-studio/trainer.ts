import { FEWEST_SCORED, FIRST } from '../../../annotation/learning.js';
import { makeScratchFolder, type ScratchFolder } from '../../../node/scratch-folder.js';
import { ThreadPool } from '../../../node/thread-pool.js';
import type { RequestBody } from '../../../server/answering-queue.js';
import type { TrainingDoor, TrainingReply, TrainingRequestKind } from '../../../server/label-studio-routes.js';
import type { LabelStudioAccess } from './project.js';
import type { CollectedTasks, RequestRead, Trained, TrainingResult, TrainingTask } from './training-tasks.js';

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

/** What a server tells of the trainings that Label Studio asks for. */
export type TrainingEvent =
  | { readonly kind: 'waiting'; readonly tasks: number; readonly fewest: number }
  | { readonly kind: 'begun'; readonly tasks: number }
  | ({ readonly kind: 'done' } & Trained)
  | { readonly kind: 'failed'; readonly error: Error };

/** A request that was read, in the thread that will train. */
interface Training {
  readonly job: string;
  readonly thread: ThreadPool<TrainingTask, TrainingResult>;
}

/** The number of tasks from which the tenth that is held out is large enough for a score, and for choosing an epoch. */
const ENOUGH_TO_HOLD_OUT = 10 * FEWEST_SCORED;

/**
 * Trains as Label Studio asks, one training after the other, each in a thread of its own. What is asked for while a training goes
 * on comes after it, once, since the newest request knows all annotations.
 */
export class Trainer implements TrainingDoor {
  readonly #options: TrainerOptions;
  #scratch: ScratchFolder | undefined;
  #reading: Training | undefined;
  #waiting: Training | undefined;
  #running: Training | undefined;
  #isClosed = false;
  #count = 0;

  constructor(options: TrainerOptions) {
    this.#options = options;
  }

  async ask(request: TrainingRequestKind, body: RequestBody): Promise<TrainingReply | undefined> {
    if (this.#reading) return undefined;
    const thread = new ThreadPool<TrainingTask, TrainingResult>(
      new URL('./training-thread.js', import.meta.url),
      undefined,
      1,
    );
    const training = { job: String(this.#count + 1), thread };
    this.#reading = training;
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
      this.#reading = undefined;
    }
    this.#count++;
    this.#waiting?.thread.close();
    this.#waiting = training;
    this.#startNext();
    return { job: training.job };
  }

  /** Gives up a training that goes on. */
  close(): void {
    this.#isClosed = true;
    for (const training of [this.#reading, this.#waiting, this.#running]) training?.thread.close();
    this.#scratch?.remove();
  }

  #startNext(): void {
    if (this.#running || !this.#waiting || this.#isClosed) return;
    this.#running = this.#waiting;
    this.#waiting = undefined;
    void this.#train(this.#running).finally(() => {
      this.#running?.thread.close();
      this.#running = undefined;
      this.#startNext();
    });
  }

  async #train({ thread }: Training): Promise<void> {
    const { access, initFrom, output, workers, takeOver, onTraining } = this.#options;
    try {
      const { bytes, count } = (await thread.run({ kind: 'collect', access })) as CollectedTasks;
      if (count < FIRST) return onTraining({ kind: 'waiting', tasks: count, fewest: FIRST });
      onTraining({ kind: 'begun', tasks: count });
      this.#scratch ??= await makeScratchFolder();
      const corpus = await this.#scratch.write('annotations.json', bytes);
      const holdsOut = count >= ENOUGH_TO_HOLD_OUT;
      const task = { kind: 'train', corpus, holdsOut, initFrom, output, workers } as const;
      const trained = (await thread.run(task)) as Trained;
      onTraining({ kind: 'done', ...trained });
      await takeOver();
    } catch (error) {
      if (this.#isClosed) return;
      onTraining({ kind: 'failed', error: error as Error });
    }
  }
}
