import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeConll } from '../../src/formats/conll.js';
import type { ConversionIssue, CorpusItem } from '../../src/formats/format.js';
import { formatNamed } from '../../src/formats/formats.js';
import { createWhiteSpaceFilter, isWhiteSpace } from '../../src/formats/white-space-tokens.js';
import { inBilou, type SchemeName, spansOf, tagsOf } from '../../src/text/scheme.js';
import type { Sentence, Span } from '../../src/text/sentence.js';
import { spansOfSentence } from '../helpers/arbitraries.js';
import { readAs } from '../helpers/corpus-readers.js';

const WHITE_SPACE = ['\n\n', ' ', '\t', '\u00a0', '\u3000', '\u2028', '\ufeff'];

function filtered(items: readonly CorpusItem[]): { items: CorpusItem[]; issues: ConversionIssue[] } {
  const issues: ConversionIssue[] = [];
  const filter = createWhiteSpaceFilter((issue) => issues.push(issue));
  const left = filter.take(items, 'corpus');
  filter.end();
  return { items: left, issues };
}

describe('tokens of white space alone', () => {
  const prefixed = fc.constantFrom<SchemeName>('iob1', 'iob2', 'bioes');
  const marks = fc.array(fc.option(fc.constantFrom(...WHITE_SPACE), { nil: 'word' }), { minLength: 40, maxLength: 40 });

  test('are left out of a sentence, whose tags spell the same spans over the tokens that are left', () => {
    const pieces = spansOfSentence.filter(({ length }) => length <= 40);
    fc.assert(
      fc.property(pieces, marks, prefixed, fc.boolean(), ({ length, spans }, words, name, bilou) => {
        const scheme = { name, outside: 'O' };
        const spelt = tagsOf(spans, length, scheme);
        const tags = bilou && name === 'bioes' ? spelt.map(inBilou) : spelt;
        const tokens = words.slice(0, length);
        const [left] = filtered([{ tokens, tags, document: 0, line: 1 }]).items as Sentence[];
        const before = (index: number): number => tokens.slice(0, index).filter((token) => token === 'word').length;
        const moved: Span[] = spans
          .map(({ label, start, end }) => ({ label, start: before(start), end: before(end) }))
          .filter(({ start, end }) => start < end);
        expect(left?.tokens ?? []).toEqual(tokens.filter((token) => token === 'word'));
        expect(spansOf(left?.tags ?? [], scheme)).toEqual(moved);
        if (name === 'bioes' && !bilou) expect(left?.tags ?? []).toEqual(tagsOf(moved, before(length), scheme));
      }),
      { numRuns: 500 },
    );
  });

  test('leave a sentence without them as it is', () => {
    const sentence = { tokens: ['a', 'b\u00a0c', '\u200b'], tags: ['I-X', 'E', ''], document: 0, line: 1 };
    expect(filtered([sentence])).toEqual({ items: [sentence], issues: [] });
  });

  test('are left out of the tokens of a text, whose spans are kept', () => {
    const text = 'Ada\n\nmet Bob';
    const tokens = ['Ada', '\n\n', 'met', 'Bob'].map((word) => {
      const start = text.indexOf(word);
      return { text: word, start, end: start + word.length };
    });
    const record = { text, tokens, spans: [{ label: 'PER', start: 9, end: 12 }], line: 4 };
    expect(filtered([record])).toEqual({
      items: [{ ...record, tokens: tokens.filter(({ text: word }) => word !== '\n\n') }],
      issues: [{ kind: 'white-space token', place: 'corpus:4', what: 'a token is white space alone; left out' }],
    });
  });

  test('are told once a file, with their count and three places', () => {
    const sentences = [1, 4, 4, 9, 20].map((line) => ({
      tokens: ['\n', 'a', ' '],
      tags: ['O', 'O', 'O'],
      document: 0,
      line,
    }));
    expect(filtered(sentences).issues).toEqual([
      {
        kind: 'white-space token',
        place: 'corpus:1',
        what: '10 tokens are white space alone; left out (the next at corpus:4 and corpus:9)',
      },
    ]);
  });

  test('make no sentence', () => {
    expect(filtered([{ tokens: [' '], tags: ['B-X'], document: 0, line: 1 }]).items).toEqual([]);
  });

  test.each(WHITE_SPACE)('have a line in columns, which is read as a token again: %j', (token) => {
    const columns = writeConll({ tokens: ['Ada', token, 'left'], tags: ['B-PER', 'O', 'O'] });
    expect(columns.split('\n')).toHaveLength(5);
    const [back] = readAs(formatNamed('conll'), columns).items as [Sentence];
    expect(back.tags).toEqual(['B-PER', 'O', 'O']);
    expect(isWhiteSpace(back.tokens[1] ?? 'none')).toBe(true);
  });
});
