import { hasSpans, type Scheme } from './scheme.js';

/** The figures by which one epoch or model is better than another: F1 of entities, accuracy of plain tags. */
export const MEASURES = ['f1', 'accuracy'] as const;

export type Measure = (typeof MEASURES)[number];

/** Returns the measure of taggers whose tags follow a scheme. */
export function measureOf(scheme: Scheme): Measure {
  return hasSpans(scheme) ? 'f1' : 'accuracy';
}
