import type { Span } from '../text/sentence.js';
import type { Rates, SpanPair } from './scores.js';

/** How many spans have each outcome under one way of matching. */
export interface MatchCounts {
  readonly correct: number;
  readonly incorrect: number;
  readonly partial: number;
  readonly missed: number;
  readonly spurious: number;
}

export type Match = MatchCounts & Rates;

/** The outcomes under each way of matching a predicted span with a gold span that it overlaps. */
export interface Matching {
  /** Both boundaries and the label must be the same. */
  readonly strict: Match;
  /** Both boundaries must be the same, whatever the label. */
  readonly exact: Match;
  /** Spans with the same boundaries are correct, all others are partial, whatever the label. */
  readonly partial: Match;
  /** The label must be the same, whatever the boundaries. */
  readonly type: Match;
}

/**
 * Counts matches in the four ways of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013), and rates them as nervaluate 1.0
 * and 1.1 do: partial matches count in the divisors only.
 */
export function matchSpans(sentences: readonly SpanPair[]): Matching {
  let paired = 0;
  let missed = 0;
  let spurious = 0;
  const right = { strict: 0, exact: 0, type: 0 };
  visitPairs(sentences, (gold, predicted) => {
    if (!gold) spurious++;
    else if (!predicted) missed++;
    else {
      const hasSameBoundaries = gold.start === predicted.start && gold.end === predicted.end;
      const hasSameLabel = gold.label === predicted.label;
      paired++;
      if (hasSameBoundaries) right.exact++;
      if (hasSameLabel) right.type++;
      if (hasSameBoundaries && hasSameLabel) right.strict++;
    }
  });
  const match = (correct: number, incorrect: number, partial: number): Match => {
    const counts = { correct, incorrect, partial, missed, spurious };
    return { ...counts, ...matchRates(counts, 0) };
  };
  return {
    strict: match(right.strict, paired - right.strict, 0),
    exact: match(right.exact, paired - right.exact, 0),
    partial: match(right.exact, 0, paired - right.exact),
    type: match(right.type, paired - right.type, 0),
  };
}

/**
 * Returns precision, recall and F1 of match counts.
 *
 * @param credit of a partial match: 0 in nervaluate 1.0 and 1.1, 0.5 in nervaluate 1.2 and in SemEval-2013
 */
export function matchRates({ correct, incorrect, partial, missed, spurious }: MatchCounts, credit: 0 | 0.5): Rates {
  const found = correct + incorrect + partial + spurious;
  const wanted = correct + incorrect + partial + missed;
  const credited = correct + credit * partial;
  const precision = found > 0 ? credited / found : 0;
  const recall = wanted > 0 ? credited / wanted : 0;
  return { precision, recall, f1: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0 };
}

/**
 * Pairs each predicted span, in order, with the first gold span that it overlaps and that has no partner yet. A gold
 * span with the same boundaries is always the partner, because the spans of one list do not overlap.
 *
 * @param visit takes each pair, each predicted span without a partner (spurious) and each gold one (missed)
 */
function visitPairs(
  sentences: readonly SpanPair[],
  visit: (gold: Span | undefined, predicted: Span | undefined) => void,
): void {
  for (const { gold, predicted } of sentences) {
    const isPaired: boolean[] = [];
    let from = 0;
    for (const span of predicted) {
      while (isBefore(gold[from], span)) from++;
      const index = findPartner(gold, isPaired, from, span);
      if (index === undefined) visit(undefined, span);
      else {
        isPaired[index] = true;
        visit(gold[index], span);
      }
    }
    for (const [index, span] of gold.entries()) if (!isPaired[index]) visit(span, undefined);
  }
}

function isBefore(gold: Span | undefined, predicted: Span): boolean {
  return gold !== undefined && gold.end <= predicted.start;
}

/**
 * Returns the index of the gold span to pair with a predicted one, or undefined if there is none.
 *
 * @param from index of the first gold span that does not end before the predicted one
 */
function findPartner(
  gold: readonly Span[],
  isPaired: readonly boolean[],
  from: number,
  predicted: Span,
): number | undefined {
  for (let index = from; ; index++) {
    const span = gold[index];
    if (span === undefined || span.start >= predicted.end) return undefined;
    if (!isPaired[index] && overlapsEnough(span, predicted)) return index;
  }
}

/** Whether the overlap is at least a hundredth of the gold span, as nervaluate requires. */
function overlapsEnough(gold: Span, predicted: Span): boolean {
  const overlap = Math.min(gold.end, predicted.end) - Math.max(gold.start, predicted.start);
  return (overlap / (gold.end - gold.start)) * 100 >= 1;
}

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
