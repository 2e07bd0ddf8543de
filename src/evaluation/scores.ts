import { canonicalTag, createSpanReader, recode, type Scheme } from '../text/scheme.js';
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

/** One sentence's spans, each list in order and free of overlap. */
export interface SpanPair {
  readonly gold: readonly Span[];
  readonly predicted: readonly Span[];
  /** The predicted spans that have the start, end and label of a gold one. */
  readonly correct: readonly Span[];
}

/**
 * Entity scores by the rules of the conlleval script (CoNLL-2000 shared task, version of 2004): a predicted span is
 * correct when a gold span has its start, end and label. Tags that spell no spans are scored by accuracy, with spans 0.
 *
 * @param goldScheme how the gold tags spell spans
 * @param predictedScheme how the predicted tags do, if not alike; gold tags are respelt so before tokens are compared
 */
export function scoreTags(pairs: readonly TagPair[], goldScheme: Scheme, predictedScheme: Scheme = goldScheme): Scores {
  const readGold = createSpanReader(goldScheme);
  const readPredicted = createSpanReader(predictedScheme);
  const comparable = pairs.map(({ gold, predicted }) => ({
    gold: recode(gold, goldScheme, predictedScheme),
    predicted,
  }));
  const spans = pairs.map(({ gold, predicted }) => pairOf(readGold(gold), readPredicted(predicted)));
  return scoresOf(comparable, predictedScheme, spans);
}

/**
 * The scores of sentences whose spans have been read.
 *
 * @param scheme of the tags, gold and predicted
 */
export function scoresOf(pairs: readonly TagPair[], scheme: Scheme, spans: readonly SpanPair[]): Scores {
  let tokens = 0;
  let correctTokens = 0;
  for (const { gold, predicted } of pairs) {
    tokens += gold.length;
    for (let t = 0; t < gold.length; t++) {
      const [tag, other] = [predicted[t] as string, gold[t] as string];
      if (tag === other || canonicalTag(tag, scheme) === canonicalTag(other, scheme)) correctTokens++;
    }
  }
  const byLabel = countBy(spans, ({ label }) => label);
  const total = sumOf([...byLabel.values()]);
  return {
    tokens,
    sentences: pairs.length,
    correctTokens,
    accuracy: ratio(correctTokens, tokens),
    ...total,
    ...ratesOf(total),
    byLabel: Object.fromEntries(
      [...byLabel.keys()].sort().map((label) => {
        const counts = byLabel.get(label) as SpanCounts;
        return [label, { ...counts, ...ratesOf(counts) }];
      }),
    ),
  };
}

/** How many spans each group has. */
export type CountsByGroup<Group> = Map<Group, { gold: number; predicted: number; correct: number }>;

/** The counts of a group, which are 0 at first. */
export function countsOf<Group>(
  groups: CountsByGroup<Group>,
  group: Group,
): { gold: number; predicted: number; correct: number } {
  let counts = groups.get(group);
  if (counts) return counts;
  counts = { gold: 0, predicted: 0, correct: 0 };
  groups.set(group, counts);
  return counts;
}

/**
 * Counts spans in groups.
 *
 * @param groupOf the group of a span of the numbered sentence; spans that are alike belong to one group
 */
export function countBy<Group>(
  sentences: readonly SpanPair[],
  groupOf: (span: Span, sentence: number) => Group,
): CountsByGroup<Group> {
  const groups: CountsByGroup<Group> = new Map();
  for (let sentence = 0; sentence < sentences.length; sentence++) {
    const { gold, predicted, correct } = sentences[sentence] as SpanPair;
    for (const span of gold) countsOf(groups, groupOf(span, sentence)).gold++;
    for (const span of predicted) countsOf(groups, groupOf(span, sentence)).predicted++;
    for (const span of correct) countsOf(groups, groupOf(span, sentence)).correct++;
  }
  return groups;
}

/** @param gold and `predicted`: in order, free of overlap */
export function pairOf(gold: readonly Span[], predicted: readonly Span[]): SpanPair {
  const correct: Span[] = [];
  let index = 0;
  for (const span of predicted) {
    while (index < gold.length && (gold[index] as Span).start < span.start) index++;
    const other = gold[index];
    if (other?.start === span.start && other.end === span.end && other.label === span.label) correct.push(span);
  }
  return { gold, predicted, correct };
}

/** The counts of groups together. */
export function sumOf(groups: readonly SpanCounts[]): SpanCounts {
  const sum = { gold: 0, predicted: 0, correct: 0 };
  for (const { gold, predicted, correct } of groups) {
    sum.gold += gold;
    sum.predicted += predicted;
    sum.correct += correct;
  }
  return sum;
}

/** The labels and their scores in code-unit order; an object by itself puts labels like `10` by number. */
export function rowsByLabel({ byLabel }: Pick<Scores, 'byLabel'>): [string, SpanCounts & Rates][] {
  return Object.entries(byLabel).sort(([labelA], [labelB]) => (labelA < labelB ? -1 : 1));
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
