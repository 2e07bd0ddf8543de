import { badUsage, UserError } from '../../errors.js';
import { epochScoresOf } from '../../evaluation/score-tagger.js';
import type { EpochScores } from '../../model/model.js';
import { processorCount } from '../../node/processors.js';
import { ThreadPool } from '../../node/thread-pool.js';
import { Work } from '../story.js';
import { type TrainOptions, train } from './train.js';

/** A training of many. */
export type TrainingTask = Omit<TrainOptions, 'signal' | 'clock' | 'pause'>;

/** The figures by which many trainings are compared. */
export interface TrainingOutcome {
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly parameters: number;
  readonly dev: EpochScores;
  readonly test?: EpochScores;
}

/**
 * Trains once and tells nothing on the way.
 *
 * @throws UserError as `train` does, or if its settings do not work, exit code 2
 */
export async function trainOnce(task: TrainingTask): Promise<TrainingOutcome> {
  const training = train({
    ...task,
    clock: () => performance.now() / 1000,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const { best, epochs, parameters, stopped } = await new Work(training).result();
  if (stopped === 'diverged') throw badUsage('the loss is no finite number', 'try a smaller --learning-rate or --clip');
  if (!best) throw new UserError('no epoch came to its end');
  const { epoch, dev, test } = best;
  return { epochs, bestEpoch: epoch, parameters, dev: epochScoresOf(dev), ...(test && { test: epochScoresOf(test) }) };
}

/**
 * Does trainings side by side, each in a thread of its own that is used again: one training a thread uses a processor
 * better than several threads a training.
 */
export class TrainingPool {
  readonly #pool: ThreadPool<TrainingTask, TrainingOutcome>;

  /** @param size how many are trained at once; by default as many as there are processors */
  constructor(size: number | undefined, tasks: number) {
    const threads = Math.max(1, Math.min(size ?? processorCount(), tasks));
    this.#pool = new ThreadPool(new URL('./pool-thread.js', import.meta.url), undefined, threads);
  }

  /**
   * Works through items, as many at once as there are threads, and yields each result as soon as it is there.
   *
   * @param work does an item, with what trains in a thread
   * @throws what work throws; other trainings then go on until the pool is closed
   */
  async *each<Item, Result>(
    items: Iterable<Item>,
    work: (item: Item, run: (task: TrainingTask) => Promise<TrainingOutcome>) => Promise<Result>,
  ): AsyncGenerator<Result, void, undefined> {
    const run = (task: TrainingTask): Promise<TrainingOutcome> => this.#pool.run({ ...task, workers: 1 });
    const running = new Map<Item, Promise<readonly [Item, Result]>>();
    for (const item of items) {
      running.set(
        item,
        work(item, run).then((result) => [item, result]),
      );
      if (running.size === this.#pool.size) yield await takeFirst(running);
    }
    while (running.size > 0) yield await takeFirst(running);
  }

  /** Ends the threads, whatever they are at. */
  close(): void {
    this.#pool.close();
  }
}

/** Waits for the first that is done, and takes it out. */
async function takeFirst<Item, Result>(running: Map<Item, Promise<readonly [Item, Result]>>): Promise<Result> {
  const [item, result] = await Promise.race(running.values());
  running.delete(item);
  return result;
}
