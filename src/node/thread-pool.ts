import { parentPort, type ResourceLimits, Worker, workerData } from 'node:worker_threads';
import { UserError } from '../errors.js';

/** The `workerData` of a thread of a pool. */
interface PoolThreadData {
  data: unknown;
}

/** The answer of a thread, one task after the other, once it has said `ready`; if it cannot start, it refuses instead. */
type Answer<Result> =
  | { readonly result: Result }
  | { readonly refused: Pick<UserError, 'message' | 'hint' | 'exitCode'> };

interface PoolThread<Result> {
  readonly worker: Worker;
  isReady: boolean;
  /** The tasks that it has been given, the oldest first. */
  readonly tasks: { resolve(result: Result): void; reject(error: unknown): void }[];
}

/**
 * Most of what a thread allocates is garbage when its task is done: a small young generation saves much memory, and a
 * bound on the old generation makes V8 collect it earlier.
 */
const LIMITS = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 1024 };

/** Tasks a thread: one that it does, and one that is there when the first is done. */
const TASKS_EACH = 2;

function hasRoom({ isReady, tasks }: PoolThread<unknown>): boolean {
  return isReady && tasks.length < TASKS_EACH;
}

/** Threads that each do whole tasks, one after the other. */
export class ThreadPool<Task, Result> {
  /** The threads that have not refused to start. */
  #threads: readonly PoolThread<Result>[];
  #refusal: UserError | undefined;
  #failure: Error | undefined;
  #isClosed = false;

  /**
   * @param module what the threads run, as `createThread` takes it; it calls `serveTasks`
   * @param data what each thread is started with
   * @param size the number of threads
   */
  constructor(module: URL, data: unknown, size: number) {
    this.#threads = Array.from({ length: size }, () => this.#start(module, data));
  }

  get size(): number {
    return this.#threads.length;
  }

  /** Whether a thread that is ready has nothing to do next, or a thread has failed, which `run` then tells. */
  get hasRoom(): boolean {
    return this.#failure !== undefined || this.#threads.some(hasRoom);
  }

  /**
   * Gives a task to the thread that has the fewest, if possible to one that has room.
   *
   * @param moved memory that the task brings along instead of copying it
   * @throws what the task throws; UserError if its thread or all threads could not start; Error if a thread has ended, for
   * whatever reason
   */
  run(task: Task, moved: readonly ArrayBuffer[] = []): Promise<Result> {
    const error = this.#failure ?? (this.#threads.length === 0 ? this.#refusal : undefined);
    if (error !== undefined) return Promise.reject(error);
    const withRoom = this.#threads.filter(hasRoom);
    const { worker, tasks } = (withRoom.length > 0 ? withRoom : this.#threads).reduce((idle, other) =>
      other.tasks.length < idle.tasks.length ? other : idle,
    );
    return new Promise<Result>((resolve, reject) => {
      tasks.push({ resolve, reject });
      worker.postMessage(task, moved);
    });
  }

  /** Ends the threads, whatever they are doing. */
  close(): void {
    this.#isClosed = true;
    for (const { worker } of this.#threads) void worker.terminate();
  }

  #start(module: URL, data: unknown): PoolThread<Result> {
    const given: PoolThreadData = { data };
    const thread: PoolThread<Result> = { worker: createThread(module, given, LIMITS), isReady: false, tasks: [] };
    thread.worker.on('message', (message: 'ready' | Answer<Result>) => {
      if (message === 'ready') thread.isReady = true;
      else if ('result' in message) thread.tasks.shift()?.resolve(message.result);
      else {
        const { message: text, hint, exitCode } = message.refused;
        const error = new UserError(text, { exitCode, ...(hint && { hint }) });
        if (thread.isReady) thread.tasks.shift()?.reject(error);
        else this.#leaveOut(thread, error);
      }
    });
    thread.worker.on('error', (error) => this.#fail(error));
    thread.worker.on('exit', (code) => {
      if (this.#threads.includes(thread))
        this.#fail(new Error(`a thread ended before its work was done (code ${code})`));
    });
    return thread;
  }

  /** Goes on without a thread that could not start; the others do what there is to do. */
  #leaveOut(thread: PoolThread<Result>, refusal: UserError): void {
    this.#threads = this.#threads.filter((each) => each !== thread);
    this.#refusal = refusal;
    for (const { reject } of thread.tasks) reject(refusal);
    void thread.worker.terminate();
  }

  #fail(error: Error): void {
    if (this.#isClosed || this.#failure !== undefined) return;
    this.#failure = error;
    for (const { tasks } of this.#threads) for (const { reject } of tasks) reject(error);
  }
}

/**
 * Makes this thread do the tasks of the pool that started it, one after the other. A result that is an array of bytes,
 * or has one as `bytes`, is moved with its memory, not copied.
 *
 * @param start makes what does a task of the data that the pool gave. A UserError that it or a task throws reaches the
 * pool's user.
 */
export function serveTasks<Data, Task, Result>(start: (data: Data) => (task: Task) => Result | Promise<Result>): void {
  const given = workerData as PoolThreadData;
  let work: ReturnType<typeof start>;
  try {
    work = start(given.data as Data);
  } catch (error) {
    parentPort?.postMessage(refusalOf(error));
    return;
  }
  given.data = undefined; // frees what only the start needs
  const serve = async (task: Task): Promise<void> => {
    let answer: Answer<Result>;
    try {
      answer = { result: await work(task) };
    } catch (error) {
      answer = refusalOf(error);
    }
    parentPort?.postMessage(answer, 'result' in answer ? memoryOf(answer.result) : []);
  };
  let last = Promise.resolve();
  parentPort?.on('message', (task: Task) => {
    last = last.then(() => serve(task));
  });
  parentPort?.postMessage('ready');
}

/** Returns the memory that is moved with a result. */
function memoryOf(result: unknown): ArrayBuffer[] {
  const bytes = typeof result === 'object' && result !== null && 'bytes' in result ? result.bytes : result;
  return bytes instanceof Uint8Array && bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [];
}

/**
 * Starts a thread. Under a runner of TypeScript, as in tests, the thread first registers what reads TypeScript.
 *
 * @param module what it runs, as `new URL('./name.js', import.meta.url)`
 * @param data what it finds as `workerData`
 * @param resourceLimits the limits of its memory
 */
export function createThread(module: URL, data: unknown, resourceLimits: ResourceLimits): Worker {
  const options = { workerData: data, resourceLimits };
  if (!import.meta.url.endsWith('.ts')) return new Worker(module, options);
  // Node 20 does not heed `--import tsx` for a worker.
  const source = JSON.stringify(module.href.replace(/\.js$/, '.ts'));
  const script = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(script, { ...options, eval: true });
}

/**
 * Returns what the pool is told of a UserError.
 *
 * @throws the error if it is any other
 */
function refusalOf(error: unknown): Answer<never> {
  if (!(error instanceof UserError)) throw error;
  const { message, hint, exitCode } = error;
  return { refused: { message, hint, exitCode } };
}
