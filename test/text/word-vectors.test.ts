import { describe, expect, test } from 'vitest';
import { foldWord } from '../../src/text/vocabulary.js';
import { VectorWords } from '../../src/text/word-vectors.js';

const FORM = { lowercase: true, foldDigits: true };

function idsOf(words: readonly string[], tokens: readonly string[], form = FORM): number[] {
  const vectors = new VectorWords(words, 3, form);
  return tokens.map((token) => vectors.idOf(token, foldWord(token, form)));
}

describe('a token has the vector', () => {
  test('of the word that is spelt like it, where there is one', () => {
    expect(idsOf(['apple', 'Apple', '1984'], ['Apple', 'apple', '1984'])).toEqual([2, 1, 3]);
  });

  test('else of the first word of its form', () => {
    expect(idsOf(['Apple', 'apple', '1984', '2026'], ['APPLE', 'aPPle', '1985'])).toEqual([1, 1, 3]);
  });

  test('else none', () => {
    expect(idsOf(['apple'], ['pear', '', '__proto__', 'apple '])).toEqual([0, 0, 0, 0]);
    expect(idsOf(['apple'], ['Apple'], { lowercase: false, foldDigits: false })).toEqual([0]);
  });
});
