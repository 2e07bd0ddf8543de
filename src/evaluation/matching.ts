import type { Span } from '../text/sentence.js';
import type { Rates, SpanPair } from './scores.js';

/** What became of the spans under one way of matching. */
export interface MatchCounts {
  readonly correct: number;
  readonly incorrect: number;
  readonly partial: number;
  readonly missed: number;
  readonly spurious: number;
}

export type Match = MatchCounts & Rates;

/** `strict`: ends and label; `exact`: ends alone; `partial`: ends, or at least an overlap; `type`: label of what overlaps. */
export interface Matching {
  readonly strict: Match;
  readonly exact: Match;
  readonly partial: Match;
  readonly type: Match;
}

/**
 * The four ways of matching of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013), as nervaluate 1.0 and 1.1 count and
 * rate them: there a partial match counts in the divisors alone.
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
      const sameEnds = gold.start === predicted.start && gold.end === predicted.end;
      const sameLabel = gold.label === predicted.label;
      paired++;
      if (sameEnds) right.exact++;
      if (sameLabel) right.type++;
      if (sameEnds && sameLabel) right.strict++;
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

/** @param credit what a partial match counts: 0 in nervaluate 1.0, 0.5 in its version 1.2 and in SemEval-2013 */
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
 * span with the same ends is always the partner, for spans of one list do not overlap.
 *
 * @param visit takes each pair, predicted spans without a partner (spurious) and gold ones (missed)
 */
export function visitPairs(
  sentences: readonly SpanPair[],
  visit: (gold: Span | undefined, predicted: Span | undefined) => void,
): void {
  for (const { gold, predicted } of sentences) {
    const isTaken: boolean[] = [];
    let from = 0;
    for (const span of predicted) {
      while (from < gold.length && (gold[from] as Span).end <= span.start) from++;
      let partner: Span | undefined;
      for (let index = from; !partner && index < gold.length && (gold[index] as Span).start < span.end; index++) {
        if (isTaken[index] || !overlapsEnough(gold[index] as Span, span)) continue;
        partner = gold[index];
        isTaken[index] = true;
      }
      visit(partner, span);
    }
    for (let index = 0; index < gold.length; index++) if (!isTaken[index]) visit(gold[index], undefined);
  }
}

/** Whether the overlap is at least a hundredth of the gold span, as nervaluate wants it. */
function overlapsEnough(gold: Span, predicted: Span): boolean {
  const overlap = Math.min(gold.end, predicted.end) - Math.max(gold.start, predicted.start);
  return (overlap / (gold.end - gold.start)) * 100 >= 1;
}
