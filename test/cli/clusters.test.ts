import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/model/checkpoint.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { BY_HEART, Folder } from '../helpers/cli.js';

const folder = new Folder();

const PEOPLE = ['anna', 'bob', 'carl', 'dora', 'emil', 'fritz'];
const THINGS = ['bread', 'milk', 'rain', 'stone', 'wood', 'iron'];

/** Who is a person and what is a thing is only to be known word by word. */
const CORPUS = [...PEOPLE.map((word) => [word, 'B-PER']), ...THINGS.map((word) => [word, 'O'])]
  .flatMap(([word, tag]) => [`we O\nsaw O\n${word} ${tag}\n. O\n\n`, `${word} ${tag}\nwas O\nthere O\n\n`])
  .join('');

/** Persons in one cluster and things in another, two words that the corpus does not have among them. */
const CLUSTERS = [
  ...[...PEOPLE, 'wanda'].map((word) => `${word}\t0\t5\n`),
  ...[...THINGS, 'paper'].map((word) => `${word}\t1\t700\n`),
].join('');

const RICH = ['--input', 'concatenate', '--features', 'form,affixes', '--form-width', '8', '--decoder', 'crf'];
const TRAIN = ['train', 'corpus.conll', '--dev', 'corpus.conll', ...BY_HEART, ...RICH];

beforeAll(async () => {
  folder.write('corpus.conll', CORPUS);
  folder.write('clusters.tsv', CLUSTERS);
  folder.write('clusters.tsv.gz', gzipSync(CLUSTERS));
  await folder.mustRun([...TRAIN, '--clusters', 'clusters.tsv', '-o', 'model.json']);
});

test('words that only the clusters know are tagged like their neighbours', async () => {
  const { stdout } = await folder.mustRun(['tag', 'we saw wanda .', 'we saw paper .']);
  expect(stdout).toBe('we saw [wanda](PER) .\nwe saw paper .\n');
});

test('the coverage is told', async () => {
  const args = ['train', 'corpus.conll', '--epochs', '1', '-o', 'no.json', '--clusters', 'clusters.tsv'];
  const { stderr } = await folder.mustRun(args);
  expect(stderr).toContain('clusters: clusters.tsv covers 12 of 17 words of the corpus (70 %)\n');
});

test('the checkpoint needs the file no more, knows which it was, and names no path', async () => {
  const text = folder.read('model.json');
  const { clusters, parameters } = JSON.parse(text);
  expect(clusters).toMatchObject({
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    clusterings: [{ size: 2 }, { size: 701 }],
  });
  expect(parameters['input.clusters2'].shape).toEqual([702, 64]);
  expect(text).not.toContain('clusters.tsv');
  expect(writeCheckpoint(readCheckpoint(text, 'model.json', createReferenceKernels()))).toBe(text);
  const { stdout } = await folder.mustRun(['inspect']);
  expect(stdout).toContain('clusters  14 words in 2, 701 clusters');
});

test('gzip and the number of workers change nothing, and another training is told apart by its clusters', async () => {
  const train = [...TRAIN, '--epochs', '2'];
  await folder.mustRun([...train, '--clusters', 'clusters.tsv', '-o', 'once.json']);
  await folder.mustRun([...train, '--clusters', 'clusters.tsv.gz', '--workers', '1', '-o', 'again.json']);
  expect(folder.read('again.json')).toBe(folder.read('once.json'));
  const resume = [...train, '--resume', '-o', 'again.json'];
  expect((await folder.mustRun([...resume, '--clusters', 'clusters.tsv'])).stderr).toContain('again.json is finished');
  const { stderr, exitCode } = await folder.rnn([...resume, '--clusters', 'none']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('--clusters');
});

test('a model that goes on keeps its clusters, and takes no others', async () => {
  await folder.mustRun([
    'train',
    'corpus.conll',
    '--dev',
    'corpus.conll',
    '--init-from',
    'model.json',
    '--epochs',
    '1',
    '-o',
    'more.json',
  ]);
  expect(JSON.parse(folder.read('more.json')).clusters).toEqual(JSON.parse(folder.read('model.json')).clusters);
  const { stderr, exitCode } = await folder.rnn([
    'train',
    'corpus.conll',
    '--init-from',
    'model.json',
    '--clusters',
    'clusters.tsv',
    '-o',
    'no.json',
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--clusters are taken when a model is first trained');
});

describe('the clusters that ship', () => {
  const ENGLISH = 'in O\nLondon B-LOC\nhe O\nmet O\nhis O\nfriends O\n\n'.repeat(12);
  const HUNGARIAN = 'Megérkezett O\nBudapestre B-LOC\nés O\ntalálkozott O\nbarátaival O\n\n'.repeat(12);
  const QUICK = ['--epochs', '1', '--hidden', '8', '-o', 'no.json'];
  const hasClusters = (): boolean => 'clusters' in JSON.parse(folder.read('no.json'));

  test('are used where they cover half of the words, which is said', async () => {
    folder.write('english.conll', ENGLISH);
    const { stderr } = await folder.mustRun(['train', 'english.conll', ...QUICK]);
    expect(stderr).toContain(
      'clusters: the English ones that ship cover 6 of 6 words of the corpus (100 %), and are used',
    );
    expect(hasClusters()).toBe(true);
  });

  test('are left alone by corpora of other languages, in silence unless they were asked for', async () => {
    folder.write('hungarian.conll', HUNGARIAN);
    const { stderr } = await folder.mustRun(['train', 'hungarian.conll', ...QUICK]);
    expect(stderr).not.toContain('clusters');
    expect(hasClusters()).toBe(false);
    const { stderr: asked } = await folder.mustRun(['train', 'hungarian.conll', ...QUICK, '--clusters', 'auto']);
    expect(asked).toContain(
      'clusters: the English ones that ship cover only 0 of 5 words of the corpus (0 %), and are not used',
    );
  });

  test.each([
    ['--clusters none', ['--clusters', 'none']],
    ['the textbook', ['--preset', 'textbook']],
    ['features that were named', ['--features', 'form']],
    ['rows that are summed', ['--input', 'sum']],
  ])('do not come with %s', async (_, options) => {
    folder.write('english.conll', ENGLISH);
    await folder.mustRun(['train', 'english.conll', ...QUICK, ...options]);
    expect(hasClusters()).toBe(false);
  });
});

describe('bad clusters cost one message, exit code 3, and nothing is written:', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['a word twice', 'a\t1\na\t2\n', 'bad.tsv:2: "a" has clusters already, on line 1'],
    ['another number of columns', 'a\t1\nb\t2\t3\n', 'bad.tsv:2: expected 1 clusters'],
    ['a label', 'a\tPER\n', 'bad.tsv:1: expected the number of a cluster'],
    ['an empty file', '', 'bad.tsv: no clusters in it'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe), 'bad.tsv:1: expected UTF-8'],
  ])('%s', async (_, content, message) => {
    folder.write('bad.tsv', content);
    const { stderr, exitCode } = await folder.rnn([
      'train',
      'corpus.conll',
      '--clusters',
      'bad.tsv',
      '-o',
      'never.json',
    ]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(message);
    expect(existsSync(join(folder.path, 'never.json'))).toBe(false);
  });
});
