import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../../src/tagger.js';
import { Folder } from '../helpers/cli.js';
import { killServers, startServer, stop } from '../helpers/server.js';

const folder = new Folder();

/** Words of which nothing but a dictionary tells whether they are names. */
const word = (n: number): string => `w${'abcdefghij'[n % 10]}${'abcdefghij'[Math.floor(n / 10) % 10]}x`;
const isName = (n: number): boolean => (n * 7) % 10 < 5;
const sentenceOf = (n: number): string => `we\tO\nsaw\tO\n${word(n)}\t${isName(n) ? 'B-PER' : 'O'}\n\n`;
const numbers = Array.from({ length: 60 }, (_, n) => n);

const SETTINGS = [
  ...['--cell', 'elman', '--hidden', '16', '--epochs', '15', '--batch-size', '4', '--features', 'form'],
  ...['--dictionary-dropout', '0.2', '--min-count', '3'],
];

beforeAll(async () => {
  folder.write('train.conll', numbers.map(sentenceOf).join(''));
  folder.write(
    'people.txt',
    numbers
      .filter(isName)
      .map((n) => `${word(n)}\n`)
      .join(''),
  );
  const args = ['train', 'train.conll', '--dev', 'train.conll', '--dictionary', 'PER=people.txt', ...SETTINGS];
  const { stderr } = await folder.mustRun([...args, '--workers', '1']);
  folder.write('notices.txt', stderr);
});

afterAll(killServers);

