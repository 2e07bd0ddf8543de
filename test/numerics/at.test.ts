import { describe, expect, test } from 'vitest';
import { at, doubleAt, floatAt, integerAt, integersAt, numberAt } from '../../src/numerics/at.js';

describe('an item that a list has', () => {
  test('is read, 0 and false and NaN too', () => {
    expect([at(['a', 'b'], 1), at([0, 1], 0), at([false], 0), at(Float32Array.of(Number.NaN), 0)]).toEqual([
      'b',
      0,
      false,
      Number.NaN,
    ]);
    expect([0, 1].map((index) => integerAt(Int32Array.of(0, -7), index))).toEqual([0, -7]);
    expect([0, 1].map((index) => numberAt(Float32Array.of(0, Number.NaN), index))).toEqual([0, Number.NaN]);
    expect(integersAt([Int32Array.of(), Int32Array.of(5)], 1)).toEqual(Int32Array.of(5));
  });
});

describe('an item that a list has not', () => {
  test.each([-1, 2, 0.5, Number.NaN])('is an error that names it: %d of 2', (index) => {
    expect(() => at([1, 2], index)).toThrow(`no item ${index} among 2`);
    expect(() => integerAt(Int32Array.of(1, 2), index)).toThrow(`no whole number ${index} among 2`);
    expect(() => integersAt([Int32Array.of(1), Int32Array.of(2)], index)).toThrow(`no list ${index} among 2`);
    expect(() => floatAt(Float32Array.of(1, 2), index)).toThrow(`no number ${index} among 2`);
    expect(() => doubleAt(Float64Array.of(1, 2), index)).toThrow(`no number ${index} among 2`);
    for (const numbers of [Float32Array.of(1, 2), Float64Array.of(1, 2)])
      expect(() => numberAt(numbers, index)).toThrow(`no number ${index} among 2`);
  });
});
