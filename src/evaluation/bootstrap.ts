import { mixBits, type Random } from '../numerics/random.js';
import type { SpanPair } from './scores.js';

/** A range of F1, or of its difference, in fractions of 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Times that the sentences are drawn anew. */
export const RESAMPLES = 1000;

/**
 * What each sentence adds to F1, which is 2·correct / (gold + predicted): both sums in one number, so that a draw is
 * one addition. Exact up to 2²⁶ spans of each.
 */
export type F1Parts = Float64Array;

const CORRECT = 2 ** 26;

/** (S), the parts of each sentence. */
export function f1Parts(sentences: readonly SpanPair[]): F1Parts {
  return Float64Array.from(
    sentences,
    ({ gold, predicted, correct }) => correct.length * CORRECT + gold.length + predicted.length,
  );
}

function f1Of(sum: number): number {
  const spans = sum % CORRECT;
  return spans === 0 ? 0 : (2 * Math.floor(sum / CORRECT)) / spans;
}

/**
 * The 95 % interval of F1 by the percentile bootstrap (Efron & Tibshirani 1993, chapter 13): sentences are drawn with
 * replacement, as many as there are.
 */
export function bootstrapInterval(parts: F1Parts, random: Random): Interval {
  const scores = new Float64Array(RESAMPLES);
  const scale = parts.length / 4294967296;
  for (let sample = 0; sample < RESAMPLES; sample++) {
    const key = random.next();
    let sum = 0;
    for (let draw = 0; draw < parts.length; draw++) sum += parts[drawScaled(scale, key, draw)] as number;
    scores[sample] = f1Of(sum);
  }
  return middle95(scores);
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
 * @param parts (S), of the first tagger
 * @param others (S), of the second tagger on the same sentences
 */
export function pairedBootstrap(parts: F1Parts, others: F1Parts, random: Random): PairedTest {
  const difference = f1Of(total(parts)) - f1Of(total(others));
  const differences = new Float64Array(RESAMPLES);
  const scale = parts.length / 4294967296;
  let asLarge = 0;
  for (let sample = 0; sample < RESAMPLES; sample++) {
    const key = random.next();
    let sum = 0;
    let other = 0;
    for (let draw = 0; draw < parts.length; draw++) {
      const sentence = drawScaled(scale, key, draw);
      sum += parts[sentence] as number;
      other += others[sentence] as number;
    }
    const drawn = f1Of(sum) - f1Of(other);
    differences[sample] = drawn;
    if (Math.abs(drawn - difference) >= Math.abs(difference)) asLarge++;
  }
  return { difference, interval: middle95(differences), p: (1 + asLarge) / (1 + RESAMPLES) };
}

function total(parts: F1Parts): number {
  return parts.reduce((sum, part) => sum + part, 0);
}

/**
 * The numbered draw of a sample, a whole number below 2³² · `scale`: a thousand samples are tens of millions of draws,
 * and a hash of their numbers costs a tenth of a generator's. Its bias is far below what a thousand samples can tell.
 */
function drawScaled(scale: number, key: number, draw: number): number {
  return (mixBits(key + Math.imul(draw, 0x9e3779b1)) * scale) | 0;
}

function middle95(values: Float64Array): Interval {
  values.sort();
  return { low: values[Math.floor(0.025 * RESAMPLES)] ?? 0, high: values[Math.ceil(0.975 * RESAMPLES) - 1] ?? 0 };
}
