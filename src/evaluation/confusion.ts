import { visitPairs } from './matching.js';
import type { SpanPair } from './scores.js';

/** How often spans of a gold label were predicted with some label. */
export interface ConfusionCell {
  /** Undefined for spurious spans: predicted spans that overlap no gold span. */
  readonly gold: string | undefined;
  /** Undefined for missed spans: gold spans that no predicted span overlaps. */
  readonly predicted: string | undefined;
  readonly count: number;
}

/**
 * Counts the pairs of overlapping spans, and the spans without a partner, by their two labels. Returns only the cells
 * that occur, the most frequent first.
 */
export function confusionOf(sentences: readonly SpanPair[]): ConfusionCell[] {
  const cells = new Map<string | undefined, Map<string | undefined, number>>();
  visitPairs(sentences, (gold, predicted) => {
    let row = cells.get(gold?.label);
    if (!row) {
      row = new Map();
      cells.set(gold?.label, row);
    }
    row.set(predicted?.label, (row.get(predicted?.label) ?? 0) + 1);
  });
  const list = [...cells].flatMap(([gold, row]) => [...row].map(([predicted, count]) => ({ gold, predicted, count })));
  return list.sort((a, b) => b.count - a.count || compare(a.gold, b.gold) || compare(a.predicted, b.predicted));
}

/** Compares labels in code-unit order; undefined comes last. */
function compare(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  return a < b ? -1 : 1;
}
