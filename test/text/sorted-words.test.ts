import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SortedWords } from '../../src/text/sorted-words.js';

const sorted = fc
  .uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }).filter((word) => !word.includes('\n')))
  .map((words) => words.sort());

describe('words in order', () => {
  test('are found where they stand, and others are not found', () => {
    fc.assert(
      fc.property(sorted, fc.string({ unit: 'binary' }), (words, other) => {
        const list = SortedWords.of(words);
        expect(words.map((word) => list.indexOf(word))).toEqual(words.map((_, index) => index));
        expect(list.indexOf(other)).toBe(words.indexOf(other));
        expect(Array.from({ length: list.size }, (_, index) => list.word(index))).toEqual(words);
      }),
    );
  });

  test('come back from their text as they were', () => {
    fc.assert(
      fc.property(sorted, (words) => {
        const list = SortedWords.decode(SortedWords.of(words).encode());
        expect(list && Array.from({ length: list.size }, (_, index) => list.word(index))).toEqual(words);
      }),
    );
  });

  test('share the beginning of the word before', () => {
    expect(SortedWords.of(['Lon', 'London', 'Londoner', 'Paris']).encode()).toBe('0Lon\n3don\n6er\n0Paris');
  });

  test.each([
    ['with an empty line', '0a\n\n0b'],
    ['out of order', '0b\n0a'],
    ['with a word twice', '0a\n1'],
    ['that share more than there is', '0a\n5b'],
    ['without a digit', '!a'],
  ])('%s are refused', (_, text) => {
    expect(SortedWords.decode(text)).toBeUndefined();
  });
});
