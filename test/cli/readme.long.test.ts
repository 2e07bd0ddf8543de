import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';
import { missingLines, shownCommands, withoutTimes } from '../helpers/readme-screen.js';

const folder = new Folder();

test.each(shownCommands())('rnn $args.0 prints the very figures that the README shows', async ({ args, lines }) => {
  for (const part of ['train', 'dev', 'test'])
    folder.write(`${part}.conll`, readFileSync(new URL(`../../data/starter/${part}.conll`, import.meta.url), 'utf8'));
  const { stdout, stderr } = await folder.mustRun(args);
  const shown = lines.map(withoutTimes);
  const printed = [stderr, stdout].map((text) => withoutTimes(text).split('\n'));
  // Progress goes to stderr and scores to stdout, which a terminal shows together.
  const [ofStderr = [], ofStdout = []] = printed.map((all) => shown.filter((line) => all.includes(line)));
  expect(shown.filter((line) => !ofStderr.includes(line) && !ofStdout.includes(line))).toEqual([]);
  for (const [index, own] of [ofStderr, ofStdout].entries())
    expect(missingLines(own, printed[index] ?? [])).toEqual([]);
});

test('the picture in the README is the one that its commands draw, but for the digits that only hovering shows', async () => {
  const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [training, explaining] = [...text.matchAll(/`rnn ((?:train --preset textbook|explain)[^`]+)`/g)].map(
    ([, command = '']) => [...command.matchAll(/"([^"]*)"|\S+/g)].map(([whole, quoted]) => quoted ?? whole),
  );
  await folder.mustRun(training ?? []);
  const { stdout } = await folder.mustRun(explaining ?? []);
  const picture = readFileSync(new URL('../../.github/unrolled.svg', import.meta.url), 'utf8');
  const withoutTitles = (svg: string): string => svg.replace(/<title>.*?<\/title>/g, '');
  expect(withoutTitles(stdout)).toBe(withoutTitles(picture));
});
