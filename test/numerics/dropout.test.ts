import { describe, expect, test } from 'vitest';
import { shifted } from '../../src/numerics/kernels.js';
import { BOTH_KERNELS, integersOf, numbersAt } from '../helpers/both-kernels.js';

const M = 200;
const N = 64;

describe.each(BOTH_KERNELS)('dropout of the %s kernels', (_, create) => {
  /** What becomes of rows of ones. */
  function drop(rate: number, keyOf = (row: number): number => Math.imul(row, 0x9e3779b1)): number[][] {
    const kernels = create();
    const x = kernels.allocate(M * N);
    kernels.fill(x, 1, M * N);
    kernels.dropout(
      x,
      N,
      integersOf(
        kernels,
        Array.from({ length: M }, (_row, row) => keyOf(row)),
      ),
      rate,
      M,
      N,
    );
    return Array.from({ length: M }, (_row, row) => numbersAt(kernels, shifted(x, row * N), N));
  }

  test.each([0.1, 0.3, 0.5, 0.9])('drops about the share %d and scales the others up', (rate) => {
    const numbers = drop(rate).flat();
    const scaled = Math.fround(1 / Math.fround(1 - Math.fround(rate)));
    expect(new Set(numbers)).toEqual(new Set([0, scaled]));
    const share = numbers.filter((x) => x === 0).length / numbers.length;
    expect(Math.abs(share - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / numbers.length));
  });

  test('drops in each column about as often', () => {
    const rows = drop(0.5);
    for (let column = 0; column < N; column++) {
      const dropped = rows.filter((row) => row[column] === 0).length;
      expect(Math.abs(dropped / M - 0.5)).toBeLessThan(0.15);
    }
  });

  test('drops the same numbers for the same keys, as the backward pass needs', () => {
    expect(drop(0.3)).toEqual(drop(0.3));
  });

  test('drops others in each row, and about half of the same ones at one half', () => {
    const rows = drop(0.5);
    expect(new Set(rows.map((row) => row.join())).size).toBe(M);
    const agreeing = rows.slice(1).flatMap((row, index) => row.filter((x, column) => x === rows[index][column])).length;
    expect(agreeing / ((M - 1) * N)).toBeCloseTo(0.5, 1);
  });

  test('drops the same in rows with the same key', () => {
    const rows = drop(0.5, () => 17);
    expect(new Set(rows.map((row) => row.join())).size).toBe(1);
  });

  test('changes nothing at rate 0 and leaves nothing at rate 1', () => {
    expect(new Set(drop(0).flat())).toEqual(new Set([1]));
    expect(new Set(drop(1).flat())).toEqual(new Set([0]));
  });
});
