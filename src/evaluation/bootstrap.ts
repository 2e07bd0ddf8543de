import type { Random } from '../numerics/random.js';
import { resample } from './resample.js';
import type { SpanPair } from './scores.js';

/** A range of F1 or of a difference in F1, in fractions of 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Number of bootstrap samples. */
export const RESAMPLES = 1000;

/** Packs the two counts of F1 = 2·correct / (gold + predicted) into one number, which is exact up to 2²⁶ spans. */
const CORRECT = 2 ** 26;

function packedCounts({ gold, predicted, correct }: SpanPair): number {
  return correct.length * CORRECT + gold.length + predicted.length;
}

function f1Of(counts: number): number {
  const spans = counts % CORRECT;
  return spans === 0 ? 0 : (2 * Math.floor(counts / CORRECT)) / spans;
}

/**
 * Returns the 95 % interval of F1 by the percentile bootstrap (Efron & Tibshirani 1993, chapter 13). Each sample draws
 * as many sentences as there are, with replacement.
 */
export function bootstrapInterval(sentences: readonly SpanPair[], random: Random): Interval {
  const counts = sentences.map((spans) => ({ own: packedCounts(spans), other: 0 }));
  return middle95(resampleCounts(counts, random).map(({ own }) => f1Of(own)));
}

/** The spans of one sentence according to two taggers. */
export interface ComparedSpans {
  readonly spans: SpanPair;
  readonly other: SpanPair;
}

export interface PairedTest {
  /** F1 of the first tagger minus F1 of the other one. */
  readonly difference: number;
  readonly interval: Interval;
  /** Two-sided p-value: the probability of a difference at least this large if both taggers were equally good. */
  readonly p: number;
}

/**
 * Runs the two-sided paired bootstrap test (Berg-Kirkpatrick, Burkett & Klein 2012): compares the observed difference
 * with the differences of bootstrap samples, shifted so that they are centred on 0.
 */
export function pairedBootstrap(sentences: readonly ComparedSpans[], random: Random): PairedTest {
  const counts = sentences.map(({ spans, other }) => ({ own: packedCounts(spans), other: packedCounts(other) }));
  const differenceOf = ({ own, other }: Counts): number => f1Of(own) - f1Of(other);
  const difference = differenceOf(sumOf(counts));
  const differences = resampleCounts(counts, random).map(differenceOf);
  const asLarge = differences.filter((drawn) => Math.abs(drawn - difference) >= Math.abs(difference)).length;
  return { difference, interval: middle95(differences), p: (1 + asLarge) / (1 + RESAMPLES) };
}

/** The packed counts of two taggers. */
interface Counts {
  readonly own: number;
  readonly other: number;
}

function sumOf(counts: readonly Counts[]): Counts {
  return counts.reduce((sum, { own, other }) => ({ own: sum.own + own, other: sum.other + other }), {
    own: 0,
    other: 0,
  });
}

/** Returns the summed counts of each bootstrap sample. */
function resampleCounts(sentences: readonly Counts[], random: Random): Counts[] {
  const kinds = kindsOf(sentences);
  return Array.from({ length: RESAMPLES }, () => {
    const sum = { own: 0, other: 0 };
    resample(kinds, random, ({ own, other }, drawn) => {
      sum.own += own * drawn;
      sum.other += other * drawn;
    });
    return sum;
  });
}

/** The sentences that have the same counts, and their number. */
interface Kind extends Counts {
  size: number;
}

/** Groups sentences by their counts, the largest group first; groups of the same size keep the order of the sentences. */
function kindsOf(sentences: readonly Counts[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { own, other } of sentences) {
    const key = `${own},${other}`;
    const kind = kinds.get(key);
    if (kind) kind.size++;
    else kinds.set(key, { own, other, size: 1 });
  }
  return [...kinds.values()].sort((a, b) => b.size - a.size);
}

function middle95(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  return { low: sorted[Math.floor(0.025 * RESAMPLES)] ?? 0, high: sorted[Math.ceil(0.975 * RESAMPLES) - 1] ?? 0 };
}
