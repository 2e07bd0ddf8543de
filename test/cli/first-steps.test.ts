import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.mustRun(['train', ...SMALL, '--epochs', '1', '--vocabulary-size', '200']));

test.concurrent('after rnn train, tag and eval work without an option', async () => {
  const tagged = await folder.mustRun(['tag', 'Harry Potter met Hermione Granger in London .']);
  expect(tagged.stdout.replace(/[[\]]|\([A-Z]+\)/g, '')).toBe('Harry Potter met Hermione Granger in London .\n');
  const scored = await folder.mustRun(['eval']);
  expect(scored.stderr).toContain('scoring the test part of the starter corpus');
  expect(scored.stdout).toMatch(/^label +precision +recall +F1/);
  expect(scored.stdout).toMatch(/token accuracy [89]\d\.\d\d %\n/);
});

test.concurrent('after rnn train, eval takes a corpus of one’s own', async () => {
  folder.write('names.conll', NAMES);
  const { stdout } = await folder.mustRun(['eval', 'names.conll']);
  expect(stdout).toContain('3 sentences, 15 tokens');
});

test.concurrent('eval without a corpus is wrong usage for a model of another corpus', async () => {
  folder.write('names.conll', NAMES);
  await folder.mustRun(['train', 'names.conll', ...SMALL, '-o', 'names.json']);
  const { stdout, stderr, exitCode } = await folder.rnn(['eval', '-m', 'names.json']);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^rnn: no corpus named, and the model was not trained on the starter corpus\n {5}name one: /);
});

test.concurrent('eval writes the report of the conlleval script', async () => {
  folder.write('names.conll', NAMES);
  const { stdout } = await folder.mustRun(['eval', 'names.conll', '--to', 'conlleval']);
  expect(stdout).toMatch(/^processed 15 tokens with 4 phrases; found: \d+ phrases; correct: \d+\.\naccuracy: /);
});