describe.concurrent('a dictionary', () => {
  test('says how many names it has, and how they stand in the corpus', () => {
    expect(folder.read('notices.txt')).toContain(
      'dictionary PER: 30 names; they stand 30 times in the corpus, as entities 30 of them\n',
    );
  });

  test('tells names from words that are as unknown', async () => {
    const { stdout } = await folder.mustRun(['eval', 'train.conll', '--json']);
    expect(JSON.parse(stdout).f1).toBe(1);
  });

  test('gets more names when a model tags, and no training', async () => {
    const sentence = 'we saw Zyx';
    const before = await folder.mustRun(['tag', sentence]);
    folder.write('more.txt.gz', gzipSync('Zyx\n'));
    const after = await folder.mustRun(['tag', '--dictionary', 'PER=more.txt.gz', sentence]);
    expect([before.stdout, after.stdout]).toEqual(['we saw Zyx\n', 'we saw [Zyx](PER)\n']);
  });

  test('gets more names when a model is scored', async () => {
    folder.write('unseen.conll', 'we\tO\nsaw\tO\nZyx\tB-PER\n\n');
    folder.write('zyx.txt', 'Zyx\n');
    const args = ['eval', 'unseen.conll', '--json'];
    const before = await folder.mustRun(args);
    const after = await folder.mustRun([...args, '--dictionary', 'PER=zyx.txt']);
    expect([before, after].map(({ stdout }) => JSON.parse(stdout).correct)).toEqual([0, 1]);
  });

  test('gets more names when a model is served, in the page too', async () => {
    folder.write('served.txt', 'Zyx\n');
    const server = await startServer(folder, '--dictionary', 'PER=served.txt');
    const answer = await (await server.tag('{"text":"we saw Zyx"}')).json();
    expect(answer.spans).toMatchObject([{ label: 'PER', text: 'Zyx' }]);
    const page = loadModel(await (await fetch(`${server.url}model.json`)).text(), 'the page');
    expect(page.tag('we saw Zyx')[0]?.spans).toMatchObject([{ label: 'PER', text: 'Zyx' }]);
    expect(await stop(server, 'SIGTERM')).toBe(0);
  });

  test('goes into every training of rnn curve', async () => {
    const args = ['curve', 'train.conll', '--dev', 'train.conll', '--seeds', '1', '--parts', '1', '--json'];
    const { stdout, stderr } = await folder.mustRun([...args, '--dictionary', 'PER=people.txt', ...SETTINGS]);
    expect(JSON.parse(stdout).points[0].mean).toBe(1);
    expect(stderr).toContain('dictionary PER: 30 names; they stand 30 times in the corpus');
  });

  test('goes into every trial of rnn sweep, whose folder remembers it', async () => {
    folder.write('space.yaml', 'seed: [1]\n');
    const args = ['sweep', 'space.yaml', 'train.conll', '--dev', 'train.conll', '--trials', '1', '--json', ...SETTINGS];
    const { stdout } = await folder.mustRun([...args, '--dictionary', 'PER=people.txt']);
    expect(JSON.parse(stdout).results[0].dev.f1).toBe(1);
    expect(JSON.parse(folder.read('sweep/sweep.json')).dictionary).toMatch(/^[0-9a-f]{64}$/);
  });

  test('goes into the networks of rnn doubt', async () => {
    folder.write(
      'wrong.conll',
      numbers
        .map(sentenceOf)
        .join('')
        .replace(`${word(0)}\tB-PER`, `${word(0)}\tO`),
    );
    const args = ['doubt', 'wrong.conll', '--rounds', '1', '--json', '--top', '1', '--dictionary', 'PER=people.txt'];
    const { stdout } = await folder.mustRun([
      ...args,
      ...SETTINGS,
      '--batch-size',
      '1',
      '--learning-rate',
      '0.05',
      '--warmup',
      '1',
    ]);
    expect(JSON.parse(stdout).findings).toMatchObject([{ line: 3, given: null, suggested: { text: word(0) } }]);
  });

  test('goes to threads, and changes no result with their number', async () => {
    const input = Array.from({ length: 4000 }, (_, n) => `we saw ${word(n)}\n`).join('');
    const runs = await Promise.all(
      ['1', '2'].map((workers) => folder.mustRun(['tag', '--workers', workers], { input })),
    );
    expect(runs[0]?.stdout).toContain('(PER)');
    expect(runs[1]?.stdout).toBe(runs[0]?.stdout);
  });

  test('is told by rnn inspect', async () => {
    const { stdout } = await folder.mustRun(['inspect']);
    expect(stdout).toContain('dictionary PER  30 names');
  });

  test('changes what --resume can go on with, and what is finished', async () => {
    const args = ['train', 'train.conll', '--dev', 'train.conll', ...SETTINGS];
    folder.write('other.txt', 'Zyx\n');
    await folder.mustRun([...args, '--dictionary', 'PER=people.txt', '-o', 'done.json', '--epochs', '1']);
    const again = await folder.mustRun([
      ...[...args, '--dictionary', 'PER=people.txt', '-o', 'done.json', '--epochs', '1', '--resume'],
    ]);
    expect(again.stderr).toContain('done.json is finished');
    const other = await folder.rnn([
      ...[...args, '--dictionary', 'PER=other.txt', '-o', 'done.json', '--epochs', '1', '--resume'],
    ]);
    expect([other.exitCode, other.stderr]).toEqual([
      3,
      expect.stringMatching(/^ {2}--dictionary: was [0-9a-f]{64}, now /m),
    ]);
    expect(other.stderr).toContain('dictionary PER: 1 name; warning: none is in the corpus');
  });

  test.each([
    [['tag', '--dictionary', 'ORG=people.txt', 'x'], 2, '--dictionary ORG: the model has no such dictionary'],
    [['tag', '--dictionary', 'people.txt', 'x'], 2, 'expected a label and a file'],
    [['train', 'train.conll', '--dictionary', 'PER=nowhere.txt'], 3, 'nowhere.txt'],
    [['train', 'train.conll', '--dictionary', 'PER=empty.txt'], 3, 'empty.txt: no name in it'],
    [['train', 'train.conll', '--dictionary-dropout', '0.1'], 2, '--dictionary-dropout is about dictionaries'],
    [['doubt', 'train.conll', '--dictionary-dropout', '0.1'], 2, '--dictionary-dropout is about dictionaries'],
    [['curve', 'train.conll', '--dictionary-dropout', '0.1'], 2, '--dictionary-dropout is about dictionaries'],
    [['eval', '--pairs', 'train.conll', '--dictionary', 'PER=people.txt'], 2, '--dictionary adds names to a model'],
    [['doubt', 'train.conll', '--apply', 'x', '--dictionary', 'PER=people.txt'], 2, '--apply finds no doubts'],
    [['train', 'train.conll', '--init-from', 'model.json', '--dictionary', 'PER=people.txt'], 2, 'keeps what it has'],
  ])('%j is refused', async (args, code, message) => {
    folder.write('empty.txt', '\n \n');
    const { stderr, exitCode } = await folder.rnn([...args, ...(args[0] === 'train' ? ['-o', 'new.json'] : [])]);
    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(message)]);
  });

  test('stays with a model that goes on', async () => {
    const args = ['train', 'train.conll', '--dev', 'train.conll', '--init-from', 'model.json', '-o', 'on.json'];
    await folder.mustRun([...args, '--epochs', '1']);
    const { stdout } = await folder.mustRun(['inspect', '-m', 'on.json']);
    expect(stdout).toContain('dictionary PER  30 names');
  });
});
