import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type RawReading, readRawText } from '../../src/corpora/read-raw.js';
import { digestOf } from '../../src/node/digest.js';
import { tokenize } from '../../src/text/tokenizer.js';

const folder = mkdtempSync(join(tmpdir(), 'rnn-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(
  content: string,
  reading: RawReading = {},
  name = 'raw.txt',
): Promise<{ readonly sentences: (readonly string[])[]; readonly readAs: string; readonly bytes: Uint8Array }> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const sentences: (readonly string[])[] = [];
  const bytes: Uint8Array[] = [];
  let readAs = '';
  for await (const piece of readRawText(path, reading, tokenize, (each) => bytes.push(Uint8Array.from(each)))) {
    sentences.push(...piece.sentences);
    readAs = piece.readAs;
  }
  return { sentences: sentences.filter(({ length }) => length > 0), readAs, bytes: Buffer.concat(bytes) };
}

const WANTED = [
  ['Ada', 'lives', 'in', 'London', '.'],
  ['She', "didn't", 'leave', ';', 'why', '?'],
];
const SPLIT = [WANTED[0], ['She', 'did', "n't", 'leave', ';', 'why', '?']];
const columns = (line: (token: string, number: number) => string): string =>
  WANTED.map((tokens) => `${tokens.map((token, index) => `${line(token, index + 1)}\n`).join('')}\n`).join('');

describe('raw text is read as what its content shows:', () => {
  test.each([
    ['lines of text', 'lines of text', "Ada lives in London.\nShe didn't leave; why?\n", SPLIT],
    ['a paragraph a line', 'lines of text', "Ada lives in London. She didn't leave; why?", SPLIT],
    [
      'lines that Windows ended, with a byte-order mark',
      'lines of text',
      "\uFEFFAda lives in London.\r\nShe didn't leave; why?\r\n",
      SPLIT,
    ],
    ['Chinese, which has no spaces', 'lines of text', '我们在这里。\n他在那里。\n', undefined],
    ['prose with links', 'lines of text', 'See [the page](page.html) of it.\nIt is long.\n', undefined],
    ['prose with a tab', 'lines of text', '1\tThe first sentence.\n2\tThe second one.\n', undefined],
    ['tokens and tags', 'columns, a token a line', columns((token) => `${token} O`), WANTED],
    ['tokens, tabs and tags', 'columns, a token a line', columns((token) => `${token}\tNN\tB-PER`), WANTED],
    ['tokens alone', 'columns, a token a line', columns((token) => token), WANTED],
    [
      'tokens and tags that are not known, among others',
      'columns, a token a line',
      columns((token) => `${token} ${token === 'Ada' ? 'B-PER' : '?'}`),
      WANTED,
    ],
    [
      'questions of as many words',
      'lines of text',
      'Who left ?\nWho came ?\nWho stayed ?\n',
      [
        ['Who', 'left', '?'],
        ['Who', 'came', '?'],
        ['Who', 'stayed', '?'],
      ],
    ],
    [
      'CoNLL-U without names',
      'columns, a token a line',
      columns((token, number) => `${number}\t${token}${'\t_'.repeat(8)}`),
      WANTED,
    ],
    [
      'texts as JSON',
      'JSON lines of texts or tokens',
      '{"text":"Ada lives in London."}\n\n{"text":"She didn\'t leave; why?","id":1}\n',
      SPLIT,
    ],
    [
      'tokens as JSON',
      'JSON lines of texts or tokens',
      WANTED.map((tokens) => `${JSON.stringify({ tokens })}\n`).join(''),
      WANTED,
    ],
  ])('%s', async (_, readAs, content, expected) => {
    const found = await read(content);
    expect(found.readAs).toBe(readAs);
    if (expected) expect(found.sentences).toEqual(expected);
    else expect(found.sentences.length).toBe(2);
  });

  test('a labelled corpus of JSON, whose spans are left out', async () => {
    const record = { text: 'Ada lives in London.', spans: [{ start: 0, end: 3, label: 'PER' }] };
    const found = await read(`${JSON.stringify(record)}\n`);
    expect(found.readAs).toMatch(/^jsonl /);
    expect(found.sentences).toEqual([WANTED[0]]);
  });
});

test('--from goes before the content', async () => {
  expect((await read('Ada\n\nLondon\n', { from: 'lines' })).sentences).toEqual([['Ada'], ['London']]);
  expect((await read('a b\nc d\n', { from: 'conll' })).sentences).toEqual([['a', 'c']]);
  expect((await read('[Ada](PER) left\n', { from: 'bracket' })).sentences).toEqual([['Ada', 'left']]);
  expect((await read('a b\nc d\n', { from: 'conll', tokenColumn: 2 })).sentences).toEqual([['b', 'd']]);
});

test('all bytes are handed on once, whatever is read', async () => {
  const long = `${'word '.repeat(300_000)}\n`;
  for (const content of ['one two\nthree', columns((token) => `${token} O`), '{"text":"a b","spans":[]}\n', long])
    expect(digestOf((await read(content)).bytes)).toBe(digestOf(content));
});

test('a line of over 1 MB is read like others', async () => {
  const { sentences } = await read(`${'word '.repeat(300_000)}\nthe end\n`);
  expect(sentences.flat().filter((token) => token === 'word').length).toBeGreaterThanOrEqual(299_990);
  expect(sentences.at(-1)).toEqual(['the', 'end']);
});

test('what is wrong is told with its line', async () => {
  await expect(read('{"text":"a"}\n{"txt":"b"}\n')).rejects.toThrow(
    /raw\.txt:2: expected a record with "text" or "tokens"/,
  );
  await expect(read('a b\nc\0d\n')).rejects.toThrow(/raw\.txt:2: a NUL byte/);
});
