import { sizeOfRecord, type TextRecord } from '../text/record.js';

/** Threads that tag records and write a line of JSON for each, in UTF-8. */
export interface LineWriters {
  readonly size: number;
  run(records: readonly TextRecord[]): Promise<Uint8Array>;
  close(): void;
}

/** The largest group of requests that go to a thread together, unless it is a single one, in UTF-16 units. */
const GROUP = 20_000;

interface Job {
  readonly records: readonly TextRecord[];
  readonly signal: AbortSignal;
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

  /** @param start starts threads, again where one has died */
  constructor(start: () => LineWriters) {
    this.#start = start;
    this.#writers = start();
  }

  /**
   * A line of JSON for each record.
   *
   * @param signal where it is aborted before its turn, nothing is tagged, and it throws the signal's reason
   * @throws Error where a thread has died
   */
  tag(records: readonly TextRecord[], signal: AbortSignal): Promise<readonly string[]> {
    const size = records.reduce((sum, record) => sum + sizeOfRecord(record), 0);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, signal, size, resolve, reject });
      this.#work();
    });
  }

  close(): void {
    this.#writers.close();
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
      if (job.signal.aborted) job.reject(job.signal.reason);
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
