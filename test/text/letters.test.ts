import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lettersOf, READ_LETTERS } from '../../src/text/letters.js';

const NONE = (count: number): string[] => new Array(count).fill('');

test('the letters of a word are read to its end and to its beginning', () => {
  expect(lettersOf('Ada')).toEqual([
    ...[...NONE(READ_LETTERS - 3), 'A', 'd', 'a'],
    ...[...NONE(READ_LETTERS - 3), 'a', 'd', 'A'],
  ]);
});

test('of a long word the last ones are read to its end, and the first ones to its beginning', () => {
  const letters = lettersOf('abcdefghijklmnopqrstuvwxyz');
  expect(letters.slice(0, READ_LETTERS).join('')).toBe('lmnopqrstuvwxyz');
  expect(letters.slice(READ_LETTERS).join('')).toBe('onmlkjihgfedcba');
});

test('a word of no letters has none', () => {
  expect(lettersOf('')).toEqual(NONE(2 * READ_LETTERS));
});

test('pairs of surrogates are one letter, and half pairs letters of their own', () => {
  const unit = fc.constantFrom('a', 'B', '1', '\ud835\udd16', '\ud835', '\udd16', '日');
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 40 }), (units) => {
      const word = units.join('');
      const all = [...word];
      const letters = lettersOf(word);
      const last = all.slice(-READ_LETTERS);
      const first = all.slice(0, READ_LETTERS).reverse();
      expect(letters).toEqual([
        ...[...NONE(READ_LETTERS - last.length), ...last],
        ...[...NONE(READ_LETTERS - first.length), ...first],
      ]);
    }),
  );
});
