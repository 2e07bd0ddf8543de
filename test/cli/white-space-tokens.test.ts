import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, SMALL } from '../helpers/cli.js';

const folder = new Folder();

/** Records as Prodigy writes them: spaCy makes tokens of empty lines, and the spans have token numbers. */
const WORDS = ['\n\n', 'Anna', 'Smith', 'lives', 'in', '\u00a0', 'London', '.', '\n', 'Bob', 'left', '.'];

function prodigyRecord(): string {
  let text = '';
  const tokens = WORDS.map((word, id) => {
    const start = text.length;
    text += word;
    const token = { text: word, start, end: text.length, id, ws: word.trim() !== '' };
    if (token.ws) text += ' ';
    return token;
  });
  const span = (first: number, last: number, label: string) => ({
    start: tokens[first]?.start,
    end: tokens[last]?.end,
    token_start: first,
    token_end: last,
    label,
  });
  return `${JSON.stringify({ text, tokens, spans: [span(1, 2, 'PER'), span(6, 6, 'LOC'), span(9, 9, 'PER')], answer: 'accept' })}\n`;
}

/** The record's words are two sentences: a line break that stands between tokens ends one. */
const COLUMNS = 'Anna\tB-PER\nSmith\tI-PER\nlives\tO\nin\tO\nLondon\tB-LOC\n.\tO\n\nBob\tB-PER\nleft\tO\n.\tO\n\n';
const TOLD = 'p.jsonl:1: 90 tokens are white space alone; left out (the next at p.jsonl:2 and p.jsonl:3)';

beforeAll(() => {
  folder.write('p.jsonl', prodigyRecord().repeat(30));
});

describe.concurrent('tokens of white space alone in the records of Prodigy', () => {
  test('are left out by rnn convert, which keeps every sentence and says so once', async () => {
    const { stdout, stderr } = await folder.mustRun(['convert', 'p.jsonl', '--to', 'conll']);
    expect(stdout.replaceAll('-DOCSTART-\tO\n\n', '')).toBe(COLUMNS.repeat(30));
    expect(stderr).toBe(`${TOLD}\nconverted 30 records; 1 thing could not be held as it was, listed above\n`);
  });

  test('do not count in the token numbers of spans that rnn convert writes', async () => {
    const { stdout } = await folder.mustRun(['convert', 'p.jsonl', '--to', 'prodigy']);
    const { text, tokens, spans } = JSON.parse(stdout.split('\n')[0] as string);
    expect(tokens.map((token: { text: string }) => token.text)).toEqual(WORDS.filter((word) => word.trim() !== ''));
    expect(spans.map((span: { token_start: number; token_end: number }) => [span.token_start, span.token_end])).toEqual(
      [
        [0, 1],
        [4, 4],
        [6, 6],
      ],
    );
    expect(text).toBe(JSON.parse(prodigyRecord()).text);
  });

  test('are left out by rnn train, counted by rnn check, and kept by rnn eval and rnn tag', async () => {
    const trained = await folder.mustRun(['train', 'p.jsonl', '--dev', 'p.jsonl', ...SMALL, '-o', 'p.json']);
    expect(trained.stderr).toContain(TOLD);
    expect(JSON.parse(folder.read('p.json')).corpora.train).toMatchObject({ sentences: 60, tokens: 270 });
    const check = await folder.rnn(['check', 'p.jsonl']);
    expect(check.stdout).toContain(TOLD.replace('p.jsonl:1: ', ''));
    const scored = JSON.parse((await folder.mustRun(['eval', 'p.jsonl', '-m', 'p.json', '--json'])).stdout);
    expect(scored.tokens).toBe(30 * WORDS.length);
    const { stdout } = await folder.mustRun([
      'tag',
      '-m',
      'p.json',
      '--file',
      'p.jsonl',
      '--from',
      'jsonl',
      '--to',
      'conll',
    ]);
    const lines = stdout.split('\n').slice(0, WORDS.length);
    expect(lines.map((line) => line.split('\t')[0])).toEqual(
      WORDS.map((word) => (word.trim() === '' ? '\u00a0' : word)),
    );
  });
});
