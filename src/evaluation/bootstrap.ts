import { mixBits, type Random } from '../numerics/random.js';
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

/** Returns the range of the middle 95 % of values, which are in no order. */
export function middle95(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  const { length } = sorted;
  return { low: sorted[Math.floor(0.025 * length)] ?? 0, high: sorted[Math.ceil(0.975 * length) - 1] ?? 0 };
}

/**
 * Draws from items of several kinds with replacement, as many as there are. The number drawn of each kind follows the
 * multinomial distribution; it is drawn as one binomial number per kind, which is far cheaper than one draw per item.
 *
 * @param kinds with the number of items of each kind; fastest if the largest kinds come first
 * @param visit takes each kind, in order, and how many of its items were drawn
 */
export function resample<Kind extends { readonly size: number }>(
  kinds: readonly Kind[],
  random: Random,
  visit: (kind: Kind, drawn: number) => void,
): void {
  const bits = new Bits(random.next());
  let items = kinds.reduce((sum, { size }) => sum + size, 0);
  let draws = items;
  for (const kind of kinds) {
    const drawn = binomial(draws, kind.size / items, bits);
    visit(kind, drawn);
    draws -= drawn;
    items -= kind.size;
  }
}

/**
 * Returns how many of `count` uniform random numbers from 0 to 1 are below `limit`. All of them are compared with the
 * limit at once, bit by bit: a number is below the limit if, at the first bit that differs, it has 0 and the limit 1.
 */
function binomial(count: number, limit: number, bits: Bits): number {
  if (limit >= 1) return count;
  let below = 0;
  let undecided = count;
  for (let rest = limit; undecided > 0 && rest > 0; ) {
    const ones = bits.countOnes(undecided);
    rest *= 2;
    if (rest >= 1) {
      rest -= 1;
      below += undecided - ones;
      undecided = ones;
    } else undecided -= ones;
  }
  return below;
}

/** A stream of random bits: hashes of a key and a counter. */
class Bits {
  readonly #key: number;
  #words = 0;

  constructor(key: number) {
    this.#key = key | 0;
  }

  /** Draws `count` random bits and returns how many of them are 1. */
  countOnes(count: number): number {
    let ones = 0;
    let left = count;
    for (; left >= 32; left -= 32) ones += onesOf(this.#next());
    return left > 0 ? ones + onesOf(this.#next() >>> (32 - left)) : ones;
  }

  #next(): number {
    return mixBits(this.#key + Math.imul(this.#words++, 0x9e3779b1)) | 0;
  }
}

/** Returns the number of 1 bits in a 32-bit number (Warren, Hacker's Delight, figure 5-2). */
function onesOf(word: number): number {
  let ones = word - ((word >>> 1) & 0x55555555);
  ones = (ones & 0x33333333) + ((ones >>> 2) & 0x33333333);
  return Math.imul((ones + (ones >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
