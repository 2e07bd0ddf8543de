import type { Random } from '../numerics/random.js';
import { resample } from './resample.js';
import type { SpanPair } from './scores.js';

/** A range of F1, or of its difference, in fractions of 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Times that the sentences are drawn anew. */
export const RESAMPLES = 1000;

/**
 * The sums of F1, which is 2·correct / (gold + predicted), in one number. Exact up to 2²⁶ spans.
 */
const CORRECT = 2 ** 26;

function partsOf({ gold, predicted, correct }: SpanPair): number {
  return correct.length * CORRECT + gold.length + predicted.length;
}

function f1Of(sum: number): number {
  const spans = sum % CORRECT;
  return spans === 0 ? 0 : (2 * Math.floor(sum / CORRECT)) / spans;
}

/**
 * The 95 % interval of F1 by the percentile bootstrap (Efron & Tibshirani 1993, chapter 13): sentences are drawn with
 * replacement, as many as there are.
 */
export function bootstrapInterval(sentences: readonly SpanPair[], random: Random): Interval {
  return middle95(resampleSums([sentences], random).map(([sum = 0]) => f1Of(sum)));
}

export interface PairedTest {
  /** F1 of the first minus F1 of the second. */
  readonly difference: number;
  readonly interval: Interval;
  /** How probable so large a difference, of either sign, would be if both were equally good. */
  readonly p: number;
}

/**
 * The paired bootstrap test (Berg-Kirkpatrick, Burkett & Klein 2012, in its form for both signs): the differences of
 * samples, moved so that their centre is 0, are held against the difference that was seen.
 *
 * @param sentences with the spans of the first tagger
 * @param others the same sentences with those of the second one
 */
export function pairedBootstrap(
  sentences: readonly SpanPair[],
  others: readonly SpanPair[],
  random: Random,
): PairedTest {
  const f1 = (pairs: readonly SpanPair[]): number => f1Of(pairs.reduce((sum, pair) => sum + partsOf(pair), 0));
  const difference = f1(sentences) - f1(others);
  const differences = resampleSums([sentences, others], random).map(([sum = 0, other = 0]) => f1Of(sum) - f1Of(other));
  const asLarge = differences.filter((drawn) => Math.abs(drawn - difference) >= Math.abs(difference)).length;
  return { difference, interval: middle95(differences), p: (1 + asLarge) / (1 + RESAMPLES) };
}

/** The sums of F1 of each tagger in each sample of the sentences. */
function resampleSums(taggers: readonly (readonly SpanPair[])[], random: Random): number[][] {
  const kinds = kindsOf(taggers);
  const sizes = Int32Array.from(kinds, ({ size }) => size);
  const drawn = new Int32Array(kinds.length);
  return Array.from({ length: RESAMPLES }, () => {
    resample(sizes, random, drawn);
    return taggers.map((_, tagger) =>
      kinds.reduce((sum, { parts }, kind) => sum + (parts[tagger] as number) * (drawn[kind] as number), 0),
    );
  });
}

/** Sentences that add the same to the sums of each tagger. */
interface Kind {
  readonly parts: readonly number[];
  size: number;
}

/** The kinds of sentences, the largest first, of equals the one that comes first. */
function kindsOf(taggers: readonly (readonly SpanPair[])[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const index of taggers[0]?.keys() ?? []) {
    const parts = taggers.map((sentences) => partsOf(sentences[index] as SpanPair));
    const key = parts.join();
    const kind = kinds.get(key);
    if (kind) kind.size++;
    else kinds.set(key, { parts, size: 1 });
  }
  return [...kinds.values()].sort((a, b) => b.size - a.size);
}

function middle95(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  return { low: sorted[Math.floor(0.025 * RESAMPLES)] ?? 0, high: sorted[Math.ceil(0.975 * RESAMPLES) - 1] ?? 0 };
}
