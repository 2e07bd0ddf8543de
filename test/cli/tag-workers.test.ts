import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, plainEnvironment } from '../helpers/cli.js';

const folder = new Folder();

/** So many that threads start. */
const SENTENCES = ['Anna Smith lives in London .', 'Bob Jones left Paris .', '', 'The bank closed . “Zürich” 🦋'];
const LINES = Array.from({ length: 20_000 }, (_, line) => `${SENTENCES[((line * line) % 7) % 4]}\n`).join('');

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
});

/** `rnn tag` that has been sent much, with its input still open. */
function startWithMuch(...args: string[]) {
  const child = spawn(process.execPath, [BINARY, 'tag', '--from', 'tokens', '--workers', '2', ...args], {
    cwd: folder.path,
    env: plainEnvironment(),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece) => {
    stdout += piece;
  });
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  child.stdin.on('error', () => {});
  child.stdin.write(LINES);
  const untilPrinted = async (text: string): Promise<void> => {
    while (!stdout.endsWith(text)) await once(child.stdout, 'data');
  };
  return { child, untilPrinted, ended: once(child, 'close'), stderrOf: () => stderr };
}

describe('when threads work and input pauses', () => {
  test('all that has come is answered, and a line at once', async () => {
    const { child, untilPrinted, ended } = startWithMuch();
    child.stdin.write('Bob Jones left\n');
    await untilPrinted('[Bob Jones](PER) left\n');
    child.stdin.write('Anna Smith left\n');
    await untilPrinted('[Anna Smith](PER) left\n');
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
  });

  test('Ctrl-C ends at once', async () => {
    const { child, untilPrinted, ended } = startWithMuch();
    child.stdin.write('Bob Jones left\n');
    await untilPrinted('[Bob Jones](PER) left\n');
    child.kill('SIGINT');
    expect(await ended).toEqual([null, 'SIGINT']);
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk ends it, though input stays open', async () => {
    const { ended, stderrOf } = startWithMuch('-o', '/dev/full');
    expect(await ended).toEqual([1, null]);
    expect(stderrOf()).toMatch(/^rnn: \/dev\/full: cannot be written: the disk is full/);
  });
});

test('what is no number of threads is refused', async () => {
  for (const command of ['train', 'tag', 'eval']) {
    expect((await folder.rnn([command, '--workers', '0', 'x'])).exitCode).toBe(2);
  }
});
