import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, plainEnvironment } from '../helpers/cli.js';

const folder = new Folder();

/** Far more than what is tagged in one thread. */
const SENTENCES = ['Anna Smith lives in London .', 'Bob Jones left Paris .', '', 'The bank closed . “Zürich” 🦋'];
const LINES = Array.from({ length: 12_000 }, (_, line) => `${SENTENCES[((line * line) % 7) % 4]}\n`).join('');

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  folder.write('many.txt', LINES);
  folder.write('many.conll', NAMES.repeat(2_500));
});

const WORKERS = ['1', '2', '3'];

/** What a command prints with each number of workers, where it is not always the same. */
async function outputsOf(args: readonly string[], input?: string): Promise<Set<string>> {
  const outputs = new Set<string>();
  for (const workers of WORKERS) {
    outputs.add((await folder.mustRun([...args, '--workers', workers], input === undefined ? {} : { input })).stdout);
  }
  return outputs;
}

describe('the number of workers never changes a byte of', () => {
  test.each([['inline'], ['conll'], ['jsonl']])('rnn tag --to %s', async (to) => {
    const outputs = await outputsOf(['tag', '--file', 'many.txt', '--to', to]);
    expect(outputs.size).toBe(1);
  });

  test('rnn tag on stdin and on columns', async () => {
    expect(await outputsOf(['tag', '--from', 'tokens'], LINES)).toEqual(
      await outputsOf(['tag', '--from', 'tokens', '--file', 'many.txt']),
    );
    const columns = await outputsOf(['tag', '--from', 'conll', '--to', 'conll', '--file', 'many.conll']);
    expect(columns).toEqual(new Set([NAMES.repeat(2_500)]));
  });

  test('rnn eval', async () => {
    expect((await outputsOf(['eval', 'many.conll', '--to', 'conlleval'])).size).toBe(1);
  });
});

test('bytes that are no UTF-8 are refused with their line, after the results of all groups before', async () => {
  const input = Buffer.concat([Buffer.from(LINES), Buffer.from('caf\xe9\n', 'latin1')]);
  const runs = [];
  for (const workers of WORKERS) runs.push(await folder.rnn(['tag', '--workers', workers], { input }));
  for (const run of runs) {
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toMatch(/^rnn: stdin:12001: expected UTF-8/);
    expect(run.stdout.length).toBeGreaterThan(LINES.length - 70_000);
    expect(run.stdout).toBe(runs[0]?.stdout);
  }
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
  for (const command of ['tag', 'eval']) {
    expect((await folder.rnn([command, '--workers', '0', 'x'])).exitCode).toBe(2);
  }
});
