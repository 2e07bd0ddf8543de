import { canonicalTag, hasSpans, recode, type Scheme, spansOf } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';

/** Fractions of 1; 0 where the divisor is 0, as conlleval has it. */
export interface Rates {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** How many spans there were, were found, and were both. */
export interface SpanCounts {
  readonly gold: number;
  readonly predicted: number;
  readonly correct: number;
}

export interface Scores extends SpanCounts, Rates {
  readonly tokens: number;
  readonly sentences: number;
  readonly correctTokens: number;
  /** Fraction of the tokens whose tag is right. */
  readonly accuracy: number;
  /** By label; in order through `rowsByLabel`. */
  readonly byLabel: Readonly<Record<string, SpanCounts & Rates>>;
}

/** One sentence's tags, as many gold as predicted. */
export interface TagPair {
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
}

interface MutableCounts {
  gold: number;
  predicted: number;
  correct: number;
}

/**
 * Entity scores by the rules of the conlleval script (CoNLL-2000 shared task, version of 2004): a predicted span is
 * correct when a gold span has its start, end and label. Tags that spell no spans are scored by accuracy, with spans 0.
 *
 * @param goldScheme how the gold tags spell spans
 * @param predictedScheme how the predicted tags do, if not alike; gold tags are respelt so before tokens are compared
 */
export function scoreTags(pairs: Iterable<TagPair>, goldScheme: Scheme, predictedScheme: Scheme = goldScheme): Scores {
  const total: MutableCounts = { gold: 0, predicted: 0, correct: 0 };
  const byLabel = new Map<string, MutableCounts>();
  let tokens = 0;
  let sentences = 0;
  let correctTokens = 0;

  function count(span: Span, what: keyof MutableCounts): void {
    let counts = byLabel.get(span.label);
    if (!counts) {
      counts = { gold: 0, predicted: 0, correct: 0 };
      byLabel.set(span.label, counts);
    }
    counts[what]++;
    total[what]++;
  }

  for (const { gold, predicted } of pairs) {
    sentences++;
    tokens += gold.length;
    const comparable = recode(gold, goldScheme, predictedScheme);
    for (const [index, tag] of predicted.entries())
      if (canonicalTag(tag, predictedScheme) === canonicalTag(comparable[index] as string, predictedScheme))
        correctTokens++;
    if (!hasSpans(goldScheme) || !hasSpans(predictedScheme)) continue;
    const goldSpans = spansOf(gold, goldScheme);
    const goldKeys = new Set(goldSpans.map(keyOf));
    for (const span of goldSpans) count(span, 'gold');
    for (const span of spansOf(predicted, predictedScheme)) {
      count(span, 'predicted');
      if (goldKeys.has(keyOf(span))) count(span, 'correct');
    }
  }
  return {
    tokens,
    sentences,
    correctTokens,
    accuracy: ratio(correctTokens, tokens),
    ...total,
    ...ratesOf(total),
    byLabel: Object.fromEntries(
      [...byLabel.keys()].sort().map((label) => {
        const counts = byLabel.get(label) as MutableCounts;
        return [label, { ...counts, ...ratesOf(counts) }];
      }),
    ),
  };
}

/** The labels and their scores in code-unit order; an object by itself puts labels like `10` by number. */
export function rowsByLabel({ byLabel }: Scores): [string, SpanCounts & Rates][] {
  return Object.entries(byLabel).sort(([labelA], [labelB]) => (labelA < labelB ? -1 : 1));
}

function keyOf(span: Span): string {
  return `${span.start} ${span.end} ${span.label}`;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Precision, recall and their harmonic mean. */
export function ratesOf({ gold, predicted, correct }: SpanCounts): Rates {
  return {
    precision: ratio(correct, predicted),
    recall: ratio(correct, gold),
    f1: ratio(2 * correct, gold + predicted),
  };
}
