import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  doublePrecision,
  nearestEven,
  shortSigmoid,
  shortTanh,
  singlePrecision,
} from '../../src/numerics/elementary.js';
import { bitsOf, floatOf, floatsBetween } from '../helpers/bits.js';

const { exp, log, tanh } = singlePrecision;

const TINY = floatOf(1);
const SMALLEST_NORMAL = floatOf(0x00800000);
const LARGEST = floatOf(0x7f7fffff);

/** A prime, so that every pattern of low bits comes up; some 300,000 to 700,000 numbers a range. */
const STRIDE = 2999;

function* bothSigns(high: number, low = TINY): Generator<number> {
  for (const x of floatsBetween(low, high, STRIDE)) {
    yield x;
    yield -x;
  }
}

function largest(numbers: Iterable<number>, errorAt: (x: number) => number): number {
  let worst = 0;
  for (const x of numbers) {
    const error = errorAt(x);
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

describe('exp', () => {
  test('is within a relative error of 1e-7 from -87.3 to 88.3', () => {
    expect(largest(bothSigns(87.3), (x) => Math.abs(exp(x) / Math.exp(x) - 1))).toBeLessThan(1e-7);
    expect(largest(floatsBetween(87.3, 88.3, 1), (x) => Math.abs(exp(x) / Math.exp(x) - 1))).toBeLessThan(1e-7);
  });

  test('of 0 is exactly 1', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
  });

  test('stays at the ends of its range beyond them, positive and finite', () => {
    for (const x of [-87.4, -1000, -LARGEST, Number.NEGATIVE_INFINITY]) expect(exp(x)).toBe(exp(Math.fround(-87.3)));
    for (const x of [88.4, 1000, LARGEST, Number.POSITIVE_INFINITY]) expect(exp(x)).toBe(exp(Math.fround(88.3)));
    expect(exp(-1000)).toBeGreaterThanOrEqual(SMALLEST_NORMAL);
    expect(exp(1000)).toBeLessThan(LARGEST);
  });
});

describe('tanh', () => {
  test('is within an absolute error of 4e-7 everywhere', () => {
    expect(largest(bothSigns(LARGEST), (x) => Math.abs(tanh(x) - Math.tanh(x)))).toBeLessThan(4e-7);
  });

  test('is within a relative error of 4e-7 down to the smallest normal number', () => {
    const error = (x: number): number => Math.abs(tanh(x) / Math.tanh(x) - 1);
    expect(largest(bothSigns(LARGEST, 1e-35), error)).toBeLessThan(4e-7);
  });

  test('never leaves -1 to 1, so that 1 - y² is never negative', () => {
    expect(largest(bothSigns(LARGEST), (x) => Math.abs(tanh(x)))).toBe(1);
  });

  test('is odd to the last bit', () => {
    expect(largest(floatsBetween(TINY, 10, STRIDE), (x) => (tanh(-x) === -tanh(x) ? 0 : 1))).toBe(0);
    expect(tanh(0)).toBe(0);
    expect(tanh(-0)).toBe(-0);
  });

  test('is exactly 1 far out', () => {
    for (const x of [8, 1000, LARGEST, Number.POSITIVE_INFINITY]) {
      expect(tanh(x)).toBe(1);
      expect(tanh(-x)).toBe(-1);
    }
  });
});

describe('log', () => {
  test('is within a relative error of 1e-7 over all normal numbers', () => {
    const numbers = floatsBetween(SMALLEST_NORMAL, LARGEST, STRIDE);
    expect(largest(numbers, (x) => (x === 1 ? 0 : Math.abs(log(x) / Math.log(x) - 1)))).toBeLessThan(1e-7);
  });

  test('keeps that error right beside 1, where the logarithm vanishes', () => {
    const error = (x: number): number => Math.abs(log(x) / Math.log(x) - 1);
    expect(largest(floatsBetween(0.999, floatOf(0x3f7fffff), 1), error)).toBeLessThan(1e-7);
    expect(largest(floatsBetween(floatOf(0x3f800001), 1.001, 1), error)).toBeLessThan(1e-7);
  });

  test('of 1 is exactly 0, of 0 minus infinity', () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-0)).toBe(Number.NEGATIVE_INFINITY);
  });

  test('of a probability is never above 0, so that no loss is negative', () => {
    expect(largest(floatsBetween(TINY, 1, STRIDE), log)).toBe(0);
  });

  test.each([-1, -TINY, -LARGEST, Number.NEGATIVE_INFINITY])('of %d is NaN', (x) => {
    expect(log(x)).toBeNaN();
  });
});

test.each(Object.entries({ exp, log, tanh }))('%s of NaN is NaN', (_, functionOfOne) => {
  expect(functionOfOne(Number.NaN)).toBeNaN();
});

test.each(Object.entries({ exp, log, tanh }))('%s gives numbers that single precision holds', (_, functionOfOne) => {
  const isSingle = (x: number): boolean => Object.is(Math.fround(functionOfOne(x)), functionOfOne(x));
  fc.assert(
    fc.property(fc.float(), (x) => isSingle(x)),
    { numRuns: 5000 },
  );
});

test('round goes to the nearest number of single precision, halves to even', () => {
  expect(singlePrecision.round(1 + 2 ** -24)).toBe(1);
  expect(singlePrecision.round(1 + 3 * 2 ** -24)).toBe(1 + 2 ** -22);
  expect(bitsOf(singlePrecision.round(0.1))).toBe('3dcccccd');
});

test('double precision is that of Math', () => {
  expect(doublePrecision).toMatchObject({ exp: Math.exp, log: Math.log, tanh: Math.tanh });
  expect(doublePrecision.round(0.1)).toBe(0.1);
});

describe('the short tanh', () => {
  test('is within an absolute error of 5e-5 everywhere, and so is its sigmoid', () => {
    expect(largest(bothSigns(LARGEST), (x) => Math.abs(shortTanh(x) - Math.tanh(x)))).toBeLessThan(5e-5);
    expect(largest(bothSigns(LARGEST), (x) => Math.abs(shortSigmoid(x) - 1 / (1 + Math.exp(-x))))).toBeLessThan(5e-5);
  });

  test('never leaves -1 to 1, so that states keep to their bits', () => {
    expect(largest(bothSigns(LARGEST), (x) => Math.abs(shortTanh(x)))).toBeLessThanOrEqual(1);
  });

  test('is odd', () => {
    for (const x of floatsBetween(TINY, 10, 200_003)) expect(shortTanh(-x)).toBe(-shortTanh(x));
  });
});

test('nearestEven rounds to the nearest whole number, halves to even', () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 2046.499, 2046.501].map(nearestEven)).toEqual([0, 2, 2, 0, -2, 2046, 2047]);
});
