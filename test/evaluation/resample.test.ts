import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resample } from '../../src/evaluation/bootstrap.js';
import { Random } from '../../src/numerics/random.js';

const SAMPLES = 4000;

/** Samples of kinds of some sizes. */
function samplesOf(sizes: readonly number[], seed = 1): number[][] {
  const random = new Random(seed);
  return Array.from({ length: SAMPLES }, () => sampleOf(sizes, random));
}

/** How many of each kind one sample draws. */
function sampleOf(sizes: readonly number[], random: Random): number[] {
  const counts: number[] = [];
  resample(
    sizes.map((size) => ({ size })),
    random,
    (_, drawn) => counts.push(drawn),
  );
  return counts;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('samples', () => {
  test('have as many things as there are, and none of a kind that has none', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 9 }), fc.nat(), (sizes, seed) => {
        const drawn = sampleOf(sizes, new Random(seed));
        expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(sizes.reduce((sum, size) => sum + size, 0));
        for (const [kind, size] of sizes.entries()) if (size === 0) expect(drawn[kind]).toBe(0);
        expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test.each([{ sizes: [1, 1] }, { sizes: [50, 30, 19, 1] }, { sizes: [3000, 64, 32, 31] }, { sizes: [7, 7, 7, 7, 7] }])(
    'of $sizes have the means, variances and covariances of the multinomial distribution',
    ({ sizes }) => {
      const samples = samplesOf(sizes);
      const things = sizes.reduce((sum, size) => sum + size, 0);
      const deviations = sizes.map((size, kind) => samples.map((drawn) => (drawn[kind] as number) - size));
      for (const [kind, size] of sizes.entries()) {
        const variance = size * (1 - size / things);
        const own = deviations[kind] as number[];
        expect(Math.abs(mean(own))).toBeLessThan(4 * Math.sqrt(variance / SAMPLES));
        expect(mean(own.map((value) => value ** 2)) / variance).toBeCloseTo(1, 0.6);
        const next = deviations[kind + 1];
        if (!next) continue;
        const covariance = (-size * (sizes[kind + 1] as number)) / things;
        const scale = Math.sqrt(variance * (sizes[kind + 1] as number));
        expect(Math.abs(mean(own.map((value, index) => value * (next[index] as number))) - covariance)).toBeLessThan(
          0.08 * scale,
        );
      }
    },
  );

  test('of single things each leave out a thing as often as chance does', () => {
    const leftOut = mean(
      samplesOf(new Array<number>(20).fill(1)).map((drawn) => drawn.filter((count) => count === 0).length),
    );
    expect(leftOut / 20).toBeCloseTo((1 - 1 / 20) ** 20, 2);
  });

  test('are the same for the same seed', () => {
    expect(samplesOf([5, 4, 3], 7)).toEqual(samplesOf([5, 4, 3], 7));
    expect(samplesOf([5, 4, 3], 7)).not.toEqual(samplesOf([5, 4, 3], 8));
  });
});
