import { existsSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.write('names.conll', NAMES));

test('--log has a record an epoch of each network, and a summary, and changes no byte of the checkpoint', async () => {
  const args = ['train', 'names.conll', ...SMALL, '--networks', '2'];
  await folder.mustRun([...args, '-o', 'without.json']);
  const { stdout } = await folder.mustRun([...args, '-o', 'with.json', '--log', 'log.jsonl', '--json']);
  expect(folder.read('with.json')).toBe(folder.read('without.json'));
  const records = folder
    .read('log.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(records.map(({ kind, network, epoch }) => [kind, network, epoch])).toEqual([
    ['epoch', 1, 1],
    ['epoch', 1, 2],
    ['epoch', 2, 1],
    ['epoch', 2, 2],
    ['summary', undefined, undefined],
  ]);
  const { history } = JSON.parse(folder.read('with.json'));
  expect(records[1]).toMatchObject(history.epochs[1]);
  expect(records[0].isBest).toBe(true);
  for (const { seconds, tokensPerSecond, memory } of records.slice(0, 4)) {
    expect(seconds).toBeGreaterThan(0);
    expect(tokensPerSecond).toBeGreaterThan(0);
    expect(memory).toBeGreaterThan(1e7);
  }
  expect(records[4]).toEqual({ kind: 'summary', ...JSON.parse(stdout) });
});

test('with --resume the log goes on', async () => {
  const args = ['train', 'names.conll', ...SMALL, '-o', 'resumed.json', '--log', 'resumed.jsonl'];
  await folder.mustRun(args);
  const before = folder.read('resumed.jsonl');
  await folder.mustRun([...args, '--resume']);
  expect(folder.read('resumed.jsonl').startsWith(before)).toBe(true);
  expect(folder.read('resumed.jsonl').split('\n')).toHaveLength(5);
});

test('--report has curves, scores, confusion, worst sentences, settings and times, in one file without a script', async () => {
  const args = ['--dev', 'names.conll', '--test', 'names.conll', '-o', 'reported.json'];
  const { stderr } = await folder.mustRun(['train', 'names.conll', ...SMALL, ...args, '--report', 'r.html']);
  expect(stderr).toContain('wrote r.html\n');
  const html = folder.read('r.html');
  expect(html).not.toMatch(/<script|<link|src=|@import|url\(/);
  const sections = [...html.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title);
  for (const part of ['dev', 'test'])
    expect(sections).toEqual(
      expect.arrayContaining([`Scores (${part})`, `Confusion (${part})`, `Worst sentences (${part})`]),
    );
  expect(sections).toEqual(expect.arrayContaining(['Epoch by epoch', 'Settings', 'Times']));
  expect(html.match(/<svg /g)).toHaveLength(2);
  expect(html).toMatch(/<th scope="row">hidden \*<\/th><td>8<\/td>/);
});

test.each(['--log', '--report'])(
  '%s that cannot be written says so by its own name, before training',
  async (option) => {
    const { stderr, exitCode } = await folder.rnn(['train', 'names.conll', ...SMALL, option, 'missing/file']);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `rnn: missing/file: cannot be written: no such file or folder\n     name another place with ${option}\n`,
    );
  },
);

test.skipIf(!existsSync('/dev/full')).each(['--log', '--report'])(
  '%s that cannot be written when training ends says so by its own name',
  async (option) => {
    const { stderr, exitCode } = await folder.rnn([
      'train',
      'names.conll',
      ...SMALL,
      '-o',
      'full.json',
      option,
      '/dev/full',
    ]);
    expect([exitCode, stderr.replace(/\s+/g, ' ')]).toEqual([
      1,
      expect.stringContaining(`/dev/full: cannot be written: the disk is full name another place with ${option}`),
    ]);
  },
);

test('every epoch tells its speed, one of a single step too', async () => {
  const args = ['train', 'names.conll', ...SMALL, '--batch-size', '8', '-o', 'fast.json', '--log', 'fast.jsonl'];
  const { stderr } = await folder.mustRun(args);
  const speeds = [...stderr.matchAll(/^epoch \d+\/.*, ([\d,]+) tokens\/s$/gm)].map(([, speed]) => speed);
  expect(speeds).toHaveLength(2);
  expect(speeds).not.toContain('0');
  const [first] = folder.read('fast.jsonl').split('\n');
  expect(JSON.parse(first ?? '').tokensPerSecond).toBeGreaterThan(0);
});

test.each([
  [['--log', '-'], '--log - would stand among the scores on stdout'],
  [['--log', 'model.json'], 'model.json is to be written twice'],
  [['--log', './model.json'], './model.json is to be written twice'],
  [['--log', 'model.json.state'], 'model.json.state is where the training saves its state'],
  [['--report', 'model.json.state.tmp'], 'model.json.state.tmp is where the training saves its state'],
  [['--log', 'a', '--report', 'a'], 'a is to be written twice'],
  [['--report', 'names.conll'], 'names.conll is both read and written\n     name another file with --report\n'],
])('files that cannot be meant are refused before training: %j', async (options, message) => {
  const { stderr, exitCode } = await folder.rnn(['train', 'names.conll', ...SMALL, ...options]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(folder.read('names.conll')).toBe(NAMES);
});

test('a CRF of so many tags that training seems to stand still is warned of, once, and no other decoder', async () => {
  const labels = Array.from({ length: 500 }, (_, index) => `word${index % 7}\tlabel-${index}\n`);
  folder.write('labels.conll', labels.join(''));
  folder.write('label.conll', 'word1\tlabel-1\n');
  const files = ['labels.conll', '--dev', 'label.conll', '-o', 'labels.json'];
  const args = ['train', ...files, ...SMALL, '--epochs', '1', '--no-recode'];
  const warned = await folder.mustRun([...args, '--decoder', 'crf']);
  expect(warned.stderr.match(/^warning: .* tags are many for a CRF/gm)).toEqual([
    'warning: 500 tags are many for a CRF',
  ]);
  expect(warned.stderr.replace(/\s+/g, ' ')).toContain(
    'weighs 250,000 pairs of them for each token: --decoder softmax',
  );
  expect((await folder.mustRun([...args, '--decoder', 'softmax'])).stderr).not.toContain('many for a CRF');
});
