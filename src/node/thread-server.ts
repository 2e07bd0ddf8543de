import { parentPort } from 'node:worker_threads';
import { UserError } from '../errors.js';
import type { Answer } from './thread-pool.js';

/**
 * Makes this thread do the tasks of the pool that started it, one after the other.
 *
 * @param work what it does with a task; a UserError is its answer too
 * @param moved memory of a result that is moved, not copied
 */
export function serveTasks<Task, Result>(
  work: (task: Task) => Result | Promise<Result>,
  moved: (result: Result) => ArrayBuffer[] = () => [],
): void {
  const answer = (message: 'ready' | Answer<Result>, transfer: ArrayBuffer[] = []): void => {
    parentPort?.postMessage(message, transfer);
  };
  const serve = async (task: Task): Promise<void> => {
    try {
      const result = await work(task);
      answer({ result }, moved(result));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { message, hint, exitCode } = error;
      answer({ refused: { message, hint, exitCode } });
    }
  };
  let last = Promise.resolve();
  parentPort?.on('message', (task: Task) => {
    last = last.then(() => serve(task));
  });
  answer('ready');
}
