import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { orderBatches } from '../../src/training/order.js';

const lists = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 120 });
const sizes = fc.integer({ min: 1, max: 40 });

function order(lengths: readonly number[], batchSize: number, seed = 1): number[][] {
  return orderBatches(lengths, batchSize, new Random(seed));
}

describe('the batches of an epoch', () => {
  test('hold every sentence once, full but for one', () => {
    fc.assert(
      fc.property(lists, sizes, fc.nat(), (lengths, batchSize, seed) => {
        const batches = order(lengths, batchSize, seed);
        expect(batches.flat().sort((a, b) => a - b)).toEqual([...lengths.keys()]);
        expect(batches).toHaveLength(Math.ceil(lengths.length / batchSize));
        const short = batches.filter((batch) => batch.length < batchSize);
        expect(short.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('hold sentences of like length, the longest first', () => {
    fc.assert(
      fc.property(lists, sizes, fc.nat(), (lengths, batchSize, seed) => {
        const batches = order(lengths, batchSize, seed).map((batch) => batch.map((sentence) => lengths[sentence]));
        const byLength = batches.sort((a, b) => b[0] - a[0] || b[b.length - 1] - a[a.length - 1]);
        expect(byLength.flat()).toEqual([...lengths].sort((a, b) => b - a));
      }),
    );
  });

  test('come in random order', () => {
    const lengths = Array.from({ length: 100 }, (_, index) => index + 1);
    const firstLengths = order(lengths, 5).map(([first]) => first);
    expect(firstLengths).not.toEqual([...firstLengths].sort((a, b) => b - a));
    const longestComesAt = new Set(
      Array.from({ length: 200 }, (_, seed) => order(lengths, 5, seed).findIndex((batch) => batch.includes(99))),
    );
    expect(longestComesAt.size).toBe(20);
  });

  test('mix sentences of one length anew', () => {
    const lengths = new Array(12).fill(7);
    const mates = new Set(
      Array.from({ length: 100 }, (_, seed) =>
        order(lengths, 2, seed)
          .find((batch) => batch.includes(0))
          ?.join(),
      ),
    );
    expect(mates.size).toBeGreaterThan(15);
  });

  test('follow from the seed alone', () => {
    const lengths = Array.from({ length: 50 }, (_, index) => (index * 7) % 11);
    expect(order(lengths, 8, 3)).toEqual(order(lengths, 8, 3));
    expect(order(lengths, 8, 4)).not.toEqual(order(lengths, 8, 3));
  });
});
