import { ThreadPool } from '../../node/thread-pool.js';
import type { LearnerResult, LearnerTask, Learnt, SuggestedReading, TrainTask } from './learner-tasks.js';

/** A model in a thread of its own, so that others go on while it learns and reads. */
export class Learner {
  readonly #pool = new ThreadPool<LearnerTask, LearnerResult>(
    new URL('./learner-thread.js', import.meta.url),
    undefined,
    1,
  );
  /** The work that was asked for last; the thread does it in order. */
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Learns a model from files of records.
   *
   * @throws UserError if it cannot be learnt from them
   */
  async learn(task: Omit<TrainTask, 'kind'>): Promise<Learnt> {
    return (await this.#run({ kind: 'train', ...task })) as Learnt;
  }

  /**
   * Opens the model of a checkpoint.
   *
   * @throws UserError if there is none, exit code 3
   */
  async open(path: string): Promise<void> {
    await this.#run({ kind: 'open', path });
  }

  /** Reads sentences, given as tokens, with the model. */
  async read(sentences: readonly (readonly string[])[]): Promise<readonly SuggestedReading[]> {
    return (await this.#run({ kind: 'read', sentences })) as readonly SuggestedReading[];
  }

  /**
   * Writes the model as a checkpoint, and keeps another one that it replaces.
   *
   * @returns what was kept, a line each
   * @throws UserError if it cannot be written
   */
  async save(path: string): Promise<readonly string[]> {
    return (await this.#run({ kind: 'save', path })) as readonly string[];
  }

  /** Ends the thread when it has done what it was asked for. */
  retire(): void {
    void this.#last.then(() => this.close());
  }

  /** Ends the thread, whatever it is doing: who waits for that waits for ever. */
  close(): void {
    this.#pool.close();
  }

  #run(task: LearnerTask): Promise<LearnerResult> {
    const result = this.#pool.run(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
