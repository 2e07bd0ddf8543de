import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NeighbourCounts, NO_WORD, WINDOW } from '../../src/words/neighbour-counts.js';
import { dense } from '../helpers/sparse-rows.js';

const WORDS = 7;
const sentences = fc.array(fc.array(fc.integer({ min: NO_WORD, max: WORDS - 1 }), { maxLength: 12 }), {
  maxLength: 12,
});

/** Counts pair by pair, as the definition says. */
function plainCounts(all: readonly (readonly number[])[], neighbours: number): number[][] {
  const counts = Array.from({ length: WORDS }, () => new Array<number>(neighbours).fill(0));
  for (const ids of all)
    for (const [place, id] of ids.entries())
      for (const [other, neighbour] of ids.entries()) {
        const distance = Math.abs(place - other);
        const row = counts[id];
        if (row && distance > 0 && distance <= WINDOW && neighbour >= 0 && neighbour < neighbours)
          row[neighbour] = (row[neighbour] ?? 0) + WINDOW + 1 - distance;
      }
  return counts;
}

describe('counts of neighbours', () => {
  test('are those of the definition', () => {
    fc.assert(
      fc.property(sentences, fc.integer({ min: 1, max: WORDS }), (all, neighbours) => {
        const counts = new NeighbourCounts(WORDS, neighbours);
        for (const ids of all) counts.addSentence(Int32Array.from(ids));
        expect(dense(counts.toRows())).toEqual(plainCounts(all, neighbours));
      }),
    );
  });

  test('grow with the text, and need no more memory than they may: rare pairs are forgotten, frequent ones stay', () => {
    const counts = new NeighbourCounts(30_000, 8000, 20_000);
    for (let index = 0; index < 30_000; index++) {
      counts.addSentence(Int32Array.of(index, (index * 7919) % 8000, (index * 104_729) % 8000));
      counts.addSentence(Int32Array.of(5, 6));
      expect(counts.size).toBeLessThan(20_000);
    }
    const { starts, places, numbers } = counts.toRows();
    const row = Array.from(places.subarray(starts[5], starts[6]));
    expect(numbers[(starts[5] ?? 0) + row.indexOf(6)]).toBeGreaterThanOrEqual(30_000 * WINDOW);
  });

  test('without any are a matrix of zeros', () => {
    expect(dense(new NeighbourCounts(2, 1).toRows())).toEqual([[0], [0]]);
  });
});
