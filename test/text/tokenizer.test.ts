import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenize } from '../../src/text/tokenizer.js';
import { anyCharacter } from '../helpers/arbitraries.js';
import { STARTER_PARTS, starterSentences } from '../helpers/starter-corpus.js';

/** Pieces that meet the rules of the tokenizer far more often than random characters do. */
const piece = fc.constantFrom(
  ...`abS.'’",;:!?()[]<>3$€%-/@#_«»“”…n\`漢éß`,
  ...['Dr', 'No.', "n't", "'s", '’ll', 'www.', 'http://', '...', ' ', '  ', '\t', '\u00a0', '\u200b', '🤞', '\ud83e'],
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: anyCharacter }),
  fc.string({ unit: 'grapheme' }),
);

function textsOf(input: string): string[] {
  return tokenize(input).map((token) => token.text);
}

describe('nothing is lost', () => {
  test('each token is the piece of the text that its offsets name, and only white space lies between', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (input) => {
        let position = 0;
        for (const token of tokenize(input)) {
          expect(token.text).toBe(input.slice(token.start, token.end));
          expect(token.text).toMatch(/^\S+$/u);
          expect(input.slice(position, token.start)).toMatch(/^\s*$/u);
          expect(token.start).toBeGreaterThanOrEqual(position);
          position = token.end;
        }
        expect(input.slice(position)).toMatch(/^\s*$/u);
      }),
      { numRuns: 2000 },
    );
  });

  test('no character outside the first 65,536 is cut in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (input) => {
        for (const token of textsOf(input)) expect(token).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  test('offsets count UTF-16 units', () => {
    expect(tokenize('🤞 Łódź!')).toEqual([
      { text: '🤞', start: 0, end: 2 },
      { text: 'Łódź', start: 3, end: 7 },
      { text: '!', start: 7, end: 8 },
    ]);
  });

  test.each(['', ' ', '\t \u00a0\u3000'])('a text of white space alone (%j) has no tokens', (input) => {
    expect(tokenize(input)).toEqual([]);
  });
});

describe('what is cut into tokens already stays as it is', () => {
  test('tokens separated by spaces are found again', () => {
    fc.assert(
      fc.property(text, (input) => {
        const once = textsOf(input);
        expect(textsOf(once.join(' '))).toEqual(once);
      }),
      { numRuns: 2000 },
    );
  });

  /** Its last character is a letter of the word, which only a dictionary tells from a closing quotation mark. */
  const CUT_ALL_THE_SAME = new Set(["K'iche'"]);

  test.each(STARTER_PARTS)('every sentence of the starter corpus: %s', (part) => {
    for (const { tokens } of starterSentences(part)) {
      if (tokens.some((token) => CUT_ALL_THE_SAME.has(token))) continue;
      expect(textsOf(tokens.join(' '))).toEqual(tokens);
    }
  });
});

test('a million brackets take time in proportion to their number', () => {
  const began = performance.now();
  const brackets = tokenize('('.repeat(500_000) + ']'.repeat(500_000));
  const seconds = (performance.now() - began) / 1000;
  expect(brackets).toHaveLength(1_000_000);
  expect(seconds).toBeLessThan(5);
});
