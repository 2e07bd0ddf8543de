import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planRounds, rankResults, type TrialResult } from '../../../src/commands/sweep/trials.js';

test('random search is one round', () => {
  expect(planRounds('random', 20, 10)).toEqual([{ first: 1, size: 20, epochs: undefined }]);
});

test('halving gives a third of the configurations three times the epochs', () => {
  expect(planRounds('halving', 27, 15)).toEqual([
    { first: 1, size: 27, epochs: 2 },
    { first: 28, size: 9, epochs: 5 },
    { first: 37, size: 3, epochs: 15 },
  ]);
  expect(planRounds('halving', 2, 15)).toEqual([{ first: 1, size: 2, epochs: 15 }]);
});

test('whatever the numbers, the last round of halving trains whole, and trials are numbered without a gap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 200 }), (configurations, epochs) => {
      const rounds = planRounds('halving', configurations, epochs);
      expect(rounds.at(-1)?.epochs).toBe(epochs);
      let next = 1;
      for (const { first, size, epochs: each = 0 } of rounds) {
        expect(first).toBe(next);
        expect(size).toBeGreaterThan(0);
        expect(each).toBeGreaterThan(0);
        next += size;
      }
    }),
  );
});

test('a later round is better, then a higher score, then a lower number; what failed is last', () => {
  const result = (trial: number, round: number, f1?: number): TrialResult => ({
    ...{ trial, round, configuration: trial, settings: {}, seconds: 1 },
    ...(f1 === undefined ? { failed: 'why' } : { dev: { precision: 0, recall: 0, f1, accuracy: 1 - f1 } }),
  });
  const results = [result(1, 1, 0.9), result(2, 1), result(3, 1, 0.9), result(4, 2, 0.5), result(5, 2, 0.6)];
  expect(rankResults(results, 'f1').map(({ trial }) => trial)).toEqual([5, 4, 1, 3, 2]);
  expect(rankResults(results, 'accuracy').map(({ trial }) => trial)).toEqual([4, 5, 1, 3, 2]);
});
