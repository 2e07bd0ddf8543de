import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseHiding, fewestNames, largestRank } from '../../src/evaluation/hiding-bound.js';
import { CERTAIN, countLevels, leastOfLevel, levelOf } from '../../src/model/hiding-scores.js';
import { Random } from '../../src/numerics/random.js';
import { userErrorOf } from '../helpers/user-error.js';

/** The probability of fewer than k misses among n, by its definition. */
function binomialBelow(k: number, n: number, misses: number): number {
  let sum = 0;
  for (let j = 0; j < k; j++) {
    let term = 1;
    for (let i = 1; i <= j; i++) term *= (n - j + i) / i;
    sum += term * misses ** j * (1 - misses) ** (n - j);
  }
  return sum;
}

const scoresOf = (names: readonly number[], outside: readonly number[] = []) => ({
  names: names.map((name) => [name]),
  outside: countLevels(outside),
});

describe('the rank of the name from which on words are hidden', () => {
  test('is the largest with which a shortfall has a probability of 5 % or less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.double({ min: 0.01, max: 0.5, noNaN: true }), (n, misses) => {
        const rank = largestRank(n, misses);
        expect(binomialBelow(rank, n, misses)).toBeLessThanOrEqual(0.05 + 1e-9);
        expect(binomialBelow(rank + 1, n, misses)).toBeGreaterThan(0.05 - 1e-9);
      }),
    );
  });

  test('is found for a hundred thousand names as for few', () => {
    // Mean 1,000 and deviation 31.5: 1.645 deviations below the mean.
    expect(largestRank(100_000, 0.01)).toBeGreaterThan(945);
    expect(largestRank(100_000, 0.01)).toBeLessThan(950);
  });

  test('needs 299 names for 99 %, 59 for 95 % and 29 for 90 %', () => {
    expect([0.01, 0.05, 0.1, 0.96].map(fewestNames)).toEqual([299, 59, 29, 1]);
    for (const misses of [0.01, 0.05, 0.1]) {
      expect(largestRank(fewestNames(misses), misses)).toBe(1);
      expect(largestRank(fewestNames(misses) - 1, misses)).toBe(0);
    }
  });
});

test('the fewest names for a promise are found at once, however many they are', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-4, max: 0.99, noNaN: true }), (misses) => {
      const names = fewestNames(misses);
      expect((1 - misses) ** names).toBeLessThanOrEqual(0.05 + 1e-9);
      expect((1 - misses) ** (names - 1)).toBeGreaterThan(0.05 - 1e-9);
    }),
  );
  expect(fewestNames(1 - 0.9999999999) / (Math.log(20) * 1e10)).toBeCloseTo(1, 6);
});

describe('the level from which on words are hidden', () => {
  test('hides the wanted share of names in at least 95 % of draws, and counts its cost', () => {
    const random = new Random(7);
    const draw = (): number => levelOf(random.uniform() ** 3);
    let broken = 0;
    for (let round = 0; round < 400; round++) {
      const { probability } = chooseHiding(scoresOf(Array.from({ length: 300 }, draw)), 0.9, 'model.json');
      // A third power is below the probability as often as its root says.
      if (Math.cbrt(probability) > 0.1) broken++;
    }
    expect(broken / 400).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 400));
    const names = Array.from({ length: 100 }, (_, index) => index + 1);
    const hiding = chooseHiding(scoresOf(names, [0, 4, 5, CERTAIN]), 0.9, 'model.json');
    expect(hiding).toEqual({
      level: 5,
      probability: leastOfLevel(5),
      names: { all: 100, hidden: 96 },
      outside: { all: 4, hidden: 2 },
    });
  });

  test('is lower where the names of a document are missed together', () => {
    const random = new Random(5);
    const draw = (): number => levelOf(random.uniform() ** 3);
    const alone = Array.from({ length: 2000 }, draw);
    // As many names and levels, but all ten of a document have the same.
    const together = alone.map((_, index) => alone[10 * Math.floor(index / 10)] ?? 0);
    const groupsOf = (levels: readonly number[]) =>
      Array.from({ length: 200 }, (_, group) => levels.slice(10 * group, 10 * group + 10));
    const hide = (names: readonly (readonly number[])[]) =>
      chooseHiding({ names, outside: [] }, 0.9, 'model.json').names.hidden;
    const independent = hide(together.map((level) => [level]));
    expect(hide(groupsOf(alone))).toBeLessThan(1840);
    expect(independent).toBeLessThan(1840);
    expect(hide(groupsOf(together))).toBeGreaterThan(independent + 20);
  });

  test('is refused where dev has too few names, with the number that is missing', () => {
    const error = userErrorOf(() => chooseHiding(scoresOf(new Array(120).fill(CERTAIN)), 0.99, 'model.json'));
    expect(error.message).toBe(
      'model.json: to promise that 99 % of names are hidden takes 299 names in dev, and it had 120: 179 are missing',
    );
    expect(error.exitCode).toBe(3);
    const almostAll = userErrorOf(() => chooseHiding(scoresOf([CERTAIN]), 0.9999999999, 'model.json'));
    expect(almostAll.message).toMatch(/to promise that 99\.99999999 % of names are hidden takes 2995\d{7} names/);
  });

  test('is refused where every word would be hidden', () => {
    const names = [...new Array(290).fill(CERTAIN), ...new Array(10).fill(0)];
    expect(userErrorOf(() => chooseHiding(scoresOf(names), 0.99, 'model.json')).message).toMatch(/every word/);
  });

  test('is refused where the checkpoint is of a version that did not measure it', () => {
    const error = userErrorOf(() => chooseHiding(undefined, 0.9, 'model.json'));
    expect(error.message).toMatch(/^model\.json: it does not say how surely names of dev were found/);
    expect(error.hint).toMatch(/29 names or more/);
  });
});
