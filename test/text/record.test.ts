import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutterOf, tokensOf } from '../../src/text/cut-tokens.js';
import { type InputRecord, sentencesOf, sizeOfRecord, type TokenizedText } from '../../src/text/record.js';
import { readRecord as readParts, splitAtSpaces } from '../../src/text/sentence-breaks.js';
import { tokenize } from '../../src/text/tokenizer.js';

function readRecord(record: InputRecord, cutsAtSpaces: boolean) {
  const [part] = readParts(record, cutterOf(cutsAtSpaces ? splitAtSpaces : tokenize));
  const { text, breaks, ...tokens } = part as TokenizedText;
  return { text, tokens: tokensOf(text, tokens), ...(breaks && { breaks }) };
}

const anyText = fc.string({ unit: fc.constantFrom('a', 'é', '🦋', ' ', '\t', '\u00a0', '.') });

describe('a text', () => {
  test('is cut as raw text is, or at spaces alone', () => {
    expect(readRecord('he left.', false).tokens.map(({ text }) => text)).toEqual(['he', 'left', '.']);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readRecord(text, false)).toEqual({ text, tokens: tokenize(text) });
      }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const { tokens } = readRecord(text, true);
        const expected = text.trim() === '' ? [] : text.split(' ').filter((piece) => piece !== '');
        expect(tokens.map((token) => token.text)).toEqual(expected);
        for (const token of tokens) expect(text.slice(token.start, token.end)).toBe(token.text);
      }),
    );
  });

  test('loses the carriage return of CRLF, and no other', () => {
    expect(readRecord('a\rb\r', true)).toEqual({ text: 'a\rb', tokens: [{ text: 'a\rb', start: 0, end: 3 }] });
    expect(readRecord('\r', false)).toEqual({ text: '', tokens: [] });
  });
});

test('the text of a record with fields stays whole, and is told where its sentences begin', () => {
  const text = 'Dr. Smith left. Anna stayed!\n\n"Why?" Bob asked';
  const record = readRecord({ kind: 'fields', content: text, fields: '' }, false);
  expect(record.text).toBe(text);
  expect(sentencesOf(record).map((tokens) => tokens.map((token) => token.text).join(' '))).toEqual([
    'Dr. Smith left .',
    'Anna stayed !',
    '" Why ? "',
    'Bob asked',
  ]);
  for (const { start, end, text: token } of record.tokens) expect(text.slice(start, end)).toBe(token);
  expect(readRecord({ kind: 'fields', content: 'Anna stayed.', fields: '' }, false).breaks).toBeUndefined();
});

test('tokens get a text with a space between two, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(anyText), (pieces) => {
      const { text, tokens } = readRecord(pieces, false);
      expect(text).toBe(pieces.join(' '));
      expect(tokens.map((token) => token.text)).toEqual(pieces);
      for (const token of tokens) expect(text.slice(token.start, token.end)).toBe(token.text);
    }),
  );
});

test('a record is as large as its text', () => {
  expect(sizeOfRecord('a 🦋')).toBe(4);
  expect(sizeOfRecord(['a', '🦋'])).toBe(5);
});
