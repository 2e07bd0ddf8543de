import type { Random } from '../numerics/random.js';
import { at } from '../text/at.js';
import type { Measure } from '../text/measure.js';
import { deviationOf, meanOf } from './spread.js';

/** The scores of trainings on a fraction of a corpus. */
export interface CurvePoint {
  /** Fraction of the training data, up to 1. */
  readonly part: number;
  /** Number of sentences: the mean over seeds, each of which draws its own part. */
  readonly sentences: number;
  /** Number of tokens: the mean over seeds. */
  readonly tokens: number;
  /** The score of each seed, as a fraction of 1. */
  readonly scores: readonly number[];
  readonly mean: number;
  /** Sample standard deviation over seeds; 0 for a single seed. */
  readonly deviation: number;
}

/** A value with its 95 % interval, which is missing if there is only one seed. */
export interface Estimate {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** What a law says of twice the largest part. */
interface Doubling {
  readonly score: Estimate;
  /** Gain of the score over the mean that was measured on the largest part. */
  readonly gain: Estimate;
  /** Whether the law may be flat there, so that the gain is one over an unlucky measurement. */
  readonly mayBeNothing: boolean;
}

export interface LearningCurve {
  readonly points: readonly CurvePoint[];
  /** The error as a function of the part; undefined if there are too few sizes. */
  readonly law: PowerLaw | undefined;
  /** The part whose mean differs most from the law. If the difference is not due to chance, the law does not hold. */
  readonly misfit: { readonly part: number; readonly largest: number; readonly isChance: boolean } | undefined;
  /** Twice the largest part, extrapolated by the law. */
  readonly doubling: Doubling | undefined;
}

/** A learning curve with the measure, corpus and seeds of its scores. */
export interface MeasuredCurve extends LearningCurve {
  readonly measure: Measure;
  /** The corpus that gave the scores. */
  readonly scored: 'dev' | 'test';
  readonly seeds: readonly number[];
}

/** The law has three parameters, so that fitting it takes three sizes. */
const FEWEST_SIZES = 3;

/** Number of bootstrap samples. */
const RESAMPLES = 1000;

/** A smaller rise of the law counts as none. */
const LEAST_RISE = 0.0005;

/** Decimals of results that are computed with powers, whose last bits differ between engines. */
const DIGITS = 6;

/** Summarizes scores by part, and fits a power law to them. */
export function describeCurve(
  measured: readonly Omit<CurvePoint, 'mean' | 'deviation'>[],
  random: Random,
): LearningCurve {
  const points = measured.map((point) => {
    return { ...point, mean: rounded(meanOf(point.scores)), deviation: rounded(deviationOf(point.scores)) };
  });
  if (points.length < FEWEST_SIZES) return { points, law: undefined, misfit: undefined, doubling: undefined };
  // Every part has the same number of seeds, so that the fit to the means is also the least-squares fit to the scores.
  const errors = points.map(({ part, scores }) => ({ size: part, error: 1 - meanOf(scores) }));
  const law = fitPowerLaw(errors);
  const found = doublingOf(errors, law);
  const resampled = resample(points, random).map((each) => doublingOf(each, fitPowerLaw(each)));
  const estimate = (name: keyof typeof found): Estimate => ({
    value: rounded(found[name]),
    ...middle95(resampled.map((each) => each[name])),
  });
  const rise = estimate('rise');
  return {
    points,
    law: { floor: rounded(law.floor), scale: rounded(law.scale), rate: rounded(law.rate) },
    misfit: misfitOf(law, points),
    doubling: { score: estimate('score'), gain: estimate('gain'), mayBeNothing: (rise.low ?? 1) < LEAST_RISE },
  };
}

/**
 * Returns the score that a law predicts for twice the largest size, its gain over the one measured there, and its rise
 * over the one that the law predicts there.
 */
function doublingOf(measured: readonly SizedError[], law: PowerLaw): Record<'score' | 'gain' | 'rise', number> {
  const { size, error } = at(measured, measured.length - 1);
  const score = scoreAt(law, 2 * size);
  return { score, gain: score - (1 - error), rise: score - scoreAt(law, size) };
}

/** Differences of up to two standard errors of a part's mean, or up to 0.01, count as chance. */
function misfitOf(law: PowerLaw, points: readonly CurvePoint[]): LearningCurve['misfit'] {
  const differences = points.map(({ part, mean }) => Math.abs(scoreAt(law, part) - mean));
  const largest = Math.max(...differences);
  const { part } = at(points, differences.indexOf(largest));
  const variance = meanOf(points.map(({ deviation }) => deviation ** 2));
  const error = Math.sqrt(variance / (points[0]?.scores.length ?? 1));
  return { part, largest: rounded(largest), isChance: largest <= Math.max(0.01, 2 * error) };
}

/** Returns the score that a law predicts for a fraction, or a multiple, of the training data. */
export function scoreAt(law: PowerLaw, part: number): number {
  return 1 - errorAt(law, part);
}

/**
 * Draws bootstrap samples of the mean error of each part by resampling residuals (Efron & Tibshirani 1993, chapter 9):
 * around the mean of each part, the differences of seeds from the mean of any part are drawn with replacement, enlarged
 * because the means are estimates. Returns no samples if there is only one seed.
 */
function resample(points: readonly CurvePoint[], random: Random): SizedError[][] {
  const residuals = points.flatMap(({ scores }) => {
    const mean = meanOf(scores);
    const widening = Math.sqrt(scores.length / Math.max(1, scores.length - 1));
    return scores.length < 2 ? [] : scores.map((score) => (score - mean) * widening);
  });
  if (residuals.length === 0) return [];
  return Array.from({ length: RESAMPLES }, () =>
    points.map(({ part, scores }) => {
      const mean = meanOf(scores);
      const drawn = scores.map(() => mean + (residuals[random.below(residuals.length)] ?? 0));
      return { size: part, error: 1 - meanOf(drawn) };
    }),
  );
}

function middle95(values: readonly number[]): { low: number; high: number } | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [0.025, 0.975].map((fraction) => sorted[Math.floor(fraction * (sorted.length - 1))]);
  return low === undefined || high === undefined ? undefined : { low: rounded(low), high: rounded(high) };
}

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}

