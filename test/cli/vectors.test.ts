import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/model/checkpoint.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { BY_HEART, Folder } from '../helpers/cli.js';

const folder = new Folder();

const PEOPLE = ['anna', 'bob', 'carl', 'dora', 'emil', 'fritz'];
const THINGS = ['bread', 'milk', 'rain', 'stone', 'wood', 'iron'];
/** Never seen in training, and without capitals or endings that would betray them. */
const UNSEEN = { person: 'wanda', thing: 'paper' };

/** Who is a person and what is a thing is only to be known word by word. */
const CORPUS = [...PEOPLE.map((word) => [word, 'B-PER']), ...THINGS.map((word) => [word, 'O'])]
  .flatMap(([word, tag]) => [`we O\nsaw O\n${word} ${tag}\n. O\n\n`, `${word} ${tag}\nwas O\nthere O\n\n`])
  .join('');

/** Persons and things far apart, the unseen ones beside their kind. */
const VECTORS = [
  ...['we', 'saw', 'was'].map((word, index) => `${word} 0 0 ${index - 1} 0.2`),
  ...[...PEOPLE, UNSEEN.person].map((word, index) => `${word} 1 0.${index} 0 0`),
  ...[...THINGS, UNSEEN.thing].map((word, index) => `${word} -1 0.${index} 0.1 0`),
].map((line) => `${line}\n`);

const RICH = ['--input', 'concatenate', '--features', 'form,affixes', '--form-width', '8', '--decoder', 'crf'];
const TRAIN = ['train', 'corpus.conll', '--dev', 'corpus.conll', ...BY_HEART, ...RICH];
const GIVEN = ['--vectors', 'vectors.txt'];

beforeAll(async () => {
  folder.write('corpus.conll', CORPUS);
  folder.write('vectors.txt', VECTORS.join(''));
  folder.write('vectors.txt.gz', gzipSync(`${VECTORS.length} 4\n${VECTORS.join('')}`));
  await folder.mustRun([...TRAIN, ...GIVEN, '-o', 'model.json']);
});

test('words that only the vectors know are tagged like their neighbours', async () => {
  const sentences = Object.values(UNSEEN).map((word) => `we saw ${word} .`);
  const { stdout } = await folder.mustRun(['tag', ...sentences]);
  expect(stdout).toBe('we saw [wanda](PER) .\nwe saw paper .\n');
});

test('the coverage is told', async () => {
  folder.write('dev.conll', 'wanda B-PER\nslept O\n. O\n');
  const args = ['train', 'corpus.conll', '--dev', 'dev.conll', ...BY_HEART, ...RICH, '--epochs', '1', '-o', 'no.json'];
  const { stderr } = await folder.mustRun([...args, ...GIVEN]);
  expect(stderr).toContain(
    'vectors: 4 numbers each; they cover 15 of 17 words of the corpus (88.2 %), 71.4 % of its tokens and 33.3 % of the tokens of dev\n',
  );
});

test('the checkpoint needs the file no more, knows which it was, and names no path', async () => {
  const text = folder.read('model.json');
  const { vectors, parameters } = JSON.parse(text);
  expect(vectors).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), shape: [17, 4] });
  expect(vectors.words).toContain('wanda');
  expect(Object.keys(parameters)).toContain('input.vectors.weights');
  expect(Object.keys(parameters)).not.toContain('input.vectors');
  expect(text).not.toContain('vectors.txt');
  expect(writeCheckpoint(readCheckpoint(text, 'model.json', createReferenceKernels()))).toBe(text);
});

test('inspect tells them', async () => {
  const { stdout } = await folder.mustRun(['inspect']);
  const { sha256 } = JSON.parse(folder.read('model.json')).vectors;
  expect(stdout).toContain(`vectors  17 words, 4 numbers each\n       sha256 ${sha256}\n`);
});

test('training that was stopped goes on with them to the same bytes, and not with others', async () => {
  const args = [...TRAIN, '--patience', '100', ...GIVEN];
  await folder.mustRun([...args, '-o', 'unbroken.json']);
  await folder.mustRun([...args, '-o', 'kept.json', '--keep-state']);
  folder.write('others.txt', VECTORS.slice(1).join(''));
  const other = await folder.rnn([...args, '--vectors', 'others.txt', '-o', 'kept.json', '--resume']);
  expect(other.stderr).toContain('kept.json.state is the state of another training:\n  --vectors: was ');
  await folder.mustRun([...args, '-o', 'kept.json', '--resume']);
  expect(folder.read('kept.json')).toBe(folder.read('unbroken.json'));
});

