import { type InputRecord, sizeOfRecord } from '../text/record.js';

/** Threads that tag. */
export interface TaggingThreads {
  /** The number of threads. */
  readonly size: number;
  /** Tags records and writes a line of JSON for each, in UTF-8. */
  write(records: readonly InputRecord[]): Promise<Uint8Array>;
  /** Ends the threads. */
  close(): void;
}

/** The size of the largest group of requests that are tagged together, unless it is a single one, in UTF-16 units. */
const GROUP = 20_000;

/** The request that asked. It is a plain object, since an `AbortSignal` for each request takes longer than tagging a sentence. */
export interface Caller {
  /** Whether nobody waits for the answer any more. */
  isGone: boolean;
}

interface Job {
  readonly records: readonly InputRecord[];
  readonly caller: Caller;
  readonly size: number;
  resolve(lines: readonly string[]): void;
  reject(error: unknown): void;
}

/** Tags the records of requests in the order in which they come; what comes while all threads work is tagged together. */
export class TaggingQueue {
  readonly #start: () => TaggingThreads;
  #threads: TaggingThreads;
  #waiting: Job[] = [];
  #working = 0;
  #isWoken = false;

  /** @param start starts threads; it is called again when one has died */
  constructor(start: () => TaggingThreads) {
    this.#start = start;
    this.#threads = start();
  }

  /**
   * Returns a line of JSON for each record.
   *
   * @param caller if it is gone before its turn, nothing is tagged and no lines are returned
   * @throws {Error} if a thread has died
   */
  tag(records: readonly InputRecord[], caller: Caller): Promise<readonly string[]> {
    const size = records.reduce((sum, record) => sum + sizeOfRecord(record), 0);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, caller, size, resolve, reject });
      this.#workSoon();
    });
  }

  /** Ends the threads. */
  close(): void {
    this.#threads.close();
  }

  /** Gathers what comes in the same turn of the event loop: waking a thread takes longer than tagging a sentence. */
  #workSoon(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    setTimeout(() => {
      this.#isWoken = false;
      this.#work();
    }, 0);
  }

  #work(): void {
    while (this.#working < this.#threads.size) {
      const jobs = this.#take();
      if (jobs.length === 0) return;
      void this.#run(jobs);
    }
  }

  /** Takes the next requests that are to be tagged together. */
  #take(): Job[] {
    const jobs: Job[] = [];
    let size = 0;
    let looked = 0;
    for (const job of this.#waiting) {
      if (job.caller.isGone) job.resolve([]);
      else {
        if (jobs.length > 0 && size + job.size > GROUP) break;
        jobs.push(job);
        size += job.size;
      }
      looked++;
    }
    this.#waiting = this.#waiting.slice(looked);
    return jobs;
  }

  async #run(jobs: readonly Job[]): Promise<void> {
    const threads = this.#threads;
    this.#working++;
    try {
      const bytes = await threads.write(jobs.flatMap(({ records }) => records));
      const lines = new TextDecoder().decode(bytes).split('\n');
      let at = 0;
      for (const { records, resolve } of jobs) {
        resolve(lines.slice(at, at + records.length));
        at += records.length;
      }
    } catch (error) {
      for (const { reject } of jobs) reject(error);
      if (threads === this.#threads) {
        threads.close();
        this.#threads = this.#start();
      }
    } finally {
      this.#working--;
      this.#work();
    }
  }
}
