import { badUsage, UserError } from '../../errors.js';
import type { EpochScores } from '../../model/model.js';
import { processorCount } from '../../node/team.js';
import { ThreadPool } from '../../node/thread-pool.js';
import { type TrainOptions, train } from './train.js';

/** A training of many. */
export type TrainingTask = Omit<TrainOptions, 'signal' | 'clock' | 'pause'>;

/** What many trainings are compared by. */
export interface TrainingOutcome {
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly parameters: number;
  readonly dev: EpochScores;
  readonly test?: EpochScores;
}

/**
 * Trains once, without a word.
 *
 * @throws UserError as `train`; where its settings do not work, exit code 2
 */
export async function trainOnce(task: TrainingTask): Promise<TrainingOutcome> {
  const events = train({
    ...task,
    clock: () => performance.now() / 1000,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
  for (;;) {
    const { value, done } = await events.next();
    if (!done) continue;
    const { best, epochs, parameters, stopped } = value;
    if (stopped === 'diverged')
      throw badUsage('the loss is no finite number', 'try a smaller --learning-rate or --clip');
    if (!best) throw new UserError('no epoch came to its end');
    const { dev, test } = best;
    return { epochs, bestEpoch: best.epoch, parameters, dev: ratesOf(dev), ...(test && { test: ratesOf(test) }) };
  }
}

function ratesOf({ precision, recall, f1, accuracy }: EpochScores): EpochScores {
  return { precision, recall, f1, accuracy };
}

/**
 * Does trainings side by side, each in a thread of its own that starts in an instant and is used again: one training by
 * one thread uses a processor better than several threads use several.
 */
export class TrainingPool {
  readonly #pool: ThreadPool<TrainingTask, TrainingOutcome>;

  /** @param size how many are trained at once */
  constructor(size: number | undefined, tasks: number) {
    const threads = Math.max(1, Math.min(size ?? processorCount(), tasks));
    this.#pool = new ThreadPool(new URL('./pool-thread.js', import.meta.url), undefined, threads);
  }

  /** Works through items, as many at once as there are threads, the next one whenever one is done. */
  async each<Item>(
    items: readonly Item[],
    work: (item: Item, run: (task: TrainingTask) => Promise<TrainingOutcome>) => Promise<void>,
  ): Promise<void> {
    const rest = items.values();
    const lane = async (): Promise<void> => {
      for (const item of rest) await work(item, (task) => this.#pool.run({ ...task, workers: 1 }));
    };
    await Promise.all(Array.from({ length: this.#pool.size }, lane));
  }

  /** Ends the threads, whatever they are at. */
  close(): void {
    this.#pool.close();
  }
}
