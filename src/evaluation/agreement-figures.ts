import type { Random } from '../numerics/random.js';
import { at } from '../text/at.js';
import type { Span } from '../text/sentence.js';
import { agreementOf, type ChanceCorrected } from './agreement.js';
import type { AnnotatedSentence } from './annotations.js';
import { bootstrapInterval, type Interval, middle95 } from './bootstrap.js';
import { countPatterns, NO_LABEL, type PatternCounts } from './label-patterns.js';
import { pairOf, ratesOf } from './scores.js';

/** A figure for each two annotators; undefined where there is nothing to agree about. */
type PairTable<Figure> = readonly (readonly (Figure | undefined)[])[];

/** The agreement about all labels, or about one label against all else. */
export interface AgreementFigures extends ChanceCorrected {
  /** The number of spans of each annotator. */
  readonly spans: readonly number[];
  /** F1 of the spans of each two annotators, 1 of one with itself. */
  readonly f1: PairTable<number>;
  /** The 95 % intervals; undefined where the figure is, and of an annotator with itself. */
  readonly intervals: {
    readonly f1: PairTable<Interval>;
    readonly cohen: PairTable<Interval>;
    readonly fleiss: Interval | undefined;
    readonly alpha: Interval | undefined;
  };
}

export interface Agreement extends AgreementFigures {
  readonly byLabel: ReadonlyMap<string, AgreementFigures>;
}

/**
 * Measures how far annotators agree, and in which intervals the figures would be on other sentences of the same kind, by the
 * percentile bootstrap over sentences.
 */
export function measureAgreement(
  sentences: readonly AnnotatedSentence[],
  annotators: number,
  random: Random,
): Agreement {
  const labels = [...new Set(sentences.flatMap(({ spans }) => spans.flat().map(({ label }) => label)))].sort();
  const numbers = new Map(labels.map((label, index) => [label, index + 1]));
  const counts = countPatterns(sentences, numbers, random);
  const spansOf = sentences.map(({ spans }) => spans);
  const figuresOf = (label: string): AgreementFigures => {
    const number = numbers.get(label);
    const patterns = counts.patterns.map((pattern) => pattern.map((each) => (each === number ? 1 : NO_LABEL)));
    const own = spansOf.map((each) => each.map((spans) => spans.filter((span) => span.label === label)));
    return figures(own, { ...counts, patterns }, annotators, 2, random);
  };
  return {
    ...figures(spansOf, counts, annotators, labels.length + 1, random),
    byLabel: new Map(labels.map((label) => [label, figuresOf(label)])),
  };
}

/** @param spans for each sentence the spans of each annotator */
function figures(
  spans: readonly (readonly (readonly Span[])[])[],
  { patterns, totals, samples }: PatternCounts,
  annotators: number,
  labelCount: number,
  random: Random,
): AgreementFigures {
  const corrected = (counts: Float64Array): ChanceCorrected => {
    const counted = patterns.map((labels, index) => ({ labels, count: at(counts, index) }));
    return agreementOf(counted, annotators, labelCount);
  };
  const tokens = corrected(totals);
  const resampled = samples.map(corrected);
  const intervalOf = (figure: (of: ChanceCorrected) => number | undefined): Interval | undefined =>
    figure(tokens) === undefined ? undefined : middle95(resampled.map(figure).filter((each) => each !== undefined));
  const ofPairs = pairsOf(annotators, (a, b) => spanAgreement(spans, a, b, random));
  return {
    ...tokens,
    spans: Array.from({ length: annotators }, (_, a) => spans.reduce((sum, each) => sum + at(each, a).length, 0)),
    f1: ofPairs.map((row, a) => row.map((pair, b) => (a === b ? 1 : pair?.f1))),
    intervals: {
      f1: ofPairs.map((row) => row.map((pair) => pair?.interval)),
      cohen: pairsOf(annotators, (a, b) => intervalOf(({ cohen }) => cohen[a]?.[b])),
      fleiss: intervalOf(({ fleiss }) => fleiss),
      alpha: intervalOf(({ alpha }) => alpha),
    },
  };
}

/** Computes a figure of each two annotators once, and none of an annotator with itself. */
function pairsOf<Figure>(annotators: number, figureOf: (a: number, b: number) => Figure): (Figure | undefined)[][] {
  const table: (Figure | undefined)[][] = Array.from({ length: annotators }, () =>
    new Array<Figure | undefined>(annotators).fill(undefined),
  );
  for (let a = 0; a < annotators; a++)
    for (let b = a + 1; b < annotators; b++) {
      const figure = figureOf(a, b);
      at(table, a)[b] = figure;
      at(table, b)[a] = figure;
    }
  return table;
}

/** Returns F1 of the spans of two annotators, which is the same whichever of them is taken as gold; undefined if there are none. */
function spanAgreement(
  sentences: readonly (readonly (readonly Span[])[])[],
  a: number,
  b: number,
  random: Random,
): { readonly f1: number; readonly interval: Interval } | undefined {
  const pairs = sentences.map((spans) => pairOf(at(spans, a), at(spans, b)));
  const sum = { gold: 0, predicted: 0, correct: 0 };
  for (const { gold, predicted, correct } of pairs) {
    sum.gold += gold.length;
    sum.predicted += predicted.length;
    sum.correct += correct.length;
  }
  if (sum.gold + sum.predicted === 0) return undefined;
  return { f1: ratesOf(sum).f1, interval: bootstrapInterval(pairs, random) };
}
