import { afterEach, describe, expect, test } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { ThreadPool } from '../../src/node/thread-pool.js';

/** A thread that gives tasks back, or does what they say. */
const THREAD = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, workerData } from 'node:worker_threads';
    parentPort.on('message', (task) => {
      if (task === 'refuse') parentPort.postMessage({ refused: { message: 'no', hint: 'try yes', exitCode: 3 } });
      else if (task === 'throw') throw new Error('a bug');
      else if (task === 'die') process.exit(7);
      else if (task !== 'wait') parentPort.postMessage({ result: workerData.data + task });
    });
    if (workerData.data === 'refused') parentPort.postMessage({ refused: { message: 'no memory', hint: 'ask for it', exitCode: 1 } });
    else if (workerData.data !== 'broken') parentPort.postMessage('ready');
    else throw new Error('no start');
  `)}`,
);

let pool: ThreadPool<string, string> | undefined;
afterEach(() => pool?.close());

async function readyPool(size: number): Promise<ThreadPool<string, string>> {
  pool = new ThreadPool<string, string>(THREAD, '> ', size);
  while (!pool.hasRoom) await new Promise((resolve) => setTimeout(resolve, 5));
  return pool;
}

test('tasks come back, each as its own result', async () => {
  const threads = await readyPool(2);
  const tasks = Array.from({ length: 20 }, (_, index) => `${index}`);
  expect(await Promise.all(tasks.map((task) => threads.run(task)))).toEqual(tasks.map((task) => `> ${task}`));
});

test('there is room until a thread has one task under way and one that waits', async () => {
  const threads = await readyPool(1);
  const rooms = ['wait', 'wait'].map((task) => {
    threads.run(task).catch(() => {});
    return threads.hasRoom;
  });
  expect(rooms).toEqual([true, false]);
});

test('what a thread refuses comes as the UserError that it was, and the thread goes on', async () => {
  const threads = await readyPool(1);
  const error = await threads.run('refuse').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'UserError', message: 'no', hint: 'try yes', exitCode: ExitCode.badInput });
  expect(await threads.run('go on')).toBe('> go on');
});

test('the UserError of a thread that cannot start is thrown by all tasks', async () => {
  pool = new ThreadPool<string, string>(THREAD, 'refused', 2);
  const refusal = { name: 'UserError', message: 'no memory', hint: 'ask for it' };
  await expect(pool.run('waits')).rejects.toMatchObject(refusal);
  await expect(pool.run('waits, too')).rejects.toMatchObject(refusal);
  await expect(pool.run('another')).rejects.toMatchObject(refusal);
  expect(pool.hasRoom).toBe(false);
});

describe('all tasks fail, those that wait and those to come,', () => {
  test.each([
    ['where a thread throws', 'throw', 'a bug'],
    ['where a thread ends', 'die', 'a thread ended before its work was done (code 7)'],
  ])('%s', async (_, task, message) => {
    const threads = await readyPool(2);
    const waiting = [threads.run('wait'), threads.run(task), threads.run('wait')];
    for (const each of waiting) await expect(each).rejects.toThrow(message);
    expect(threads.hasRoom).toBe(true);
    await expect(threads.run('another')).rejects.toThrow(message);
  });

  test('where a thread does not start', async () => {
    pool = new ThreadPool<string, string>(THREAD, 'broken', 1);
    await expect(pool.run('another')).rejects.toThrow('no start');
  });
});
