import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lettersOf, READ_LETTERS } from '../../src/text/letters.js';
import { collect, idsOf } from '../helpers/features.js';

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

describe('the letters that features are made of', () => {
  const collected = collect(
    [
      ['Aab', 'ab', 'bcc'],
      ['ab', '𝔖'],
    ],
    ['form', 'casing', 'letters'],
  );

  test('are those as written that two tokens have, however often each has them, and the empty one of short tokens', () => {
    expect(collected.others.map(({ name }) => name)).toEqual(['casing', 'letters']);
    expect(collected.others[1].values).toEqual(['', 'b', 'a']);
  });

  test('stand in one table, of which a token names a row for each letter that is read', () => {
    expect(collect([], ['form', 'casing', 'letters']).tables.at(-1)).toMatchObject({
      name: 'letters',
      part: 'letters',
      rows: 1,
      named: 2 * READ_LETTERS,
    });
    const features = collect([['Aab', 'ab']], ['casing', 'letters']);
    const { values } = features.others[1];
    for (const token of ['ab', 'bAx', '𝔖'])
      expect(idsOf(features, token).slice(1)).toEqual(lettersOf(token).map((letter) => values.indexOf(letter) + 1));
  });
});