/**
 * The error as a function of the size of the training data: floor + scale · size^-rate, a power law above an error that
 * no amount of data removes (Hestness et al. 2017, Deep Learning Scaling is Predictable, Empirically, section 2).
 */
export interface PowerLaw {
  /** The irreducible error, at least 0. */
  readonly floor: number;
  /** At least 0. */
  readonly scale: number;
  readonly rate: number;
}

/** The error measured with training data of a size, which is relative to some fixed size. */
export interface SizedError {
  readonly size: number;
  readonly error: number;
}

/** The rates that are tried: 0.05 to 2. */
const RATES = Array.from({ length: 196 }, (_, index) => 0.05 + index / 100);

/** Returns the error that a power law predicts for a size. */
export function errorAt({ floor, scale, rate }: PowerLaw, size: number): number {
  return floor + scale * size ** -rate;
}

/**
 * Returns the least-squares fit of a power law. For each rate that is tried, floor and scale are the parameters of a
 * straight line.
 */
export function fitPowerLaw(measured: readonly SizedError[]): PowerLaw {
  let best: PowerLaw = { floor: 0, scale: 0, rate: 1 };
  let least = Number.POSITIVE_INFINITY;
  for (const rate of RATES) {
    const points = measured.map(({ size, error }) => ({ x: size ** -rate, y: error }));
    const { floor, scale } = fitLine(points);
    const squares = points.reduce((sum, { x, y }) => sum + (floor + scale * x - y) ** 2, 0);
    if (squares >= least) continue;
    least = squares;
    best = { floor, scale, rate };
  }
  return best;
}

/** Returns the least-squares fit of a straight line whose two parameters are at least 0. */
function fitLine(points: readonly { readonly x: number; readonly y: number }[]): Omit<PowerLaw, 'rate'> {
  const n = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  const xx = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const xy = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  const scale = xx > 0 ? xy / xx : 0;
  if (scale <= 0) return { floor: meanY, scale: 0 };
  const floor = meanY - scale * meanX;
  if (floor >= 0) return { floor, scale };
  const through = points.reduce((sum, { x, y }) => sum + x * y, 0) / points.reduce((sum, { x }) => sum + x * x, 0);
  return { floor: 0, scale: through };
}
