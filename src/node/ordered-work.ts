import { setImmediate } from 'node:timers/promises';

/** Does tasks elsewhere; `ThreadPool` is one. */
export interface TaskPool<Task, Result> {
  /** The number of tasks that it does at the same time. */
  readonly size: number;
  /** Whether it could begin another task soon. */
  readonly hasRoom: boolean;
  run(task: Task): Promise<Result>;
  close(): void;
}

export interface OrderedWork<Task, Result> {
  /** Does a task in the calling thread. */
  readonly work: (task: Task) => Result;
  /** Any measure of how long a task takes. */
  readonly sizeOf: (task: Task) => number;
  /** The sum of sizes above which a pool is started. */
  readonly alone: number;
  /** Undefined if the calling thread does everything. */
  readonly startPool: (() => TaskPool<Task, Result>) | undefined;
}

/** Results that may wait for earlier ones, for each thread. */
const RESULTS_EACH = 4;

type Outcome<Task, Result> =
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'end'; readonly failure?: unknown }
  | { readonly kind: 'result'; readonly result: Result };

/**
 * Does tasks as they come and yields their results in the order of the tasks, each as soon as it and those before it
 * are there. The calling thread does the first tasks; if they become many, a pool works beside it. No task is asked for
 * while too many results wait to be taken.
 *
 * @throws what reading or doing the tasks throws, after the results of all tasks before
 */
export async function* workInOrder<Task, Result>(
  tasks: AsyncIterable<Task>,
  { work, sizeOf, alone, startPool }: OrderedWork<Task, Result>,
): AsyncGenerator<Result, void, undefined> {
  const iterator = tasks[Symbol.asyncIterator]();
  const results: Promise<Outcome<Task, Result>>[] = [];
  let pool: TaskPool<Task, Result> | undefined;
  let reading: Promise<Outcome<Task, Result>> | undefined;
  let end: { readonly failure?: unknown } | undefined;
  let begun = 0;
  try {
    while (!end || results.length > 0) {
      if (!end && results.length < RESULTS_EACH * (1 + (pool?.size ?? 0))) reading ??= readTask(iterator);
      const event = await Promise.race([results[0], reading].filter((each) => each !== undefined));
      if (event.kind === 'result') {
        results.shift();
        yield event.result;
        continue;
      }
      reading = undefined;
      if (event.kind === 'end') {
        end = event;
        continue;
      }
      begun += sizeOf(event.task);
      if (begun > alone) pool ??= startPool?.();
      const isForPool = pool?.hasRoom === true;
      const answer = pool && isForPool ? pool.run(event.task) : doNow(work, event.task);
      const outcome = answer.then((result) => ({ kind: 'result', result }) as const);
      outcome.catch(() => {}); // a failure is thrown when it is its turn
      results.push(outcome);
      if (pool && !isForPool) await setImmediate(); // lets messages from the threads arrive
    }
  } finally {
    pool?.close();
    if (!end) iterator.return?.().catch(() => {});
  }
  if (end && 'failure' in end) throw end.failure;
}

async function doNow<Task, Result>(work: (task: Task) => Result, task: Task): Promise<Result> {
  return work(task);
}

async function readTask<Task>(iterator: AsyncIterator<Task>): Promise<Outcome<Task, never>> {
  try {
    const { value, done } = await iterator.next();
    return done ? { kind: 'end' } : { kind: 'task', task: value };
  } catch (failure) {
    return { kind: 'end', failure };
  }
}
