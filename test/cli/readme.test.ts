import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';
import { missingLines, shapeOf, shownCommands } from '../helpers/readme-screen.js';

const folder = new Folder();

beforeAll(() => {
  for (const part of ['train', 'dev', 'test'])
    folder.write(`${part}.conll`, readFileSync(new URL(`../../data/starter/${part}.conll`, import.meta.url), 'utf8'));
});

test('the README has a screen of two commands', () => {
  expect(shownCommands().map(({ args }) => args[0])).toEqual(['check', 'train']);
});

test.each(shownCommands())('rnn $args.0 prints lines of the shape that the README shows', async ({ args, lines }) => {
  const quick = args[0] === 'train' ? ['--epochs', '1', '--hidden', '8', '--form-width', '8'] : [];
  const { stdout, stderr } = await folder.mustRun([...args, ...quick]);
  const printed = `${stderr}${stdout}`.split('\n').map(shapeOf);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(printed).toContain(shapeOf(line));
});

test('what was not printed in its order is found missing', () => {
  expect(missingLines(['a', 'c'], ['a', 'b', 'c'])).toEqual([]);
  expect(missingLines(['c', 'a'], ['a', 'b', 'c'])).toEqual(['a']);
});
