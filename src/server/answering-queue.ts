/** The body of a request, in pieces. */
export type RequestBody = readonly Uint8Array<ArrayBuffer>[];

/** What a body may ask for: `setup` and `predict` are requests of Label Studio, `inception` is one of INCEpTION. */
export type QuestionKind = 'tag' | 'setup' | 'predict' | 'inception';

/** A body, and what it asks for. */
export interface Question {
  readonly kind: QuestionKind;
  readonly body: RequestBody;
}

/** The place of one answer among the bytes of several, and what it is. */
export interface AnswerPart {
  /** 400 if the body is not as it should be, 503 if nobody waits any more. */
  readonly status: 200 | 400 | 503;
  /** Where its bytes end; they begin where those of the answer before end. */
  readonly end: number;
  /** The number of tokens that were tagged. */
  readonly tokens: number;
}

/** Answers to several bodies: JSON in UTF-8, one after the other. */
export interface Answers {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly parts: readonly AnswerPart[];
}

/** The answer to one body. */
export interface Answer extends Omit<AnswerPart, 'end'> {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Threads that read bodies, tag what they hold, and write answers. */
export interface AnsweringThreads {
  /** The number of threads. */
  readonly size: number;
  /**
   * Answers questions, the memory of whose bodies it takes.
   *
   * @param deadline when nobody waits any more, in milliseconds since 1970; the work then ends
   */
  answer(questions: readonly Question[], deadline: number): Promise<Answers>;
  /** Ends the threads. */
  close(): void;
}

/** The size of the largest group of requests that are answered together, unless it is a single one, in bytes. */
const GROUP = 20_000;

/** The request that asked. It is a plain object, since an `AbortSignal` for each request takes longer than tagging a sentence. */
export interface Caller {
  /** Whether nobody waits for the answer any more. */
  isGone: boolean;
  /** When nobody will wait any more, in milliseconds since 1970. */
  readonly deadline: number;
}

interface Job {
  readonly question: Question;
  readonly caller: Caller;
  readonly size: number;
  resolve(answer: Answer | undefined): void;
  reject(error: unknown): void;
}

/**
 * Answers requests in the order in which they come; what comes while all threads work is answered together. The calling
 * thread never reads a body, which may be large: it stays free for other requests.
 */
export class AnsweringQueue {
  readonly #start: () => AnsweringThreads;
  #threads: AnsweringThreads;
  #starting: Promise<unknown> = Promise.resolve();
  #isReady = false;
  #waiting: Job[] = [];
  #working = 0;
  #isWoken = false;
  #isRetired = false;

  /** @param start starts threads; it is called again when one has died */
  constructor(start: () => AnsweringThreads) {
    this.#start = start;
    this.#threads = this.#startThreads();
  }

  /** Whether its threads have started. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** The number of requests that wait for a thread. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Waits until the threads have started.
   *
   * @throws {UserError} if they cannot start
   */
  async untilReady(): Promise<void> {
    await this.#starting;
  }

  /**
   * Answers a question.
   *
   * @param caller if it is gone before its turn, nothing is tagged and the answer is undefined
   * @throws {Error} if a thread has died
   */
  answer(question: Question, caller: Caller): Promise<Answer | undefined> {
    const size = question.body.reduce((sum, { length }) => sum + length, 0);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, caller, size, resolve, reject });
      this.#workSoon();
    });
  }

  /** Ends the threads as soon as all that was asked is answered. */
  retire(): void {
    this.#isRetired = true;
    this.#endIfDone();
  }

  /** Ends the threads, whatever they are doing. */
  close(): void {
    this.#threads.close();
  }

  #startThreads(): AnsweringThreads {
    const threads = this.#start();
    this.#isReady = false;
    this.#starting = threads.answer([], Number.POSITIVE_INFINITY).then(() => {
      if (threads === this.#threads) this.#isReady = true;
    });
    this.#starting.catch(() => {}); // the next request hears of it, too
    return threads;
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
      if (jobs.length === 0) break;
      void this.#run(jobs);
    }
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (this.#isRetired && this.#working === 0 && this.#waiting.length === 0) this.close();
  }

  /** Takes the next requests that are to be answered together. */
  #take(): Job[] {
    const jobs: Job[] = [];
    let size = 0;
    let looked = 0;
    for (const job of this.#waiting) {
      if (job.caller.isGone) job.resolve(undefined);
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
      const deadline = Math.max(...jobs.map(({ caller }) => caller.deadline));
      const { bytes, parts } = await threads.answer(
        jobs.map(({ question }) => question),
        deadline,
      );
      let start = 0;
      for (const [index, { status, end, tokens }] of parts.entries()) {
        jobs[index]?.resolve({ status, tokens, bytes: bytes.subarray(start, end) });
        start = end;
      }
    } catch (error) {
      for (const { reject } of jobs) reject(error);
      if (threads === this.#threads) {
        threads.close();
        this.#threads = this.#startThreads();
      }
    } finally {
      this.#working--;
      this.#work();
    }
  }
}
