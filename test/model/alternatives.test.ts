import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Alternative, bestAlternatives } from '../../src/model/alternatives.js';
import type { PathTable } from '../../src/model/span-probability.js';
import { at } from '../../src/numerics/at.js';

/** A table of these factors, those of tokens and of steps; begins and ends have none. */
function tableOf(emissions: readonly (readonly number[])[], steps: readonly (readonly number[])[]): PathTable {
  return {
    length: emissions.length,
    tags: steps.length,
    forward: () => Number.NaN,
    emission: (t, tag) => at(at(emissions, t), tag),
    onward: () => Number.NaN,
    transition: (from, to) => at(at(steps, from), to),
    start: () => 1,
    end: () => 1,
  };
}

/** All sequences that have a probability, the best first. */
function allWays(emissions: readonly (readonly number[])[], steps: readonly (readonly number[])[]): Alternative[] {
  const numbers = [...steps.keys()];
  let ways: { readonly tags: number[]; readonly probability: number }[] = [{ tags: [], probability: 1 }];
  for (const factors of emissions) {
    ways = numbers.flatMap((to) =>
      ways
        .map(({ tags, probability }) => {
          const from = tags.at(-1);
          return {
            tags: [...tags, to],
            probability: probability * (from === undefined ? 1 : at(at(steps, from), to)) * at(factors, to),
          };
        })
        .filter(({ probability }) => probability > 0),
    );
  }
  return ways
    .sort((a, b) => b.probability - a.probability)
    .map(({ tags, probability }) => ({ tags: Int32Array.from(tags), probability: Math.min(1, probability) }));
}

describe('the best sequences of tags', () => {
  test('are the first of all, by falling probability, and no more than there are', () => {
    // Powers of two, whose products are exact.
    const factor = fc.constantFrom(0, 1, 0.5, 0.25, 0.125);
    const table = fc
      .record({ T: fc.integer({ min: 1, max: 4 }), K: fc.integer({ min: 1, max: 3 }) })
      .chain(({ T, K }) => {
        const rows = (count: number) =>
          fc.array(fc.array(factor, { minLength: K, maxLength: K }), { minLength: count, maxLength: count });
        return fc.tuple(rows(T), rows(K));
      });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 200 }), ([emissions, steps], count) => {
        const found = bestAlternatives(tableOf(emissions, steps), count);
        const all = allWays(emissions, steps);
        expect(found.map(({ probability }) => probability)).toEqual(
          all.slice(0, count).map(({ probability }) => probability),
        );
        const nameOf = ({ tags }: Alternative): string => tags.join(' ');
        const known = new Map(all.map((way) => [nameOf(way), way.probability]));
        for (const way of found) expect(known.get(nameOf(way))).toBe(way.probability);
        expect(new Set(found.map(nameOf)).size).toBe(found.length);
      }),
      { numRuns: 500 },
    );
  });

  test('are found in the time of a test where a million are asked for', () => {
    const emissions = Array.from({ length: 7 }, (_, t) =>
      Array.from({ length: 9 }, (_, tag) => 1 / (1 + ((t + 2 * tag) % 9))),
    );
    const steps = Array.from({ length: 9 }, () => Array.from({ length: 9 }, () => 1));
    expect(bestAlternatives(tableOf(emissions, steps), 50_000)).toHaveLength(50_000);
    expect(bestAlternatives(tableOf(emissions.slice(0, 3), steps), 1_000_000)).toHaveLength(729);
  });
});
