import { grouped } from '../text/counts.js';
import type { ConversionIssueKind, Report } from './format.js';

/** Counts what occurs often and is reported once. */
export interface IssueCounter {
  /** Counts one more, at a place `file:line`. */
  count(place: string): void;
  /** Reports how many there were, and where the first three stood; nothing if there was none. */
  end(): void;
}

/** The number of places that a report names. */
const PLACES = 3;

/**
 * Creates a counter.
 *
 * @param describe returns the text for a number of occurrences
 */
export function createCounter(
  kind: ConversionIssueKind,
  report: Report,
  describe: (count: string, isOne: boolean) => string,
): IssueCounter {
  const places = new Set<string>();
  let count = 0;
  return {
    count(place) {
      count++;
      if (places.size < PLACES) places.add(place);
    },
    end() {
      const [first, ...others] = places;
      if (first === undefined) return;
      const next = others.length === 0 ? '' : ` (the next at ${others.join(' and ')})`;
      report({ kind, place: first, what: `${describe(grouped(count), count === 1)}${next}` });
    },
  };
}
