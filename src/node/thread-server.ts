import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../errors.js';
import type { Answer, PoolThreadData } from './thread-pool.js';

/**
 * Makes this thread do the tasks of the pool that started it, one after the other. A result that is an array of bytes
 * is moved with its memory, not copied.
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
    const moved =
      'result' in answer && answer.result instanceof Uint8Array ? [answer.result.buffer as ArrayBuffer] : [];
    parentPort?.postMessage(answer, moved);
  };
  let last = Promise.resolve();
  parentPort?.on('message', (task: Task) => {
    last = last.then(() => serve(task));
  });
  parentPort?.postMessage('ready');
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
