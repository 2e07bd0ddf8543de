import { expect, test } from 'vitest';
import { compare, meanOf, tokensToReach } from './summary.js';

const steps = [
  { tokens: 100, f1: 0.2 },
  { tokens: 200, f1: 0.6 },
  { tokens: 300, f1: 0.5 },
  { tokens: 400, f1: 0.7 },
];

test('tokens are counted between two steps, where the score stays', () => {
  expect(tokensToReach(steps, 0.4)).toBeCloseTo(150, 10);
  expect(tokensToReach(steps, 0.6)).toBeCloseTo(350, 10); // not at 200, behind which it falls again
  expect(tokensToReach(steps, 0.1)).toBe(100);
  expect(tokensToReach(steps, 0.8)).toBeUndefined();
});

test('orders are compared by their means, and not at all where a seed is missing', () => {
  const of = (scale: number) =>
    steps.map((step) => {
      const run = { corpus: 'a', order: 'random', seed: 1, picked: [], sentences: 1, seconds: 1 } as const;
      return { ...run, ...step, tokens: scale * step.tokens };
    });
  expect(compare('a', 0.5, 0.8, { uncertain: [of(1), of(3)], random: [of(4), of(4)] })).toMatchObject({ ratio: 0.5 });
  expect(compare('a', 0.9, 0.9, { uncertain: [of(1)], random: [of(1)] }).ratio).toBeUndefined();
  expect(meanOf([1, undefined])).toBeUndefined();
});
