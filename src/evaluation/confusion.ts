import { visitPairs } from './matching.js';
import type { SpanPair } from './scores.js';

/** How often spans of one gold label were found as one predicted label. */
export interface ConfusionCell {
  /** Undefined for predicted spans that overlap no gold span: spurious. */
  readonly gold: string | undefined;
  /** Undefined for gold spans that no predicted span overlaps: missed. */
  readonly predicted: string | undefined;
  readonly count: number;
}

/**
 * Counts pairs of spans that overlap by their two labels, and spans without a partner. Only what occurs has a cell;
 * the most frequent comes first.
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

/** Code-unit order, what is missing last. */
function compare(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  return a < b ? -1 : 1;
}
