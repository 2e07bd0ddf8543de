import { describe, expect, test } from 'vitest';
import { RateSchedule, type RateSettings, ratesOfTables } from '../../src/training/optimizer.js';

/** The rates of a whole training. */
function ratesOf(changes: Partial<RateSettings>, steps: number): number[] {
  const settings: RateSettings = { optimizer: 'sgd', learningRate: 0.5, warmup: 0, decay: 'none', ...changes };
  const schedule = new RateSchedule(settings, steps);
  return Array.from({ length: steps }, () => schedule.next().rate);
}

function expectRates(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [step, rate] of expected.entries()) expect(found[step]).toBeCloseTo(rate, 14);
}

describe('the learning rate', () => {
  test('stays as it is where nobody says otherwise', () => {
    expect(ratesOf({}, 5)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
    expect(ratesOf({ optimizer: 'momentum', learningRate: 0.25 }, 2)).toEqual([0.25, 0.25]);
  });

  test('rises evenly over the steps of the warm-up, from the first part to the whole', () => {
    expectRates(ratesOf({ warmup: 4 }, 6), [0.125, 0.25, 0.375, 0.5, 0.5, 0.5]);
    expectRates(ratesOf({ warmup: 1 }, 2), [0.5, 0.5]);
    expectRates(ratesOf({ warmup: 10 }, 2), [0.05, 0.1]);
  });

  test('rises over a hundred steps where nobody says, but a tenth of all at most', () => {
    expectRates(ratesOf({ warmup: undefined }, 20), [0.25, ...new Array(19).fill(0.5)]);
    expectRates(ratesOf({ warmup: undefined }, 2), [0.5, 0.5]);
    const rates = ratesOf({ warmup: undefined }, 2000);
    expectRates(rates.slice(0, 102), [...Array.from({ length: 100 }, (_, step) => (step + 1) / 200), 0.5, 0.5]);
  });

  test('falls in a line over all steps where it decays', () => {
    expectRates(ratesOf({ decay: 'linear' }, 4), [0.5, 0.375, 0.25, 0.125]);
  });

  test('never falls below 2 per cent of what it was', () => {
    const rates = ratesOf({ decay: 'linear', learningRate: 1 }, 1000);
    expectRates(rates.slice(970, 985), [
      ...Array.from({ length: 10 }, (_, index) => 0.03 - index / 1000),
      ...new Array(5).fill(0.02),
    ]);
    expect(Math.min(...rates)).toBe(0.02);
    const schedule = new RateSchedule({ optimizer: 'sgd', learningRate: 1, warmup: 0, decay: 'linear' }, 2);
    expectRates(
      Array.from({ length: 5 }, () => schedule.next().rate),
      [1, 0.5, 0.02, 0.02, 0.02],
    );
  });

  test('rises and falls at once', () => {
    expectRates(ratesOf({ warmup: 2, decay: 'linear' }, 4), [0.25, 0.375, 0.25, 0.125]);
  });
});

describe('the rates of Adam', () => {
  test('hold its corrections, as Kingma and Ba fold them in', () => {
    const schedule = new RateSchedule({ optimizer: 'adam', learningRate: 0.002, warmup: 3, decay: 'linear' }, 10);
    for (let step = 1; step <= 5; step++) {
      const found = schedule.next();
      const learningRate = 0.002 * Math.min(1, step / 3) * (1 - (step - 1) / 10);
      const correction = Math.sqrt(1 - 0.999 ** step);
      expect(found.rate / ((learningRate * correction) / (1 - 0.9 ** step))).toBeCloseTo(1, 12);
      expect(found.epsilon / (1e-8 * correction)).toBeCloseTo(1, 12);
      expect(ratesOfTables(found)).toEqual({ rate: found.rate, epsilon: 1e-8 });
    }
  });
});
