import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  await folder.mustRun(['vocab', 'names.conll', '--vocabulary-size', '4', '--lowercase', '-o', 'words.json']);
});

test.concurrent('vocab tells size, coverage and, of dev, the unknown rate', async () => {
  folder.write('dev.conll', 'Anna B-PER\nsleeps O\nlate O\n. O\n');
  const { stdout } = await folder.mustRun(['vocab', 'names.conll', '--min-count', '2', '--dev', 'dev.conll']);
  expect(stdout).toBe(
    [
      'corpus      3 sentences, 15 tokens, 13 different words\n',
      'vocabulary  2 words, the unknown word included\n',
      "coverage    20.00 % of the corpus's tokens\n",
      "unknown     75.00 % of dev's tokens (3 of 4)\n",
    ].join(''),
  );
});

test.concurrent('the most frequent words come first, ties in code-unit order', () => {
  expect(JSON.parse(folder.read('words.json')).words).toEqual(['.', 'anna', 'bank']);
});

test.concurrent('train uses the words of --vocabulary, and their form', async () => {
  await folder.mustRun(['train', 'names.conll', ...SMALL, '--vocabulary', 'words.json']);
  const { vocabulary, settings } = JSON.parse(folder.read('model.json'));
  expect(vocabulary).toEqual({ lowercase: true, foldDigits: true, words: ['.', 'anna', 'bank'] });
  expect(settings).toMatchObject({ vocabularySize: 4, lowercase: true });
});

test.concurrent('the vocabulary that train would make itself gives the same checkpoint', async () => {
  await folder.mustRun(['vocab', 'names.conll', '--no-lowercase', '--no-fold-digits', '-o', 'all.json']);
  const train = ['train', 'names.conll', '--dev', 'names.conll', ...SMALL];
  await folder.mustRun([...train, '--vocabulary', 'all.json', '-o', 'given.json']);
  await folder.mustRun([...train, '--vocabulary-size', '14', '-o', 'made.json']);
  expect(folder.read('given.json')).toBe(folder.read('made.json'));
});

test.concurrent('a file that is no vocabulary is refused with exit code 3', async () => {
  for (const file of ['names.conll', 'model.json', 'missing.json']) {
    const { stderr, exitCode } = await folder.rnn(['train', 'names.conll', '--vocabulary', file, '-o', 'no.json']);
    expect(exitCode, file).toBe(3);
    expect(stderr, file).toContain(`rnn: ${file}: `);
  }
});
