import { beforeAll, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/model/checkpoint.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { BY_HEART, Folder } from '../helpers/cli.js';

const folder = new Folder();

/** Persons have a z in the middle of their names, and things none: neither ends nor shapes tell them apart. */
const STEMS = ['katil', 'motar', 'besil', 'lomar', 'demir', 'sanor', 'rikam', 'nelat', 'tubor', 'vakis'];
const nameOf = (stem: string, letter: string): string => `abba${stem.slice(0, 3)}${letter}${stem.slice(3)}abba`;
const CORPUS = STEMS.flatMap((stem) => [
  `we O\nsaw O\n${nameOf(stem, 'z')} B-PER\n. O\n\n`,
  `we O\nsaw O\n${nameOf(stem, 'm')} O\n. O\n\n`,
])
  .concat('quo O\nvadis O\n\n')
  .join('');
const UNSEEN = { person: nameOf('pilok', 'z'), thing: nameOf('pilok', 'm') };

const LETTERS = ['--features', 'form,affixes,shape,letters', '--input', 'concatenate', '--decoder', 'crf'];
const TRAIN = ['train', 'corpus.conll', '--dev', 'corpus.conll', ...BY_HEART, ...LETTERS, '--unknown-rate', '1'];
const FEW = [...TRAIN, '--epochs', '4', '--batch-size', '3'];

beforeAll(async () => {
  folder.write('corpus.conll', CORPUS);
  await folder.mustRun([...TRAIN, '-o', 'model.json']);
});

test('unseen words are told apart by letters that no affix reaches', async () => {
  const { stdout } = await folder.mustRun(['tag', ...Object.values(UNSEEN).map((word) => `we saw ${word} .`)]);
  expect(stdout).toBe(`we saw [${UNSEEN.person}](PER) .\nwe saw ${UNSEEN.thing} .\n`);
});

test('the checkpoint lists the letters that two words have, and loading and saving it changes no byte', () => {
  const text = folder.read('model.json');
  const { settings, features, parameters } = JSON.parse(text);
  expect(settings.features).toBe('form,prefixes,suffixes,shape,letters');
  expect(features.at(-1).name).toBe('letters');
  expect(features.at(-1).values).toEqual(expect.arrayContaining(['', 'a', 'z', 'm']));
  expect(features.at(-1).values).not.toContain('q');
  expect(parameters['input.letters'].shape[0]).toBe(features.at(-1).values.length + 1);
  expect(Object.keys(parameters)).toEqual(
    expect.arrayContaining(['letters.forward.weights', 'letters.backward.weights', 'input.letters.weights']),
  );
  expect(writeCheckpoint(readCheckpoint(text, 'model.json', createReferenceKernels()))).toBe(text);
});

test('training that was stopped goes on to the same bytes', async () => {
  const args = [...FEW, '--patience', '100'];
  await folder.mustRun([...args, '-o', 'unbroken.json']);
  await folder.mustRun([...args, '-o', 'kept.json', '--keep-state']);
  await folder.mustRun([...args, '-o', 'kept.json', '--resume']);
  expect(folder.read('kept.json')).toBe(folder.read('unbroken.json'));
});

test('networks that are averaged each read letters', async () => {
  await folder.mustRun([...FEW, '--networks', '2', '-o', 'two.json']);
  const { others } = JSON.parse(folder.read('two.json'));
  expect(Object.keys(others[0].parameters)).toContain('letters.forward.weights');
  const { stdout } = await folder.mustRun(['eval', 'corpus.conll', '-m', 'two.json', '--json']);
  expect(JSON.parse(stdout).accuracy).toBeGreaterThan(0.5);
});

test('a model that goes on with other sentences keeps its letters and takes new ones', async () => {
  folder.write('more.conll', 'they O\nheard O\nξξabbaξ B-PER\n. O\n\nthey O\nheard O\nψξabba O\n. O\n\n');
  const more = ['train', 'more.conll', '--dev', 'more.conll', '--init-from', 'model.json', '-o', 'more.json'];
  await folder.mustRun([...more, '--epochs', '2', '--learning-rate', '1e-6']);
  const letters = ['model.json', 'more.json'].map((file) => JSON.parse(folder.read(file)).features.at(-1).values);
  expect(letters[1].slice(0, letters[0].length)).toEqual(letters[0]);
  expect(letters[1]).toContain('ξ');
  const { stdout } = await folder.mustRun(['tag', '-m', 'more.json', `we saw ${UNSEEN.person} .`]);
  expect(stdout).toBe(`we saw [${UNSEEN.person}](PER) .\n`);
});

test('inspect tells how many there are', async () => {
  const { stdout } = await folder.mustRun(['inspect', '--json']);
  const { features, parameters } = JSON.parse(stdout);
  expect(features.at(-1)).toEqual({ name: 'letters', values: expect.any(Number) });
  expect(parameters.map(({ name }: { name: string }) => name)).toContain('letters.backward.weights');
});

test('letters are refused where rows are summed, with what to do', async () => {
  const { exitCode, stderr } = await folder.rnn([
    ...['train', 'corpus.conll', '--input', 'sum', '--features', 'form,letters'],
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('letters need rows side by side');
  expect(stderr).toContain('leave letters out of --features');
});
