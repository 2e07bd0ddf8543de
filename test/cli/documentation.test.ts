import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const root = new URL('../../', import.meta.url);
const guides = new URL('data/guides/', root);
const GUIDES = readdirSync(guides).filter((name) => name.endsWith('.md'));
const PAGES = ['README.md', ...GUIDES.map((name) => `data/guides/${name}`)];
const textOf = (page: string): string => readFileSync(fileURLToPath(new URL(page, root)), 'utf8');

/** The commands that a page shows, in code or in a sentence: name and options. */
function commandsOf(
  text: string,
): { readonly name: string; readonly options: readonly string[]; readonly line: string }[] {
  const code = [...text.matchAll(/^(?: {4}|.*`)?.*?\brnn ([a-z]+)\b([^`\n]*)/gm)];
  return code.map(([line, name = '', rest = '']) => {
    const own = rest.split(/[|;#]| < | > |'/)[0] ?? '';
    return { name, options: own.match(/(?<= |^)--?[a-z][a-z0-9-]*/g) ?? [], line };
  });
}

const helps = new Map<string, Promise<string>>();

/** The help of a command, asked for once. */
function helpOf(command: string): Promise<string> {
  const known = helps.get(command) ?? folder.rnn([command, '--help']).then(({ stdout }) => stdout);
  helps.set(command, known);
  return known;
}

describe.each(PAGES)('%s', (page) => {
  test('shows only commands and options that there are', async () => {
    const text = textOf(page);
    const unknown: string[] = [];
    for (const { name, options, line } of commandsOf(text)) {
      const help = await helpOf(name);
      if (help === '') unknown.push(line.trim());
      for (const option of options)
        if (!new RegExp(`(^|[ ,])${option}\\b`, 'm').test(help)) unknown.push(`${option}: ${line.trim()}`);
    }
    expect(unknown).toEqual([]);
  });

  test('names only options that some command has', async () => {
    const all = await Promise.all(
      [
        'annotate',
        'train',
        'tag',
        'eval',
        'vocab',
        'words',
        'check',
        'doubt',
        'agree',
        'convert',
        'sweep',
        'curve',
        'inspect',
        'explain',
        'export',
        'serve',
        'mcp',
        'init',
      ].map(helpOf),
    );
    const named = [...textOf(page).matchAll(/`(--[a-z][a-z0-9-]*)/g)].map(([, option]) => option);
    expect(named.filter((option) => !all.some((help) => help.includes(`${option}`)))).toEqual([]);
  });
});

test('the lines of JSON in the guide to formats are corpora', async () => {
  const lines = [...textOf('data/guides/formats.md').matchAll(/^ {4}(\{.*\})$/gm)].map(([, line = '']) => line);
  const known = 'Maria\tB-PER\nflew\tO\nto\tO\nVienna\tB-LOC\n.\tO\n\n';
  const found: string[] = [];
  for (const line of lines) {
    folder.write('line.jsonl', `${line}\n`);
    found.push((await folder.mustRun(['convert', 'line.jsonl', '--to', 'conll'])).stdout);
  }
  expect(found).toEqual([known, known, 'Maria\tB-PER\nflew\t?\nto\t?\nVienna\t?\n.\t?\n\n']);
});

test.each([
  ['tag', '--from', 'tagging'],
  ['tag', '--to', 'tagging'],
  ['convert', '--to', 'formats'],
])('every format of rnn %s %s is in the guide %s', async (command, option, topic) => {
  const help = (await helpOf(command)).replace(/\s+/g, ' ');
  const [, choices = ''] = new RegExp(` ${option} <format> .*?\\(choices: ([^)]*)`).exec(help) ?? [];
  const names = [...choices.matchAll(/(?<!default: )"([a-z0-9-]+)"/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(5);
  const guide = textOf(`data/guides/${topic}.md`);
  // In a table of formats, or where a sentence about one begins.
  const told = [...guide.matchAll(/^(?:\| )?(`[^|\n]*?`)(?= [|a-z])/gm)].map(([, cell = '']) => cell).join(' ');
  expect(names.filter((name) => !told.includes(`\`${name}\``))).toEqual([]);
});

test('the README names every guide', () => {
  const [, topics = ''] = /\[guides\]\(data\/guides\): ([^.]*)\./.exec(textOf('README.md')) ?? [];
  expect(topics.split(', ').toSorted()).toEqual(GUIDES.map((name) => name.replace(/\.md$/, '')).toSorted());
});

test('package, changelog and citation name the same release', () => {
  const { version } = JSON.parse(textOf('package.json'));
  const [, released] = /^## (\d\S* \(\S+\))$/m.exec(textOf('CHANGELOG.md')) ?? [];
  const [, cited, date] = /^version: (.*)\ndate-released: (.*)$/m.exec(textOf('CITATION.cff')) ?? [];
  expect([released, cited]).toEqual([`${version} (${date})`, version]);
});

describe('rnn help', () => {
  test.each(GUIDES.map((name) => name.replace(/\.md$/, '')))('shows the guide %s', async (topic) => {
    const { stdout, exitCode } = await folder.rnn(['help', topic]);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')[0]).toBe(textOf(`data/guides/${topic}.md`).split('\n')[0]?.slice(2));
  });

  test('lists the guides', async () => {
    const { stdout } = await folder.rnn(['help']);
    expect(stdout).toContain('Guides (rnn help TOPIC): annotating, formats, glossary');
  });
});

describe('llms.txt', () => {
  const text = textOf('data/guides/llms.txt');

  test('has the help of every command', async () => {
    const { stdout } = await folder.rnn(['--help']);
    const names = [...stdout.matchAll(/^ {2}([a-z]+)(?: [[<]|\s{2,})/gm)].map(([, name = '']) => name);
    const told = [...text.matchAll(/^### rnn (\w+)$/gm)].map(([, name]) => name);
    expect(told).toEqual(names.filter((name) => name !== 'rnn' && name !== 'help'));
    for (const name of told) {
      const help = await helpOf(name ?? '');
      const flags = [...help.matchAll(/^ +(?:-\w, )?(--[a-z][a-z-]*)/gm)].map(([, flag]) => flag);
      expect(flags.filter((flag) => !text.includes(`${flag}`))).toEqual([]);
    }
  });

  test('names every guide', () => {
    const links = [...text.matchAll(/^- \[[\w-]+\]\((.*?)\)/gm)].map(([, link]) => link);
    expect(links).toEqual(GUIDES.toSorted());
  });
});
