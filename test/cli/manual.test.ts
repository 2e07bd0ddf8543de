import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/main.js';
import { manualPages } from '../../src/cli/manual.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const program = await createProgram();
const pages = manualPages(program, new Date('2026-03-05T00:00:00Z'));
const hasMandoc = spawnSync('mandoc', ['-h']).error === undefined;

test('the manual has a page for the program and one for each command', () => {
  const names = program.commands.map((command) => `rnn-${command.name()}.1`);
  expect(pages.map(({ file }) => file)).toEqual(['rnn.1', ...names]);
  for (const { text } of pages) expect(text).toMatch(/^\.Dd March 5, 2026\n\.Dt RNN/);
});

test('a page has all options of its command, with their values, choices and defaults', () => {
  for (const command of program.commands) {
    const text = pages.find(({ file }) => file === `rnn-${command.name()}.1`)?.text ?? '';
    const shown = command.options.filter(({ hidden }) => !hidden);
    for (const { long = '' } of shown) expect(text).toMatch(new RegExp(`^\\.It Fl .*${long.slice(1)}\\b`, 'm'));
  }
  const tag = pages.find(({ file }) => file === 'rnn-tag.1')?.text;
  expect(tag).toContain('.It Fl m , -model Ar file\nCheckpoint that rnn train wrote.\nThe default is model.json.\n');
  expect(tag).toContain('.Sh EXAMPLES\n.Bd -literal\nrnn tag "Harry Potter met');
});

describe.skipIf(!hasMandoc)('mandoc', () => {
  test.each(pages)('finds nothing wrong with $file', ({ file, text }) => {
    folder.write(file, text);
    const { stdout, stderr } = spawnSync('mandoc', ['-Tlint', '-W', 'style', folder.at(file)], { encoding: 'utf8' });
    const found = `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !line.includes('manual not found'));
    expect(found).toEqual([]);
  });
});

test('the package names all pages, so that npm puts them where man looks', () => {
  const { man } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(man).toEqual(pages.map(({ file }) => `./dist/man/${file}`));
});
