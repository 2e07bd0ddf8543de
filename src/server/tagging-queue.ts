import { sizeOfRecord, type TextRecord } from '../text/record.js';

/** Threads that tag records and write a line of JSON for each, in UTF-8. */
export interface LineWriters {
  readonly size: number;
  run(records: readonly TextRecord[]): Promise<Uint8Array>;
  close(): void;
}

/** The largest group of requests that go to a thread together, unless it is a single one, in UTF-16 units. */
const GROUP = 20_000;

/** Who asked; plain, since an `AbortSignal` for each request takes longer than tagging a sentence. */
export interface Caller {
  /** Whether the answer comes too late. */
  isGone: boolean;
}

interface Job {
  readonly records: readonly TextRecord[];
  readonly caller: Caller;
  readonly size: number;
  resolve(lines: readonly string[]): void;
  reject(error: unknown): void;
}

/** Tags the records of requests, in the order in which they come; what comes while the threads work is tagged together. */
export class TaggingQueue {
  readonly #start: () => LineWriters;
  #writers: LineWriters;
  #waiting: Job[] = [];
  #working = 0;
  #isWoken = false;

  /** @param start starts threads, again where one has died */
  constructor(start: () => LineWriters) {
    this.#start = start;
    this.#writers = start();
  }

  /**
   * A line of JSON for each record.
   *
   * @param caller where it is gone before its turn, nothing is tagged, and there are no lines
   * @throws Error where a thread has died
   */
  tag(records: readonly TextRecord[], caller: Caller): Promise<readonly string[]> {
    const size = records.reduce((sum, record) => sum + sizeOfRecord(record), 0);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, caller, size, resolve, reject });
      this.#workSoon();
    });
  }

  close(): void {
    this.#writers.close();
  }

  /** What comes in the same turn of the event loop goes together: waking a thread takes longer than a sentence. */
  #workSoon(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    setTimeout(() => {
      this.#isWoken = false;
      this.#work();
    }, 0);
  }

  #work(): void {
    while (this.#working < this.#writers.size) {
      const jobs = this.#take();
      if (jobs.length === 0) return;
      void this.#run(jobs);
    }
  }

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
    const writers = this.#writers;
    this.#working++;
    try {
      const bytes = await writers.run(jobs.flatMap(({ records }) => records));
      const lines = new TextDecoder().decode(bytes).split('\n');
      let at = 0;
      for (const { records, resolve } of jobs) {
        resolve(lines.slice(at, at + records.length));
        at += records.length;
      }
    } catch (error) {
      for (const { reject } of jobs) reject(error);
      if (writers === this.#writers) {
        writers.close();
        this.#writers = this.#start();
      }
    } finally {
      this.#working--;
      this.#work();
    }
  }
}
