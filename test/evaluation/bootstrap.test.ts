import { describe, expect, test } from 'vitest';
import { bootstrapInterval, type ComparedSpans, pairedBootstrap } from '../../src/evaluation/bootstrap.js';
import { pairOf, type SpanPair } from '../../src/evaluation/scores.js';
import { Random } from '../../src/numerics/random.js';
import type { Span } from '../../src/text/sentence.js';

const RIGHT: Span[] = [{ label: 'PER', start: 0, end: 1 }];
const WRONG: Span[] = [{ label: 'LOC', start: 0, end: 1 }];

/** Sentences of one span each, of which as many are right as told. */
function sentences(right: number, count: number): SpanPair[] {
  return Array.from({ length: count }, (_, index) => pairOf(RIGHT, index < right ? RIGHT : WRONG));
}

/** The same sentences of two taggers. */
function compared(sentences: readonly SpanPair[], others: readonly SpanPair[]): ComparedSpans[] {
  return sentences.flatMap((spans, index) => others.slice(index, index + 1).map((other) => ({ spans, other })));
}

describe('the 95 % interval', () => {
  test('is that of the binomial distribution where each sentence is one trial', () => {
    const { low, high } = bootstrapInterval(sentences(300, 400), new Random(1));
    const deviation = Math.sqrt((0.75 * 0.25) / 400);
    expect(low).toBeCloseTo(0.75 - 1.96 * deviation, 2);
    expect(high).toBeCloseTo(0.75 + 1.96 * deviation, 2);
  });

  test('is the same for the same seed, and another for another one', () => {
    const parts = sentences(30, 97);
    expect(bootstrapInterval(parts, new Random(1))).toEqual(bootstrapInterval(parts, new Random(1)));
    expect(bootstrapInterval(parts, new Random(2))).not.toEqual(bootstrapInterval(parts, new Random(1)));
  });

  test('has no width where all is right, where all is wrong, and where there is nothing', () => {
    expect(bootstrapInterval(sentences(9, 9), new Random(1))).toEqual({ low: 1, high: 1 });
    expect(bootstrapInterval(sentences(0, 9), new Random(1))).toEqual({ low: 0, high: 0 });
    expect(bootstrapInterval([], new Random(1))).toEqual({ low: 0, high: 0 });
  });
});

describe('the paired test', () => {
  const test400 = (right: number, other: number): number =>
    pairedBootstrap(compared(sentences(right, 400), sentences(other, 400)), new Random(1)).p;

  test('finds no difference between equals', () => {
    const parts = sentences(20, 50);
    expect(pairedBootstrap(compared(parts, parts), new Random(1))).toEqual({
      difference: 0,
      interval: { low: 0, high: 0 },
      p: 1,
    });
  });

  test('is sure of a difference that chance does not make, and unsure of another one', () => {
    expect(test400(300, 200)).toBeLessThan(0.002);
    expect(test400(301, 300)).toBeGreaterThan(0.3);
  });

  test('gives the probability of the normal distribution where sentences are single trials', () => {
    // Nine more are right and none less: the difference, 9/400, deviates by the root of 9·391/400³.
    expect(test400(309, 300)).toBeLessThan(0.01);
    // Of 16 that changed 10 are better: a difference of 4/400 that deviates by about 0.01, twice as likely as not.
    const first = [...sentences(310, 400)];
    const second = sentences(300, 400).map((pair, index) => (index >= 394 ? pairOf(RIGHT, RIGHT) : pair));
    const { difference, p } = pairedBootstrap(compared(first, second), new Random(1));
    expect(difference).toBeCloseTo(4 / 400, 12);
    expect(p).toBeGreaterThan(0.25);
    expect(p).toBeLessThan(0.4);
  });

  test('turns its sign with the taggers', () => {
    const [parts, others] = [sentences(300, 400), sentences(290, 400)];
    const forward = pairedBootstrap(compared(parts, others), new Random(3));
    const backward = pairedBootstrap(compared(others, parts), new Random(3));
    expect(backward.difference).toBeCloseTo(-forward.difference, 15);
    expect(backward.p).toBe(forward.p);
  });
});
