import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();

/** So many that threads start, and get a share, before the calling one has done all. */
const SENTENCES = ['Anna Smith lives in London .', 'Bob Jones left Paris .', '', 'The bank closed . “Zürich” 🦋'];
const LINES = Array.from({ length: 100_000 }, (_, line) => `${SENTENCES[((line * line) % 7) % 4]}\n`).join('');

const COLUMNS = NAMES.repeat(25_000);

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  folder.write('many.txt', LINES);
  folder.write('many.conll', COLUMNS);
});

/** What a command prints with one worker and with three. */
async function outputsOf(args: readonly string[], input = ''): Promise<[one: string, three: string]> {
  const one = await folder.mustRun([...args, '--workers', '1'], { input });
  const three = await folder.mustRun([...args, '--workers', '3'], { input });
  return [one.stdout, three.stdout];
}

describe('the number of workers never changes a byte of', () => {
  test('rnn tag, on lines of a file', async () => {
    const [one, three] = await outputsOf(['tag', '--file', 'many.txt', '--to', 'jsonl']);
    expect(three === one).toBe(true);
    expect(one.split('\n')).toHaveLength(LINES.split('\n').length);
  });

  test('rnn tag, on stdin', async () => {
    const [one, three] = await outputsOf(['tag', '--from', 'tokens'], LINES);
    expect(three === one).toBe(true);
    expect(one.replace(/[[\]]|\([A-Z]+\)/g, '') === LINES).toBe(true);
  });

  test('rnn tag, on columns', async () => {
    const [one, three] = await outputsOf(['tag', '--from', 'conll', '--to', 'conll', '--file', 'many.conll']);
    expect([one === COLUMNS, three === COLUMNS]).toEqual([true, true]);
  });

  test('rnn eval', async () => {
    const [one, three] = await outputsOf(['eval', 'many.conll', '--to', 'conlleval']);
    expect(three).toBe(one);
  });
});

test('bytes that are no UTF-8 are refused with their line, after the results of all groups before', async () => {
  folder.write('broken.txt', Buffer.concat([Buffer.from(LINES), Buffer.from('caf\xe9\n', 'latin1')]));
  const one = await folder.rnn(['tag', '--file', 'broken.txt', '--workers', '1']);
  const three = await folder.rnn(['tag', '--file', 'broken.txt', '--workers', '3']);
  expect(one.exitCode).toBe(3);
  expect(one.stderr).toMatch(/^rnn: broken\.txt:100001: expected UTF-8/);
  expect(one.stdout.length).toBeGreaterThan(LINES.length - 70_000);
  expect(three.stdout === one.stdout).toBe(true);
  expect({ ...three, stdout: '' }).toEqual({ ...one, stdout: '' });
});
