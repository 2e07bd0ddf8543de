import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementOf, type LabelPattern } from '../../src/evaluation/agreement.js';

/** The patterns of annotators who each gave a label, a letter, to every unit. */
function patternsOf(...annotators: readonly string[]): LabelPattern[] {
  const numberOf = (letter: string): number => letter.charCodeAt(0) % 32;
  return [...(annotators[0] ?? '')].map((_, unit) => ({
    labels: annotators.map((own) => numberOf(own[unit])),
    count: 1,
  }));
}

describe('published examples:', () => {
  test("Cohen's kappa of 50 proposals that two readers approve or refuse is 0.40", () => {
    const table = [
      { labels: [0, 0], count: 20 },
      { labels: [0, 1], count: 5 },
      { labels: [1, 0], count: 10 },
      { labels: [1, 1], count: 15 },
    ];
    expect(agreementOf(table, 2, 2).cohen).toEqual([
      [1, expect.closeTo(0.4, 10)],
      [expect.closeTo(0.4, 10), 1],
    ]);
  });

  // The worked example of Fleiss' kappa in Wikipedia: 14 raters, 10 subjects, 5 categories.
  test("Fleiss' kappa of 14 raters is 0.210", () => {
    const rows = ['02642', '00356', '03920', '22811', '77000', '32630', '25322', '65210', '02237'];
    const counts = [[0, 0, 0, 0, 14], ...rows.map((row) => [...row].map(Number))];
    const table = counts.map((row) => ({ labels: row.flatMap((count, label) => Array(count).fill(label)), count: 1 }));
    expect(agreementOf(table, 14, 5).fleiss).toBeCloseTo(0.21, 3);
  });

  // Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, sections A and B.
  test("Krippendorff's alpha of two observers is 0.095 for binary and 0.692 for nominal data", () => {
    expect(agreementOf(patternsOf('0100000010', '1110010000'), 2, 32).alpha).toBeCloseTo(0.095, 3);
    expect(agreementOf(patternsOf('aabbdcccedda', 'babbbccceddd'), 2, 32).alpha).toBeCloseTo(0.692, 3);
  });
});

const units = fc.integer({ min: 2, max: 4 }).chain((annotators) =>
  fc.record({
    annotators: fc.constant(annotators),
    labels: fc.array(fc.array(fc.nat(2), { minLength: annotators, maxLength: annotators }), {
      minLength: 1,
      maxLength: 12,
    }),
  }),
);

describe('agreement', () => {
  test('is what counting all pairs of labels one by one gives', () => {
    fc.assert(
      fc.property(units, ({ annotators, labels }) => {
        const found = agreementOf(
          labels.map((each) => ({ labels: each, count: 1 })),
          annotators,
          3,
        );
        const all = labels.flat();
        const pairs = <Item>(items: readonly Item[], isDifferent: boolean): [Item, Item][] =>
          items.flatMap((a, i) => items.flatMap((b, j): [Item, Item][] => (isDifferent && i === j ? [] : [[a, b]])));
        const shareOfSame = (each: readonly (readonly [number, number])[]): number =>
          each.filter(([a, b]) => a === b).length / each.length;
        const observed = shareOfSame(labels.flatMap((each) => pairs(each, true)));
        const expectFigure = (figure: number | undefined, byChance: number): void =>
          byChance === 1
            ? expect(figure).toBeUndefined()
            : expect(figure).toBeCloseTo((observed - byChance) / (1 - byChance), 8);
        expectFigure(found.alpha, shareOfSame(pairs(all, true)));
        expectFigure(found.fleiss, shareOfSame(pairs(all, false)));
      }),
    );
  });

  test('of two annotators by Cohen is 1 where they agree, and 0 where one has a single label', () => {
    expect(agreementOf(patternsOf('aabb', 'aabb'), 2, 32).cohen[0]?.[1]).toBe(1);
    expect(agreementOf(patternsOf('aaaa', 'aabb'), 2, 32).cohen[0]?.[1]).toBe(0);
    expect(agreementOf(patternsOf('aaaa', 'aaaa'), 2, 32)).toEqual({
      cohen: [
        [1, undefined],
        [undefined, 1],
      ],
      fleiss: undefined,
      alpha: undefined,
    });
  });

  test('counts a pattern as often as it occurs', () => {
    fc.assert(
      fc.property(units, ({ annotators, labels }) => {
        const often = labels.map((each, index) => ({ labels: each, count: 1 + (index % 3) }));
        const apart = often.flatMap(({ labels: own, count }) => Array(count).fill({ labels: own, count: 1 }));
        expect(agreementOf(often, annotators, 3)).toEqual(agreementOf(apart, annotators, 3));
      }),
    );
  });
});
