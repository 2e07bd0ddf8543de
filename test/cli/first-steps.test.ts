import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

/** The one training of the default network on the starter corpus, which takes ten seconds on two idle cores. */
beforeAll(() => folder.mustRun(['train']), 600_000);

test.concurrent('after rnn train, tag and eval work without an option', async () => {
  const tagged = await folder.mustRun(['tag', 'Harry Potter met Hermione Granger in London .']);
  expect(tagged.stdout).toBe('[Harry Potter](PER) met [Hermione Granger](PER) in [London](LOC) .\n');
  const scored = await folder.mustRun(['eval']);
  expect(scored.stderr).toContain('scoring the test part of the starter corpus');
  expect(scored.stdout).toMatch(/^label +precision +recall +F1/);
  expect(scored.stdout).toMatch(/token accuracy 9\d\.\d\d %\n/);
});

test.concurrent('the default network finds two thirds of the names of the starter corpus: F1 is 67 or more', async () => {
  const { stdout } = await folder.mustRun(['eval', '--json', '--quiet']);
  expect(JSON.parse(stdout).f1).toBeGreaterThanOrEqual(0.67);
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
