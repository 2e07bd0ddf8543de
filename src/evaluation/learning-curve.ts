import type { Random } from '../numerics/random.js';
import type { Measure } from '../text/measure.js';
import { errorAt, fitPowerLaw, type PowerLaw } from './power-law.js';
import { deviationOf, meanOf } from './spread.js';

/** What trainings on a part of a corpus scored. */
export interface CurvePoint {
  /** Of the training data, to 1. */
  readonly part: number;
  /** Mean over the seeds, as parts are drawn anew for each. */
  readonly sentences: number;
  readonly tokens: number;
  /** A fraction of 1 for each seed. */
  readonly scores: readonly number[];
  readonly mean: number;
  /** Over the seeds, of a sample; 0 of a single one. */
  readonly deviation: number;
}

/** A figure with its 95 % interval; no interval where there is one seed. */
export interface Estimate {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

export interface LearningCurve {
  readonly points: readonly CurvePoint[];
  /** Of the error, by part; undefined where there are too few sizes. */
  readonly law: PowerLaw | undefined;
  /** The largest difference of the law from a part's mean; more than chance explains means that it does not hold. */
  readonly misfit: { readonly largest: number; readonly isChance: boolean } | undefined;
  /** What twice the data would bring, as far as the law goes on. */
  readonly doubling: { readonly score: Estimate; readonly gain: Estimate } | undefined;
}

/** A learning curve, and what its scores are. */
export interface MeasuredCurve extends LearningCurve {
  readonly measure: Measure;
  /** The corpus that gave the scores. */
  readonly scored: 'dev' | 'test';
  readonly seeds: readonly number[];
}

/** A law of three numbers needs as many sizes. */
const FEWEST_SIZES = 3;

/** Times that the scores are drawn anew. */
const RESAMPLES = 1000;

/** Digits of what is computed with powers, whose last bits differ between engines. */
const DIGITS = 6;

/** Puts scores by part and seed together, and fits what they show. */
export function describeCurve(
  measured: readonly Omit<CurvePoint, 'mean' | 'deviation'>[],
  random: Random,
): LearningCurve {
  const points = measured.map((point) => {
    return { ...point, mean: rounded(meanOf(point.scores)), deviation: rounded(deviationOf(point.scores)) };
  });
  if (points.length < FEWEST_SIZES) return { points, law: undefined, misfit: undefined, doubling: undefined };
  // Every part has as many seeds, so that squares around the means are least where those around the scores are.
  const fitted = (means: readonly number[]): PowerLaw =>
    fitPowerLaw(means.map((mean, index) => ({ size: (points[index] as CurvePoint).part, error: 1 - mean })));
  const law = fitted(points.map(({ scores }) => meanOf(scores)));
  const resampled = resample(points, random).map(fitted);
  const estimate = (figure: (law: PowerLaw) => number): Estimate => ({
    value: rounded(figure(law)),
    ...middle95(resampled.map(figure)),
  });
  return {
    points,
    law: { floor: rounded(law.floor), scale: rounded(law.scale), rate: rounded(law.rate) },
    misfit: misfitOf(law, points),
    doubling: {
      score: estimate((each) => scoreAt(each, 2)),
      gain: estimate((each) => scoreAt(each, 2) - scoreAt(each, 1)),
    },
  };
}

/** Two standard errors of a part's mean are chance, and so is less than a hundredth. */
function misfitOf(law: PowerLaw, points: readonly CurvePoint[]): LearningCurve['misfit'] {
  const largest = Math.max(...points.map(({ part, mean }) => Math.abs(scoreAt(law, part) - mean)));
  const variance = meanOf(points.map(({ deviation }) => deviation ** 2));
  const error = Math.sqrt(variance / (points[0]?.scores.length ?? 1));
  return { largest: rounded(largest), isChance: largest <= Math.max(0.01, 2 * error) };
}

/** What a law gives for a part of the data, or a multiple of it. */
export function scoreAt(law: PowerLaw, part: number): number {
  return 1 - errorAt(law, part);
}

/**
 * Means of the parts as they might have come, by a bootstrap of residuals (Efron & Tibshirani 1993, chapter 9): around the mean of
 * each part, what seeds differ by at any part, drawn with replacement and widened for the means that were estimated.
 */
function resample(points: readonly CurvePoint[], random: Random): number[][] {
  const residuals = points.flatMap(({ scores }) => {
    const mean = meanOf(scores);
    const widening = Math.sqrt(scores.length / Math.max(1, scores.length - 1));
    return scores.length < 2 ? [] : scores.map((score) => (score - mean) * widening);
  });
  if (residuals.length === 0) return [];
  return Array.from({ length: RESAMPLES }, () =>
    points.map(({ scores }) => {
      const mean = meanOf(scores);
      return meanOf(scores.map(() => mean + (residuals[random.below(residuals.length)] as number)));
    }),
  );
}

function middle95(values: readonly number[]): { low: number; high: number } | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (fraction: number): number => rounded(sorted[Math.floor(fraction * (sorted.length - 1))] as number);
  return { low: at(0.025), high: at(0.975) };
}

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}
