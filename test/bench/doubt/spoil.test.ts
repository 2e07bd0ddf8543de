import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/numerics/random.js';
import { spansOf, tagsOf } from '../../../src/text/scheme.js';
import { spansOfSentence } from '../../helpers/arbitraries.js';
import { scoreFindings } from './score.js';
import { spoil } from './spoil.js';

const scheme = { name: 'iob2', outside: 'O' } as const;

const corpora = fc.array(spansOfSentence, { minLength: 1, maxLength: 8 }).map((drawn) =>
  drawn.map(({ length, spans }, line) => ({
    tokens: Array.from({ length }, (_, t) => `word${t}`),
    tags: tagsOf(spans, length, scheme),
    document: 0,
    line,
  })),
);

describe('a spoilt corpus', () => {
  test('differs from the other in the entities that are told, and in no others', () => {
    fc.assert(
      fc.property(corpora, fc.nat(), (sentences, seed) => {
        const before = sentences.map(({ tags }) => spansOf(tags, scheme));
        const { sentences: after, spoilt, spans } = spoil({ sentences, scheme }, 0.4, new Random(seed));
        expect(spans).toBe(before.flat().length);
        expect(spoilt.length).toBeLessThanOrEqual(Math.round(0.4 * spans));
        for (const [index, { tags, tokens }] of after.entries()) {
          const own = spoilt.filter(({ sentence }) => sentence === index);
          const expected = before[index].flatMap((span) => {
            const change = own.find((each) => each.before.start === span.start);
            return change ? (change.after ?? []) : span;
          });
          expect(tokens).toBe(sentences[index].tokens);
          expect(spansOf(tags, scheme)).toEqual(expected);
        }
      }),
    );
  });

  test('is found by findings of what became of its entities', () => {
    const [before, after] = [
      { label: 'A', start: 1, end: 3 },
      { label: 'A', start: 1, end: 2 },
    ];
    const spoilt = [
      { kind: 'moved', sentence: 4, before, after },
      { kind: 'dropped', sentence: 5, before, after: undefined },
    ] as const;
    const withText = { ...after, text: '' };
    const findings = [
      { sentence: 4, given: withText, suggested: null },
      { sentence: 5, given: withText, suggested: null },
      { sentence: 5, given: null, suggested: withText },
    ];
    expect(scoreFindings(findings, spoilt, 2, 2)).toEqual({
      precision: 0.5,
      found: 0.5,
      foundByKind: { dropped: 0, relabelled: 0, moved: 1 },
    });
    expect(scoreFindings(findings, spoilt, 3, 3).found).toBe(1);
  });
});
