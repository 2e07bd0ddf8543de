import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confusionOf, matchRates, matchSpans } from '../../src/evaluation/matching.js';
import { pairOf, type SpanPair } from '../../src/evaluation/scores.js';
import type { Span } from '../../src/text/sentence.js';
import { spansOfSentence } from '../helpers/arbitraries.js';

const pairs = fc.array(
  fc.tuple(spansOfSentence, spansOfSentence, fc.boolean()).map(([{ spans }, other, isSame]) => {
    return pairOf(spans, isSame ? spans : other.spans);
  }),
  { maxLength: 4 },
);

/** Nervaluate's loop over predicted and gold spans, as it stands in strategies.py of its version 1.1. */
function partnersByDefinition({ gold, predicted }: SpanPair): (Span | undefined)[] {
  const taken = new Set<Span>();
  return predicted.map((span) => {
    const partner = gold.find((each) => !taken.has(each) && each.start < span.end && span.start < each.end);
    if (partner) taken.add(partner);
    return partner;
  });
}

describe('matching', () => {
  test('counts what the definition pairs', () => {
    fc.assert(
      fc.property(pairs, (sentences) => {
        const found = sentences.flatMap((pair) =>
          partnersByDefinition(pair).map((gold, index) => ({ gold, predicted: pair.predicted[index] as Span })),
        );
        const paired = found.filter(({ gold }) => gold !== undefined);
        const exact = paired.filter(
          ({ gold, predicted }) => gold?.start === predicted.start && gold.end === predicted.end,
        );
        const golds = sentences.reduce((sum, { gold }) => sum + gold.length, 0);
        const { partial, type, strict } = matchSpans(sentences);
        expect(partial).toMatchObject({ correct: exact.length, partial: paired.length - exact.length, incorrect: 0 });
        expect(type.correct).toBe(paired.filter(({ gold, predicted }) => gold?.label === predicted.label).length);
        expect(partial.missed).toBe(golds - paired.length);
        expect(partial.spurious).toBe(found.length - paired.length);
        expect(strict.correct).toBe(sentences.reduce((sum, { correct }) => sum + correct.length, 0));
      }),
    );
  });

  test('gives a partial match a half only where it is asked to', () => {
    const counts = { correct: 1, incorrect: 0, partial: 2, missed: 1, spurious: 1 };
    expect(matchRates(counts, 0)).toEqual({ precision: 0.25, recall: 0.25, f1: 0.25 });
    expect(matchRates(counts, 0.5)).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
  });

  test('stays linear where a long sentence has thousands of spans', () => {
    const spans = (offset: number): Span[] =>
      Array.from({ length: 50_000 }, (_, index) => ({
        label: 'X',
        start: 4 * index + offset,
        end: 4 * index + offset + 1,
      }));
    expect(matchSpans([pairOf(spans(0), spans(2))]).strict).toMatchObject({ missed: 50_000, spurious: 50_000 });
  });
});

describe('confusion', () => {
  test('has each pair of labels, the missed and the spurious, the most frequent first', () => {
    const span = (label: string, start: number, end: number): Span => ({ label, start, end });
    const cells = confusionOf([
      pairOf([span('PER', 0, 2), span('LOC', 3, 4)], [span('PER', 0, 1), span('ORG', 3, 4), span('ORG', 5, 6)]),
      pairOf([span('PER', 0, 1), span('LOC', 2, 3)], [span('PER', 0, 1)]),
    ]);
    expect(cells).toEqual([
      { gold: 'PER', predicted: 'PER', count: 2 },
      { gold: 'LOC', predicted: 'ORG', count: 1 },
      { gold: 'LOC', predicted: undefined, count: 1 },
      { gold: undefined, predicted: 'ORG', count: 1 },
    ]);
  });

  test('holds as many gold and predicted spans as there are', () => {
    fc.assert(
      fc.property(pairs, (sentences) => {
        const cells = confusionOf(sentences);
        const sum = (side: 'gold' | 'predicted'): number =>
          cells.reduce((total, cell) => total + (cell[side] === undefined ? 0 : cell.count), 0);
        expect(sum('gold')).toBe(sentences.reduce((total, { gold }) => total + gold.length, 0));
        expect(sum('predicted')).toBe(sentences.reduce((total, { predicted }) => total + predicted.length, 0));
      }),
    );
  });
});