test('a model that goes on with other sentences keeps its vectors', async () => {
  folder.write('more.conll', 'they O\nheard O\nGustav B-PER\n. O\n\nthey O\nheard O\nthunder O\n. O\n\n');
  const more = ['train', 'more.conll', '--dev', 'more.conll', '--init-from', 'model.json', '-o', 'more.json'];
  await folder.mustRun([...more, '--epochs', '2', '--learning-rate', '1e-6']);
  const [old, now] = ['model.json', 'more.json'].map((file) => JSON.parse(folder.read(file)));
  expect(now.vectors).toEqual(old.vectors);
  expect(now.vocabulary.words.length).toBeGreaterThan(old.vocabulary.words.length);
  const { stdout } = await folder.mustRun(['tag', '-m', 'more.json', 'we saw wanda .']);
  expect(stdout).toBe('we saw [wanda](PER) .\n');
  const { stderr, exitCode } = await folder.rnn([...more, ...GIVEN]);
  expect(stderr).toContain('leave out --vectors or --init-from');
  expect(exitCode).toBe(2);
});

test('loaded elsewhere it tags the same, and eval scores the same', async () => {
  folder.makeFolder('elsewhere');
  folder.write('elsewhere/model.json', folder.read('model.json'));
  const { stdout } = await folder.mustRun(['eval', 'corpus.conll', '-m', 'elsewhere/model.json', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ f1: 1 });
});

test('gzip and the first line of word2vec make no other weights', async () => {
  await folder.mustRun([...TRAIN, '--vectors', 'vectors.txt.gz', '-o', 'zipped.json']);
  const [plain, zipped] = ['model.json', 'zipped.json'].map((file) => JSON.parse(folder.read(file)));
  expect(zipped.vectors.sha256).not.toBe(plain.vectors.sha256);
  expect({ ...zipped, vectors: { ...zipped.vectors, sha256: '' } }).toEqual({
    ...plain,
    vectors: { ...plain.vectors, sha256: '' },
  });
});

test('the vectors stand once in a checkpoint of two networks, and are read once for two runs', async () => {
  const few = [...TRAIN, '--epochs', '20', ...GIVEN];
  await folder.mustRun([...few, '--networks', '2', '-o', 'two.json']);
  const { others } = JSON.parse(folder.read('two.json'));
  expect(Object.keys(others[0].parameters)).toContain('input.vectors.weights');
  const { stdout } = await folder.mustRun(['eval', 'corpus.conll', '-m', 'two.json', '--json']);
  expect(JSON.parse(stdout).f1).toBeGreaterThan(0.5);
  const { stderr } = await folder.mustRun([...few, '--runs', '2', '-o', 'runs.json']);
  expect(stderr.match(/vectors: 4 numbers/g)).toHaveLength(1);
});

test('without the feature form they are what words are known by', async () => {
  const args = [...TRAIN, '--features', 'casing', ...GIVEN, '-o', 'formless.json'];
  await folder.mustRun(args);
  const { stdout } = await folder.mustRun(['tag', '-m', 'formless.json', 'we saw wanda .', 'we saw paper .']);
  expect(stdout).toBe('we saw [wanda](PER) .\nwe saw paper .\n');
});

describe.concurrent('refused with one message:', () => {
  test.each([
    ['summed rows', ['--input', 'sum', ...GIVEN], 2, 'add --input concatenate, or leave out --vectors'],
    ['a missing file', ['--vectors', 'missing.txt'], 3, 'missing.txt: no such file'],
    ['a corpus', ['--vectors', 'corpus.conll'], 3, 'corpus.conll:1: expected a word and its numbers, found no number'],
    ['a file that is the output too', ['--vectors', 'no.json', '-o', 'no.json'], 2, 'both read and written'],
  ])('%s', async (_, args, code, message) => {
    folder.write('no.json', 'the 1 2\n');
    const { exitCode, stderr } = await folder.rnn([...TRAIN, '-o', 'none.json', ...args]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(code);
    expect(stderr).not.toContain('    at ');
  });
});
