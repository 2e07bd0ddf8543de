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
