import { beforeAll, describe, expect, test } from 'vitest';
import { BY_HEART, Folder } from '../helpers/cli.js';

const folder = new Folder();
const sentence = 'Harry Potter and Hermione Granger invented a new spell';
const marks = '1 1 0 1 1 0 0 0 0'.split(' ');
const corpus = sentence
  .split(' ')
  .map((word, index) => `${word}\t${marks[index]}\n`)
  .join('');

beforeAll(() => folder.write('spell.txt', corpus));

describe.concurrent('names marked 1 and other words 0, with --outside 0', () => {
  beforeAll(() => folder.mustRun(['train', 'spell.txt', '--outside', '0', ...BY_HEART]));

  test('are tagged as they were marked', async () => {
    const { stdout } = await folder.mustRun(['tag', '--to', 'conll', sentence]);
    expect(stdout).toBe(`${corpus}\n`);
  });

  test('are one name where they touch', async () => {
    const { stdout } = await folder.mustRun(['tag', sentence]);
    expect(stdout).toBe('[Harry Potter](1) and [Hermione Granger](1) invented a new spell\n');
  });

  test('are scored by F1', async () => {
    const { stdout } = await folder.mustRun(['eval', 'spell.txt', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ gold: 2, predicted: 2, correct: 2, f1: 1, accuracy: 1 });
  });
});

test('without --outside they are labels of single tokens, scored by accuracy', async () => {
  const { stdout, stderr } = await folder.mustRun(['train', 'spell.txt', ...BY_HEART, '-o', 'plain.json']);
  expect(stderr).toContain('plain labels');
  expect(stderr).toContain('--outside');
  expect(stdout).toMatch(/token accuracy 100\.00 %/);
  const tagged = await folder.mustRun(['tag', '-m', 'plain.json', '--to', 'conll', sentence]);
  expect(tagged.stdout).toBe(`${corpus}\n`);
});
