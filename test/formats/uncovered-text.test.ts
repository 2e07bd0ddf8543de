import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCorpus } from '../../src/corpora/read-corpus.js';
import type { ConversionIssue } from '../../src/formats/format.js';
import { createTokenMending } from '../../src/formats/uncovered-text.js';
import type { AnnotatedText } from '../../src/text/sentence.js';
import { Folder } from '../helpers/cli.js';

function mended(...records: readonly AnnotatedText[]): { words: string[][]; issues: ConversionIssue[] } {
  const issues: ConversionIssue[] = [];
  const mending = createTokenMending((issue) => issues.push(issue));
  const items = mending.take(records, 'corpus') as AnnotatedText[];
  mending.end();
  return { words: items.map(({ tokens = [] }) => tokens.map(({ text }) => text)), issues };
}

function record(text: string, line: number, ...words: readonly string[]): AnnotatedText {
  const tokens = words.map((word) => ({
    text: word,
    start: text.indexOf(word),
    end: text.indexOf(word) + word.length,
  }));
  return { text, tokens, spans: [], line };
}

test('text that no token covers is cut into tokens, which is told once with three places', () => {
  const { words, issues } = mended(
    record('Anna met Bob.', 1, 'Anna', 'Bob'),
    record('Rome', 2),
    record('Rome fell', 3, 'Rome', 'fell'),
    record('"Rome fell', 4, 'Rome', 'fell'),
    record('a b', 5, 'b'),
  );
  expect(words).toEqual([['Anna', 'met', 'Bob', '.'], ['Rome'], ['Rome', 'fell'], ['"', 'Rome', 'fell'], ['a', 'b']]);
  expect(issues).toEqual([
    {
      kind: 'uncovered text',
      place: 'corpus:1',
      what: '5 pieces of text are in no token; cut into tokens (the next at corpus:2 and corpus:4)',
    },
  ]);
});

test('whatever tokens a text comes with, they stay, and all tokens together cover it but for white space', () => {
  const pieces = fc.array(fc.tuple(fc.constantFrom('a', '.', '🤞', ' ', '\n', '\u00a0', "don't"), fc.boolean()), {
    maxLength: 10,
  });
  fc.assert(
    fc.property(pieces, (all) => {
      let text = '';
      const tokens = all.flatMap(([piece, isToken]) => {
        const start = text.length;
        text += piece;
        return isToken && piece.trim() !== '' ? [{ text: piece, start, end: text.length }] : [];
      });
      const issues: ConversionIssue[] = [];
      const mending = createTokenMending((issue) => issues.push(issue));
      const [left] = mending.take([{ text, tokens, spans: [], line: 1 }], 'corpus') as AnnotatedText[];
      mending.end();
      const found = left?.tokens ?? [];
      for (const token of tokens) expect(found).toContainEqual(token);
      for (const token of found) expect(text.slice(token.start, token.end)).toBe(token.text);
      expect(found.map((token) => token.text).join('')).toBe(text.replace(/\s/gu, ''));
      expect(issues.length).toBe(found.length > tokens.length ? 1 : 0);
    }),
  );
});

test('where tokens are scored they stay as they are, and text in none of them is told', async () => {
  const folder = new Folder();
  const tokens = '"tokens":[{"text":"Anna","start":0,"end":4},{"text":"Bob","start":9,"end":12}]';
  folder.write('gold.jsonl', `{"text":"Anna met Bob",${tokens},"spans":[]}\n`);
  const { sentences, notices } = await readCorpus([folder.at('gold.jsonl')], {}, 'kept');
  expect(sentences.map((sentence) => sentence.tokens)).toEqual([['Anna', 'Bob']]);
  expect(notices).toContainEqual(expect.stringContaining('gold.jsonl:1: a piece of text is in no token; not scored'));
});
