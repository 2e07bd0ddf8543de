import { describe, expect, test } from 'vitest';
import { singlePrecision } from '../../src/numerics/elementary.js';
import { bitsOf, digestOf, floatsBetween } from '../helpers/bits.js';

/**
 * Checkpoints are promised bit by bit, so that a change here is a change of every checkpoint. The figures are what the
 * functions gave when they were written; they may change only together with the format's version or the release notes.
 */
const GOLDEN: readonly [name: 'exp' | 'log' | 'tanh', x: number, bits: string][] = [
  ['exp', -87.3, '0084c38b'],
  ['exp', -10, '383e6bce'],
  ['exp', -1, '3ebc5ab2'],
  ['exp', -0.1, '3f67a36d'],
  ['exp', 0.1, '3f8d763e'],
  ['exp', 1, '402df854'],
  ['exp', 10, '46ac14ee'],
  ['exp', 88.3, '7f27ba46'],
  ['log', 1.2e-38, 'c2aea1bf'],
  ['log', 1e-10, 'c1b834f1'],
  ['log', 0.1, 'c0135d8e'],
  ['log', 0.5, 'bf317218'],
  ['log', 0.75, 'be934b10'],
  ['log', 2, '3f317218'],
  ['log', 10, '40135d8e'],
  ['log', 3e38, '42b13196'],
  ['tanh', -3, 'bf7ebbe8'],
  ['tanh', -0.5, 'beec9a9f'],
  ['tanh', 0.000001, '358637bc'],
  ['tanh', 0.1, '3dcc1ebb'],
  ['tanh', 0.5, '3eec9a9f'],
  ['tanh', 1, '3f42f7d6'],
  ['tanh', 3, '3f7ebbe8'],
  ['tanh', 7, '3f7fffe4'],
];

test.each(GOLDEN)('%s of %d has the bits %s', (name, x, bits) => {
  expect(bitsOf(singlePrecision[name](Math.fround(x)))).toBe(bits);
});

describe('a changed bit is seen in results over the whole range', () => {
  function digest(name: 'exp' | 'log' | 'tanh', low: number, high: number): string {
    const { [name]: functionOfOne } = singlePrecision;
    return digestOf(Array.from(floatsBetween(low, high, 2003), functionOfOne));
  }

  test.each([
    ['exp', 1e-10, 88.3, '413b3370'],
    ['exp', -1e-10, -87.3, '7dd45369'],
    ['log', 1.2e-38, 3e38, 'b77e7994'],
    ['tanh', 1e-10, 8, 'c684fe5c'],
    ['tanh', -1e-10, -8, '42bc375c'],
  ] as const)('%s from %d to %d', (name, low, high, expected) => {
    expect(digest(name, low, high)).toBe(expected);
  });
});
