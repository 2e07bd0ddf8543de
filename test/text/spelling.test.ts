import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { casingOf, shapeOf } from '../../src/text/spelling.js';
import { anyUnits } from '../helpers/arbitraries.js';

describe('the shape', () => {
  test.each([
    ['McDonald', 'XxXxx'],
    ['London', 'Xxx'],
    ['IBM', 'XX'],
    ['1984', 'dd'],
    ['U.S.', 'X.X.'],
    ['...', '..'],
    ['B-2', 'X-d'],
    ['日本', '日本'],
    ['Ärzte', 'Xxx'],
    ['٣٤', 'dd'],
    ['𝔖c', 'Xx'],
    ['aBaBaBaBaB', 'xXxXxXxX'],
    ['', ''],
  ])('of %s is %s', (token, shape) => {
    expect(shapeOf(token)).toBe(shape);
  });

  test('has eight characters at most, and never three alike in a row', () => {
    fc.assert(
      fc.property(anyUnits, (token) => {
        const shape = [...shapeOf(token)];
        expect(shape.length).toBeLessThanOrEqual(8);
        for (let i = 2; i < shape.length; i++)
          expect(shape[i] === shape[i - 1] && shape[i] === shape[i - 2]).toBe(false);
      }),
    );
  });
});

describe('the casing', () => {
  test.each([
    ['london', 1],
    ['2nd', 1],
    ['IBM', 2],
    ['B2', 2],
    ['London', 3],
    ['A', 3],
    ['1984', 4],
    ['10.5', 5],
    ['McDonald', 6],
    ['iPhone', 7],
    ['日本', 7],
    ['...', 8],
    ['', 8],
  ])('of %s is %i', (token, casing) => {
    expect(casingOf(token)).toBe(casing);
  });

  test('and the shape judge each character of ASCII as Unicode does', () => {
    for (let code = 0; code < 128; code++) {
      const letter = String.fromCharCode(code);
      const isUpper = /\p{Uppercase}/u.test(letter);
      const isLower = /\p{Lowercase}/u.test(letter);
      const isDigit = /\p{Nd}/u.test(letter);
      expect(shapeOf(letter)).toBe(isUpper ? 'X' : isLower ? 'x' : isDigit ? 'd' : letter);
      expect(casingOf(letter)).toBe(isUpper ? 3 : isLower ? 1 : isDigit ? 4 : 8);
    }
  });
});
