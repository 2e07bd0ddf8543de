import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDoubts, followDoubts, mistakeOf } from '../../src/evaluation/doubts.js';
import type { ProbableSpan } from '../../src/model/judgement.js';
import type { PossibleLabels, Span } from '../../src/text/sentence.js';
import { spansOfSentence } from '../helpers/arbitraries.js';

const span = (label: string, start: number, end: number): Span => ({ label, start, end });
const probable = (label: string, start: number, end: number, probability: number): ProbableSpan => ({
  ...span(label, start, end),
  probability,
});

describe('doubts', () => {
  test('are of what is missing, of labels, of ends, and of what is none', () => {
    const given = [span('A', 0, 1), span('A', 2, 3), span('A', 4, 5), span('A', 6, 7)];
    const judgement = [
      ...given.map((each) => ({ ...each, probability: 0.01 })),
      probable('B', 0, 1, 0.96),
      probable('A', 2, 4, 0.95),
      probable('B', 8, 9, 0.94),
      probable('B', 4, 6, 0.93),
    ];
    const { doubts } = findDoubts(given, [judgement]);
    const kinds = [...doubts].sort((a, b) => b.doubt - a.doubt).map((doubt) => [mistakeOf(doubt), doubt.suggested]);
    expect(kinds).toEqual([
      ['wrong label', span('B', 0, 1)],
      ['wrong ends', span('A', 2, 4)],
      ['label and ends', span('B', 4, 6)],
      ['missing', span('B', 8, 9)],
      ['spurious', undefined],
    ]);
  });

  test('take the mean of networks, in which a span that one does not have counts as 0', () => {
    const { doubts } = findDoubts([], [[probable('A', 0, 1, 1)], [probable('A', 0, 1, 0.96)]]);
    expect(doubts).toEqual([{ given: undefined, suggested: span('A', 0, 1), doubt: expect.closeTo(0.98 ** 1.5, 10) }]);
    expect(findDoubts([], [[probable('A', 0, 1, 1)], []]).doubts).toEqual([]);
  });

  test('leave out what no network knows, and judge by those that know it', () => {
    const given = [span('A', 0, 1), span('RARE', 2, 3)];
    const { doubts, unjudged } = findDoubts(given, [[probable('A', 0, 1, 0.1)], []]);
    expect(doubts).toEqual([{ given: given[0], suggested: undefined, doubt: expect.closeTo(0.63, 10) }]);
    expect(unjudged).toEqual([given[1]]);
  });

  test('call nothing missing where a given span stands that no network knows', () => {
    const given = [span('RARE', 2, 4)];
    const { doubts, unjudged } = findDoubts(given, [[probable('A', 3, 5, 0.99), probable('A', 4, 5, 0.98)]]);
    expect(doubts.map(({ suggested }) => suggested)).toEqual([span('A', 4, 5)]);
    expect(unjudged).toEqual(given);
  });

  test('are none where nobody has labelled, unless a token is known or may not have the label', () => {
    const judgement = [probable('A', 0, 2, 0.99), probable('A', 2, 4, 0.98), probable('B', 4, 5, 0.97)];
    const suggested = (...possible: readonly (PossibleLabels | undefined)[]): (Span | undefined)[] =>
      findDoubts([], [judgement], possible).doubts.map((doubt) => doubt.suggested);
    expect(suggested('any', 'any', 'any', undefined, new Set(['A']))).toEqual([span('A', 2, 4), span('B', 4, 5)]);
    expect(suggested('any', 'mostly none', new Set(['A']), 'any', new Set(['B']))).toEqual([]);
  });

  test('rank a place first where the suggestion is surer', () => {
    const doubtWith = (probability: number): number =>
      findDoubts([span('A', 0, 1)], [[probable('A', 0, 1, 0.02), probable('B', 0, 1, probability)]]).doubts[0]?.doubt ??
      0;
    expect(doubtWith(0.95)).toBeGreaterThan(doubtWith(0.7));
  });

  test('lie between 0.5 and 1, name each given span once, and lead to spans that do not overlap', () => {
    const judged = fc.array(
      fc.record({
        label: fc.constantFrom('PER', 'LOC'),
        start: fc.nat(8),
        size: fc.integer({ min: 1, max: 3 }),
        probability: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(spansOfSentence, judged, judged, ({ spans }, first, second) => {
        const judgements = [first, second].map((drawn) => {
          const found = new Map<string, ProbableSpan>();
          for (const { label, start, size, probability } of drawn)
            found.set(`${start} ${size} ${label}`, { label, start, end: start + size, probability });
          return [...found.values()];
        });
        const { doubts } = findDoubts(spans, judgements);
        for (const { given, suggested, doubt } of doubts) {
          expect(given ?? suggested).toBeDefined();
          expect(doubt >= 0.5 && doubt <= 1).toBe(true);
        }
        const doubted = doubts.flatMap(({ given }) => given ?? []);
        expect(new Set(doubted).size).toBe(doubted.length);
        const followed = followDoubts(spans, doubts);
        for (const [index, each] of followed.entries())
          expect(each.start).toBeGreaterThanOrEqual(followed[index - 1]?.end ?? 0);
      }),
    );
  });
});
