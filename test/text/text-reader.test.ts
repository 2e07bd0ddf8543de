import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numbersOf, wordsIn } from '../../src/text/cut-tokens.js';
import { TextReader } from '../../src/text/text-reader.js';
import { createChunkCutter, createTokenizer } from '../../src/text/tokenizer.js';
import { anyCharacter } from '../helpers/arbitraries.js';

const piece = fc.constantFrom(
  ...[
    'London',
    'London.',
    'well-known',
    "didn't",
    'a',
    '…',
    '漢字',
    'ไทย',
    '🦋',
    '\ud83e',
    'No.',
    '(x),',
    'https://a.b/c,',
  ],
  ...[' ', '  ', '\t', '\r', '\u2028', '\u00a0', '\u3000', '\u200b', '\ufeff'],
  'x'.repeat(60),
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
  fc.string({ unit: anyCharacter }),
  fc.string({ unit: 'binary' }),
);

/** Numbers words in the order in which they come. */
function createNumbers() {
  const numbers = new Map<string, number>();
  return {
    numberOf(word: string): number {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      return number;
    },
    words: () => [...numbers.keys()],
  };
}

describe('a reader of texts', () => {
  test('finds the tokens that a tokenizer does, whatever it has read before', () => {
    const reader = new TextReader(createChunkCutter(), undefined);
    const tokenize = createTokenizer();
    fc.assert(
      fc.property(text, (input) => {
        const expected = numbersOf(tokenize(input));
        for (let time = 0; time < 2; time++) expect(reader.read(input)).toEqual({ ...expected, words: undefined });
      }),
      { numRuns: 1000 },
    );
  });

  test('numbers the words of the tokens', () => {
    const { numberOf, words } = createNumbers();
    const reader = new TextReader(createChunkCutter(), numberOf);
    fc.assert(
      fc.property(text, (input) => {
        const tokens = reader.read(input);
        expect(Array.from(tokens.words ?? [], (word) => words()[word])).toEqual(wordsIn(input, tokens));
      }),
    );
  });

  test('numbers words anew when it was told to forget them', () => {
    let added = 0;
    const reader = new TextReader(createChunkCutter(), (word) => word.length + added);
    const read = () => [...(reader.read('Ada left London.').words ?? [])];
    expect(read()).toEqual([3, 4, 6, 1]);
    added = 10;
    expect(read()).toEqual([3, 4, 6, 1]);
    reader.clear();
    expect(read()).toEqual([13, 14, 16, 11]);
  });

  test('goes on when there are more different words than it remembers', () => {
    const { numberOf, words } = createNumbers();
    const reader = new TextReader(createChunkCutter(), numberOf);
    const input = Array.from({ length: 70_000 }, (_, index) => `w${index}`).join(' ');
    for (let time = 0; time < 2; time++) {
      const tokens = reader.read(input);
      expect(tokens.words).toEqual(Int32Array.from({ length: 70_000 }, (_, index) => index));
    }
    expect(words()).toHaveLength(70_000);
  });
});
