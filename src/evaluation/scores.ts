import { canonicalTag, createSpanReader, recode, type Scheme } from '../text/scheme.js';
import type { Sentence, Span } from '../text/sentence.js';

/** Fractions of 1. A rate is 0 if its divisor is 0, as in conlleval. */
export interface Rates {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Numbers of gold spans, of predicted spans, and of predicted spans that are correct. */
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
  /** Counts and rates of each label; `rowsByLabel` lists them in order. */
  readonly byLabel: Readonly<Record<string, SpanCounts & Rates>>;
}

/** One sentence's tags, as many predicted as gold. */
export interface TagPair {
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
  /** The labels that tokens may have whose gold tag is not known; these tokens are not counted. */
  readonly possible?: Sentence['possible'];
}

/** One sentence's spans; each list is in order and without overlaps. */
export interface SpanPair {
  readonly gold: readonly Span[];
  readonly predicted: readonly Span[];
  /** The predicted spans that have the start, end and label of a gold span. */
  readonly correct: readonly Span[];
}

/**
 * Returns the entity scores by the rules of the conlleval script (CoNLL-2000 shared task, version of 2004): a predicted
 * span is correct if a gold span has the same start, end and label. For plain tags only the accuracy is meaningful, and
 * the span counts are 0.
 *
 * @param goldScheme scheme of the gold tags
 * @param predictedScheme scheme of the predicted tags; gold tags are recoded to it before tokens are compared
 */
export function scoreTags(pairs: readonly TagPair[], goldScheme: Scheme, predictedScheme: Scheme = goldScheme): Scores {
  const readGold = createSpanReader(goldScheme);
  const readPredicted = createSpanReader(predictedScheme);
  const comparable = pairs.map(({ gold, ...rest }) => ({ ...rest, gold: recode(gold, goldScheme, predictedScheme) }));
  const spans = pairs.map(({ gold, predicted }) => pairOf(readGold(gold), readPredicted(predicted)));
  return scoresOf(comparable, predictedScheme, spans);
}

/**
 * Returns the scores of sentences whose spans have already been read.
 *
 * @param scheme of the gold and the predicted tags
 * @param spans of the same sentences
 */
export function scoresOf(pairs: readonly TagPair[], scheme: Scheme, spans: readonly SpanPair[]): Scores {
  let tokens = 0;
  let correctTokens = 0;
  for (const { gold, predicted, possible } of pairs) {
    for (let t = 0; t < gold.length; t++) {
      if (possible?.[t] !== undefined) continue;
      tokens++;
      if (areSameTags(gold[t], predicted[t], scheme)) correctTokens++;
    }
  }
  const byLabel = countBy(spans, ({ label }) => label);
  return scoresOfCounts({ tokens, sentences: pairs.length, correctTokens }, byLabel);
}

/** Returns the scores of sentences of which tokens and spans have been counted. */
export function scoresOfCounts(
  { tokens, sentences, correctTokens }: Pick<Scores, 'tokens' | 'sentences' | 'correctTokens'>,
  byLabel: Iterable<readonly [string, SpanCounts]>,
): Scores {
  const labels = [...byLabel].sort(byFirst);
  const total = sumOf(labels.map(([, counts]) => counts));
  return {
    tokens,
    sentences,
    correctTokens,
    accuracy: ratio(correctTokens, tokens),
    ...total,
    ...ratesOf(total),
    byLabel: Object.fromEntries(labels.map(([label, counts]) => [label, { ...counts, ...ratesOf(counts) }])),
  };
}

function areSameTags(tag: string | undefined, other: string | undefined, scheme: Scheme): boolean {
  if (tag === undefined || other === undefined) return false;
  return tag === other || canonicalTag(tag, scheme) === canonicalTag(other, scheme);
}

/** Span counts of each group. */
export type CountsByGroup<Group> = Map<Group, { gold: number; predicted: number; correct: number }>;

/**
 * Counts spans by group.
 *
 * @param groupOf returns the group of a span of the sentence with the given index; equal spans have the same group
 */
export function countBy<Group>(
  sentences: Iterable<SpanPair>,
  groupOf: (span: Span, sentence: number) => Group,
): CountsByGroup<Group> {
  const groups: CountsByGroup<Group> = new Map();
  const countsOf = (span: Span, sentence: number): { gold: number; predicted: number; correct: number } => {
    const group = groupOf(span, sentence);
    let counts = groups.get(group);
    if (counts) return counts;
    counts = { gold: 0, predicted: 0, correct: 0 };
    groups.set(group, counts);
    return counts;
  };
  let sentence = 0;
  for (const { gold, predicted, correct } of sentences) {
    for (const span of gold) countsOf(span, sentence).gold++;
    for (const span of predicted) countsOf(span, sentence).predicted++;
    for (const span of correct) countsOf(span, sentence).correct++;
    sentence++;
  }
  return groups;
}

/** Finds the predicted spans that are correct; the spans of both lists are in order and do not overlap. */
export function pairOf(gold: readonly Span[], predicted: readonly Span[]): SpanPair {
  const correct: Span[] = [];
  let index = 0;
  let other: Span | undefined = gold[0];
  for (const span of predicted) {
    while (other && other.start < span.start) other = gold[++index];
    if (other?.start === span.start && other.end === span.end && other.label === span.label) correct.push(span);
  }
  return { gold, predicted, correct };
}

/** Returns the counts of all groups together. */
export function sumOf(groups: readonly SpanCounts[]): SpanCounts {
  const sum = { gold: 0, predicted: 0, correct: 0 };
  for (const { gold, predicted, correct } of groups) {
    sum.gold += gold;
    sum.predicted += predicted;
    sum.correct += correct;
  }
  return sum;
}

/** Returns each label with its scores, in code-unit order. (Objects by themselves sort labels such as `10` by number.) */
export function rowsByLabel({ byLabel }: Pick<Scores, 'byLabel'>): [string, SpanCounts & Rates][] {
  return Object.entries(byLabel).sort(byFirst);
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Returns precision, recall and their harmonic mean. */
export function ratesOf({ gold, predicted, correct }: SpanCounts): Rates {
  return {
    precision: ratio(correct, predicted),
    recall: ratio(correct, gold),
    f1: ratio(2 * correct, gold + predicted),
  };
}
