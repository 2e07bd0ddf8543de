import { errorAt, fitPowerLaw } from '../evaluation/learning-curve.js';
import { at } from '../text/at.js';

/** The number of accepted sentences from which a model learns, and the growth from which it learns anew. */
export const FIRST = 20;
const GROWTH = 0.1;

/** The number of sentences of the random tenth from which scores are counted on them, and training leaves them out. */
export const FEWEST_SCORED = 50;

/** The pause after which what is new is learnt at once, in seconds. */
const PAUSE = 3;

/** What decides whether a model should learn now. */
export interface LearningMoment {
  /** The number of accepted sentences. */
  readonly accepted: number;
  /** Whether an accepted sentence has an entity. */
  readonly hasSpans: boolean;
  /** The number of accepted sentences when the last model began to learn; 0 if none did. */
  readonly learnt: number;
  /** The number of decisions since then. */
  readonly changes: number;
  /** The number of seconds since the last decision. */
  readonly idle: number;
}

/** Returns whether a model should learn now: at first, when a tenth more has come, and when the person pauses. */
export function shouldLearn({ accepted, hasSpans, learnt, changes, idle }: LearningMoment): boolean {
  if (accepted < FIRST || !hasSpans || changes === 0) return false;
  return learnt === 0 || accepted - learnt >= GROWTH * learnt || idle >= PAUSE;
}

/** Returns how many more accepted sentences there must be until the first model learns. */
export function untilFirst(accepted: number): number {
  return Math.max(0, FIRST - accepted);
}

/** The score of a model by the number of sentences that it learnt from. */
export interface CurvePoint {
  readonly sentences: number;
  readonly f1: number;
}

/** Adds a score to others; one from the same number of sentences takes the place of the one before. */
export function addPoint(points: readonly CurvePoint[], point: CurvePoint): CurvePoint[] {
  return [...points.filter(({ sentences }) => sentences !== point.sentences), point];
}

/** The law has three parameters, so that fitting it takes three sizes. */
const FEWEST_POINTS = 3;

/** By how much the largest size must be over the smallest one: between sizes that are near, scores differ by chance. */
const LEAST_GROWTH = 1.5;

/**
 * Returns by how much F1 would rise with so many more sentences, by a power law through the scores so far, in fractions of 1;
 * undefined if there are fewer than three of different sizes, or they are too near.
 */
export function gainOfMore(points: readonly CurvePoint[], more: number): number | undefined {
  const newest = [...new Map(points.map((point) => [point.sentences, point])).values()];
  if (newest.length < FEWEST_POINTS) return undefined;
  const { sentences } = at(newest, newest.length - 1);
  if (sentences < LEAST_GROWTH * Math.min(...newest.map((point) => point.sentences))) return undefined;
  const law = fitPowerLaw(newest.map((point) => ({ size: point.sentences / sentences, error: 1 - point.f1 })));
  return Math.max(0, errorAt(law, 1) - errorAt(law, (sentences + more) / sentences));
}
