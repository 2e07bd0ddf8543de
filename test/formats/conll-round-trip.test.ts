import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeConll } from '../../src/formats/conll.js';
import { anyCharacter } from '../helpers/arbitraries.js';
import { readConll } from '../helpers/conll.js';

const character = fc.constantFrom(
  'a',
  'É',
  '漢',
  '🤞',
  '#',
  '-',
  '1',
  ' ',
  '\u00a0',
  '\u200b',
  '\ufeff',
  '"',
  '\\',
  '\u2028',
);
const token = fc
  .oneof(fc.string({ unit: character, minLength: 1, maxLength: 4 }), fc.string({ unit: anyCharacter, minLength: 1 }))
  .filter((text) => !/[\t\n]|^\uFEFF|^-DOCSTART-$/.test(text));
const tag = fc.constantFrom('O', 'B-PER', 'I-creative-work', 'V', '0', '#');
const sentence = fc
  .array(fc.tuple(token, tag), { minLength: 1, maxLength: 6 })
  .map((pairs) => ({ tokens: pairs.map(([text]) => text), tags: pairs.map(([, label]) => label) }));

describe('what writeConll writes, readConll reads', () => {
  test('the same sentences, whatever characters but tab and line feed their tokens hold', () => {
    fc.assert(
      fc.property(fc.array(sentence, { maxLength: 5 }), (sentences) => {
        const read = readConll(sentences.map(writeConll).join(''), { source: 'corpus', needsTags: true });
        expect(read.map(({ tokens, tags }) => ({ tokens, tags }))).toEqual(sentences);
      }),
      { numRuns: 1000 },
    );
  });

  test('at the lines where they stand', () => {
    fc.assert(
      fc.property(fc.array(sentence, { maxLength: 5 }), (sentences) => {
        const text = sentences.map(writeConll).join('');
        const lines = text.split('\n');
        for (const { tokens, tags, line } of readConll(text, { source: 'corpus', needsTags: true }))
          expect(lines[line - 1]).toBe(`${tokens[0]}\t${tags[0]}`);
      }),
    );
  });
});

test('writeConll gives token, tab, tag, a line each, and the empty line that ends the sentence', () => {
  expect(writeConll({ tokens: ['Ada', 'wrote'], tags: ['B-PER', 'O'] })).toBe('Ada\tB-PER\nwrote\tO\n\n');
});
