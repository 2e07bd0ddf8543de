import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeCurve, errorAt, fitPowerLaw, scoreAt } from '../../src/evaluation/learning-curve.js';
import { Random } from '../../src/numerics/random.js';

const PARTS = [1 / 8, 1 / 4, 1 / 2, 1];

/** Points with these scores at an eighth, a quarter, a half and all. */
function pointsOf(scores: readonly (readonly number[])[]) {
  return scores.map((each, index) => ({ part: PARTS[index] as number, sentences: 1, tokens: 1, scores: each }));
}

test('a power law is found again from errors without noise', () => {
  const sizes = [1 / 16, ...PARTS];
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 5, max: 50 }),
      fc.integer({ min: 10, max: 150 }),
      (f, s, r) => {
        const law = { floor: f / 100, scale: s / 100, rate: r / 100 };
        const fitted = fitPowerLaw(sizes.map((size) => ({ size, error: errorAt(law, size) })));
        expect(fitted.rate).toBeCloseTo(law.rate, 2);
        expect(errorAt(fitted, 2)).toBeCloseTo(errorAt(law, 2), 2);
      },
    ),
  );
});

test('no other law has smaller squares', () => {
  const measured = PARTS.map((size, index) => ({ size, error: [0.6, 0.52, 0.41, 0.4][index] as number }));
  const squares = (law: Parameters<typeof errorAt>[0]): number =>
    measured.reduce((sum, { size, error }) => sum + (errorAt(law, size) - error) ** 2, 0);
  const others: number[] = [];
  for (let floor = 0; floor <= 0.5; floor += 0.02)
    for (let scale = 0; scale <= 0.6; scale += 0.02)
      for (let rate = 0.05; rate <= 2; rate += 0.05) others.push(squares({ floor, scale, rate }));
  expect(squares(fitPowerLaw(measured))).toBeLessThanOrEqual(others.reduce((a, b) => Math.min(a, b)) + 1e-9);
});

test('errors that rise with the data give a flat law, not a gain', () => {
  const law = fitPowerLaw(PARTS.map((size) => ({ size, error: 0.3 + size / 10 })));
  expect(errorAt(law, 2)).toBeCloseTo(errorAt(law, 1), 12);
});

test('twice the data: the interval holds what the law that made the scores says, in most of many curves', () => {
  const law = { floor: 0.1, scale: 0.2, rate: 0.5 };
  const random = new Random(5);
  const noise = (): number => (random.uniform() + random.uniform() + random.uniform() - 1.5) * 0.02;
  let held = 0;
  const curves = 15;
  for (let index = 0; index < curves; index++) {
    const scores = PARTS.map((part) => [0, 1, 2, 3, 4].map(() => scoreAt(law, part) + noise()));
    const { doubling, misfit } = describeCurve(pointsOf(scores), new Random(index));
    const { low = 1, high = 0, value } = doubling?.score ?? { value: 0 };
    expect(low).toBeLessThanOrEqual(high);
    expect(value).toBeCloseTo(scoreAt(law, 2), 1);
    expect(misfit?.largest).toBeLessThan(0.03);
    if (low <= scoreAt(law, 2) && scoreAt(law, 2) <= high) held++;
  }
  expect(held / curves).toBeGreaterThan(0.8);
}, 30_000);

test('too few parts are not fitted, and one seed has no interval', () => {
  expect(describeCurve(pointsOf([[0.2], [0.3]]), new Random(1))).toMatchObject({ law: undefined, doubling: undefined });
  const { doubling, points } = describeCurve(pointsOf([[0.2], [0.3], [0.36]]), new Random(1));
  expect(doubling?.score).toEqual({ value: expect.any(Number) });
  expect(points[0]).toMatchObject({ mean: 0.2, deviation: 0 });
});

test('scores that follow no power law are told from chance', () => {
  const { misfit } = describeCurve(
    pointsOf([
      [0, 0],
      [0, 0],
      [0.05, 0.06],
      [0.23, 0.22],
    ]),
    new Random(1),
  );
  expect(misfit).toMatchObject({ isChance: false });
});

/** Rising scores of three seeds at each part, which scatter by up to five points. */
const SCATTERED = fc.array(fc.array(fc.double({ min: 0, max: 0.05, noNaN: true }), { minLength: 3, maxLength: 3 }), {
  minLength: 4,
  maxLength: 4,
});

test('the gain is the score with twice the data minus the last measured one, whatever the fit says there', () => {
  fc.assert(
    fc.property(SCATTERED, (noise) => {
      const scores = noise.map((each, index) => each.map((value) => 0.5 + index / 10 + value));
      const { doubling, points } = describeCurve(pointsOf(scores), new Random(1));
      const { score, gain } = doubling ?? { score: { value: 0 }, gain: { value: 1 } };
      expect(gain.value).toBeCloseTo(score.value - (points[3]?.mean ?? 0), 5);
      expect(gain.low).toBeLessThanOrEqual(gain.high ?? -1);
    }),
    { numRuns: 3 },
  );
});

test('twice the largest part is meant where the largest part is not all', () => {
  const law = { floor: 0.1, scale: 0.2, rate: 0.5 };
  const points = pointsOf(PARTS.map((part) => [scoreAt(law, part)]));
  const halves = points.map((point) => ({ ...point, part: point.part / 2, scores: [scoreAt(law, point.part / 2)] }));
  expect(describeCurve(halves, new Random(1)).doubling?.score.value).toBeCloseTo(scoreAt(law, 1), 3);
});

test('the part is named where the fit misses most', () => {
  const { misfit } = describeCurve(pointsOf([[0.3], [0.4], [0.42], [0.55]]), new Random(1));
  expect(misfit).toEqual({ part: 0.5, largest: expect.any(Number), isChance: false });
});
