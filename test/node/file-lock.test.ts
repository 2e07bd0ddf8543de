import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { lockFile } from '../../src/node/file-lock.js';
import { isRunning } from '../../src/node/processes.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const path = folder.at('a.jsonl');
const LOCK = 'a.jsonl.lock';

/** Returns the number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid as number;
}

test('a lock is refused while its process lives, and free when it is released', async () => {
  const lock = await lockFile(path);
  await expect(lockFile(path)).rejects.toThrow(`a.jsonl is being written by another process (${process.pid})`);
  lock.release();
  expect(folder.names()).toEqual([]);
  (await lockFile(path)).release();
});

test('the lock of a dead process is taken over, and so is one that a kill cut short', async () => {
  for (const content of [JSON.stringify({ pid: await deadProcess(), host: hostname() }), '{"pi']) {
    folder.write(LOCK, content);
    (await lockFile(path)).release();
    expect(folder.names()).toEqual([]);
  }
});

test('the lock of another machine stays, since nobody can tell whether its process lives', async () => {
  folder.write(LOCK, JSON.stringify({ pid: await deadProcess(), host: 'elsewhere.example' }));
  await expect(lockFile(path)).rejects.toThrow('on elsewhere.example');
  expect(folder.names()).toEqual([LOCK]);
});

test('a process that has the number of a dead one does not keep its lock', async () => {
  const lock = await lockFile(folder.at('b.jsonl'));
  const own = JSON.parse(folder.read('b.jsonl.lock'));
  lock.release();
  folder.write('b.jsonl.lock', JSON.stringify({ ...own, start: 'earlier' }));
  (await lockFile(folder.at('b.jsonl'))).release();
  expect(folder.names()).not.toContain('b.jsonl.lock');
});

test.skipIf(process.platform === 'win32')(
  'a process that was killed does not keep its lock, even if its parent has not taken note of that',
  async () => {
    // The shell becomes a program that never asks what became of its child.
    const child = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60']);
    const [output] = await once(child.stdout, 'data');
    const pid = Number(output);
    folder.write('b.jsonl.lock', JSON.stringify({ pid, host: hostname() }));
    await expect(lockFile(folder.at('b.jsonl'))).rejects.toThrow(`another process (${pid})`);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isRunning(pid)).toBe(false);
    (await lockFile(folder.at('b.jsonl'))).release();
    child.kill();
  },
);
