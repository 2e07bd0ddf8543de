import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, plainEnvironment, SMALL } from '../helpers/cli.js';

const folder = new Folder();
const LINES = 'Anna Smith lives in London .\n'.repeat(8_000);

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('many.txt', LINES);
  await folder.mustRun(['train', 'names.conll', ...SMALL]);
});

interface Ended {
  readonly read: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Runs `rnn` with a reader of stdout that leaves after the first piece, or at once. */
function leaveEarly(args: readonly string[], { afterFirst = true } = {}): Promise<Ended> {
  const child = spawn(process.execPath, [BINARY, ...args], { cwd: folder.path, env: plainEnvironment() });
  let read = '';
  let stderr = '';
  if (!afterFirst) child.stdout.destroy();
  child.stdout.once('data', (piece) => {
    read = String(piece);
    child.stdout.destroy();
  });
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  child.stdin.end();
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ read, stderr, exitCode })));
}

describe.concurrent('a reader that closes the pipe is no error, and silent:', () => {
  test.each([
    ['tag, as with head -1', ['tag', '--file', 'many.txt'], true],
    ['train -o -', ['train', 'names.conll', ...SMALL, '-q', '-o', '-'], false],
    ['vocab', ['vocab', 'names.conll'], false],
    ['--help', ['--help'], false],
  ])('%s', async (_, args, afterFirst) => {
    const { stderr, exitCode } = await leaveEarly(args, { afterFirst });
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
  });
});

test.concurrent('tag gives results before its input has ended', async () => {
  const { read } = await leaveEarly(['tag', '--file', 'many.txt']);
  expect(read.length).toBeGreaterThan(0);
  expect(read.length).toBeLessThan(LINES.length);
});

test.concurrent('training goes on to its end when nobody listens to stderr', async () => {
  const child = spawn(process.execPath, [BINARY, 'train', 'names.conll', ...SMALL, '-o', 'unheard.json'], {
    cwd: folder.path,
    env: plainEnvironment(),
  });
  child.stderr.destroy();
  child.stdout.destroy();
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  expect(exitCode).toBe(0);
  expect(folder.read('unheard.json')).toBe(folder.read('model.json'));
});

test.skipIf(!existsSync('/dev/full'))('a full disk behind stdout is one message and exit code 1', async () => {
  const child = spawn(process.execPath, [BINARY, 'tag', 'Anna left .'], {
    cwd: folder.path,
    env: plainEnvironment(),
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
  });
  let stderr = '';
  child.stderr?.on('data', (piece) => {
    stderr += piece;
  });
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  expect(exitCode).toBe(1);
  expect(stderr).toBe('rnn: stdout cannot be written: the disk is full\n');
});
