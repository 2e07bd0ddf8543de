import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKernels } from '../../src/numerics/fastest.js';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { type Division, kMeans } from '../../src/words/k-means.js';

function divide(rows: readonly (readonly number[])[], K: number, kernels = createKernels(), rounds = 50): Division {
  const width = rows[0]?.length ?? 1;
  const steps = kMeans(kernels, { numbers: Float32Array.from(rows.flat()), width }, K, rounds, new Random(1));
  for (;;) {
    const { value, done } = steps.next();
    if (done) return value;
  }
}

/** Returns the sum of squared distances of rows to the centroids that they have. */
function cost(rows: readonly (readonly number[])[], { centroids, clusters }: Division): number {
  return rows.reduce((sum, row, index) => {
    const start = (clusters[index] as number) * row.length;
    return sum + row.reduce((own, number, d) => own + (number - (centroids[start + d] as number)) ** 2, 0);
  }, 0);
}

const rowsOf = (width: number) =>
  fc.array(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: width, maxLength: width }), {
    minLength: 6,
    maxLength: 40,
  });

describe('k-means', () => {
  test('finds groups that are far from each other', () => {
    const random = new Random(7);
    const rows = Array.from({ length: 900 }, (_, index) =>
      [index % 3 === 0 ? 1 : 0, index % 3 === 1 ? 1 : 0, 0].map((number) => number + 0.1 * random.uniform()),
    );
    const { clusters } = divide(rows, 3);
    for (const [index, cluster] of clusters.entries()) expect(cluster).toBe(clusters[index % 3]);
    expect(new Set(clusters).size).toBe(3);
  });

  test('leaves each row with its nearest centroid, and costs no more with more rounds', () => {
    fc.assert(
      fc.property(rowsOf(5), fc.integer({ min: 1, max: 6 }), (rows, K) => {
        const division = divide(rows, K);
        for (const [index, row] of rows.entries()) {
          const distances = Array.from({ length: K }, (_, k) =>
            cost([row], { ...division, clusters: Uint16Array.of(k) }),
          );
          expect(distances[division.clusters[index] as number]).toBeLessThanOrEqual(Math.min(...distances) + 1e-5);
        }
        expect(cost(rows, division)).toBeLessThanOrEqual(cost(rows, divide(rows, K, undefined, 1)) + 1e-4);
      }),
    );
  });

  test('gives the same bits with the plain kernels', () => {
    fc.assert(
      fc.property(rowsOf(6), fc.integer({ min: 1, max: 6 }), (rows, K) => {
        expect(divide(rows, K)).toEqual(divide(rows, K, createReferenceKernels()));
      }),
      { numRuns: 30 },
    );
  });
});
