import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CERTAIN, countLevels, leastOfLevel, levelOf } from '../../src/model/hiding-scores.js';

const probability = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 2 ** -20, 1e-30));

describe('levels', () => {
  test('rise with the probability, from 0 to that of certainty', () => {
    fc.assert(
      fc.property(probability, probability, (one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        expect(levelOf(less)).toBeLessThanOrEqual(levelOf(more));
      }),
    );
    expect([0, 2 ** -21, 2 ** -20, 0.5, 1].map(levelOf)).toEqual([0, 0, 1, 305, CERTAIN]);
  });

  test('each begin with the least probability that has them', () => {
    for (let level = 0; level <= CERTAIN; level++) expect(levelOf(leastOfLevel(level))).toBe(level);
    for (let level = 2; level <= CERTAIN; level++) {
      const ratio = leastOfLevel(level) / leastOfLevel(level - 1);
      expect(ratio).toBeGreaterThan(1);
      expect(ratio).toBeLessThanOrEqual(1 + 1 / 16);
    }
  });

  test('are counted lowest first', () => {
    expect(countLevels([5, 0, CERTAIN, 5])).toEqual([
      [0, 1],
      [5, 2],
      [CERTAIN, 1],
    ]);
  });
});
