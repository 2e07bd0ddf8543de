import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { powerOfTwo } from '../../src/numerics/bytes.js';
import { allocateQuantised, quantiseColumns, STATE_FACTOR } from '../../src/numerics/quantised-matrix.js';
import { Random } from '../../src/numerics/random.js';
import { BOTH_KERNELS, bufferOf, numbersAt } from '../helpers/both-kernels.js';

const BOUND = Math.fround(1e15);
const weights = fc.float({ min: -BOUND, max: BOUND, noNaN: true });
const columns = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 12 })).chain(([width, rows]) =>
  fc.record({
    width: fc.constant(width),
    numbers: fc.array(fc.oneof(weights, fc.float({ min: -2, max: 2, noNaN: true })), {
      minLength: rows * width,
      maxLength: rows * width,
    }),
  }),
);

/** The numbers that quantised columns stand for. */
function numbersOf(numbers: ArrayLike<number>, width: number, mostSum?: number): number[] {
  const { integers, exponents } = quantiseColumns(Float32Array.from(numbers), width, mostSum);
  return Array.from(integers, (integer, place) => integer * powerOfTwo(exponents[place % width]));
}

describe('columns of 16 bits', () => {
  test('stand for numbers that differ from the given ones by half of a step at most', () => {
    fc.assert(
      fc.property(columns, ({ width, numbers }) => {
        const { exponents } = quantiseColumns(Float32Array.from(numbers), width);
        for (const [place, number] of numbersOf(numbers, width).entries())
          expect(Math.abs(number - numbers[place])).toBeLessThanOrEqual(powerOfTwo(exponents[place % width]) / 2);
      }),
    );
  });

  test('use 15 bits of their largest number', () => {
    expect([...quantiseColumns(Float32Array.of(3, 0.75, -1), 1).integers]).toEqual([24_576, 6144, -8192]);
    expect([...quantiseColumns(Float32Array.of(-65_535, 1, 65_534), 1).integers]).toEqual([-16_384, 0, 16_384]);
  });

  test('come back as they are when they are rounded again', () => {
    fc.assert(
      fc.property(columns, ({ width, numbers }) => {
        const once = numbersOf(numbers, width);
        expect(numbersOf(once, width)).toEqual(once);
      }),
    );
  });

  test('have so large a step that the sum of their absolute values fits', () => {
    fc.assert(
      fc.property(columns, fc.integer({ min: 1000, max: 50_000 }), ({ width, numbers }, mostSum) => {
        const { integers } = quantiseColumns(Float32Array.from(numbers), width, mostSum);
        for (let column = 0; column < width; column++) {
          const own = [...integers].filter((_, place) => place % width === column);
          expect(own.reduce((sum, integer) => sum + Math.abs(integer), 0)).toBeLessThanOrEqual(mostSum);
        }
      }),
    );
  });
});

describe.each(BOTH_KERNELS)('products by the %s kernels', (_, create) => {
  test.each([1, 4, 7])('of %i rows of states are those of the rounded weights, exactly summed', (M) => {
    const [K, N] = [32, 24];
    const kernels = create();
    const random = new Random(5, M);
    const numbers = Float32Array.from({ length: K * N }, () => random.uniform() * 6 - 3);
    const matrix = allocateQuantised(kernels, K, N);
    kernels.packQuantised(bufferOf(kernels, numbers), matrix.panels, matrix.scales, K, N, STATE_FACTOR);
    const states = Array.from({ length: M * K }, () => random.below(2 * STATE_FACTOR + 1) - STATE_FACTOR);
    const pairs = kernels.allocate((M * K) / 2);
    for (let i = 0; i < M * K; i += 2) kernels.integers[pairs + i / 2] = (states[i] & 0xffff) | (states[i + 1] << 16);
    const c = kernels.allocate(M * N);
    kernels.multiplyQuantised(pairs, K / 2, matrix.panels, matrix.scales, c, N, M, K, N);
    const rounded = numbersOf(numbers, N, Math.floor((2 ** 31 - 1) / STATE_FACTOR));
    const expected = Array.from({ length: M * N }, (_each, place) => {
      const [m, n] = [Math.floor(place / N), place % N];
      return states
        .slice(m * K, (m + 1) * K)
        .reduce((sum, state, k) => sum + (state / STATE_FACTOR) * rounded[k * N + n], 0);
    });
    for (const [place, found] of numbersAt(kernels, c, M * N).entries())
      expect(Math.abs(found - expected[place])).toBeLessThan(1e-5);
  });

  test('do not overflow where all weights are alike and all states are 1', () => {
    const [K, N] = [512, 8];
    const kernels = create();
    const matrix = allocateQuantised(kernels, K, N);
    const weights = bufferOf(kernels, new Float32Array(K * N).fill(0.9));
    kernels.packQuantised(weights, matrix.panels, matrix.scales, K, N, STATE_FACTOR);
    const states = kernels.allocate(K / 2);
    kernels.integers.fill(STATE_FACTOR | (STATE_FACTOR << 16), states, states + K / 2);
    const c = kernels.allocate(N);
    kernels.multiplyQuantised(states, K / 2, matrix.panels, matrix.scales, c, N, 1, K, N);
    for (const found of numbersAt(kernels, c, N)) expect(Math.abs(found / (0.9 * K) - 1)).toBeLessThan(1e-3);
  });
});
