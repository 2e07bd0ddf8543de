import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ratesOf, rowsByLabel, scoreTags, type TagPair } from '../../src/evaluation/scores.js';
import { type Scheme, spansOf, tagsOf } from '../../src/text/scheme.js';
import type { Span } from '../../src/text/sentence.js';
import { spansOfSentence } from '../helpers/arbitraries.js';
import { tagPairs } from '../helpers/tag-pairs.js';

const IOB1: Scheme = { name: 'iob1', outside: 'O' };
const IOB2: Scheme = { name: 'iob2', outside: 'O' };
const BIOES: Scheme = { name: 'bioes', outside: 'O' };
const PARTS_OF_SPEECH: Scheme = { name: 'plain', outside: undefined };

const tag = fc.constantFrom('O', 'O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-__proto__');
const pairs = fc.array(
  fc
    .array(fc.tuple(tag, tag), { maxLength: 8 })
    .map((tags): TagPair => ({ gold: tags.map(([gold]) => gold), predicted: tags.map(([, predicted]) => predicted) })),
);

/** Names of the spans of all sentences, one for each. */
function spanNames(sentences: readonly (readonly string[])[]): string[] {
  return sentences.flatMap((tags, sentence) =>
    spansOf(tags, IOB2).map(({ label, start, end }) => `${sentence} ${start}-${end} ${label}`),
  );
}

describe('the counts', () => {
  test('are those of the spans with the same sentence, start, end and label', () => {
    fc.assert(
      fc.property(pairs, (sentences) => {
        const scores = scoreTags(sentences, IOB2);
        const gold = spanNames(sentences.map((pair) => pair.gold));
        const predicted = spanNames(sentences.map((pair) => pair.predicted));
        const correct = gold.filter((name) => predicted.includes(name));
        expect([scores.gold, scores.predicted, scores.correct]).toEqual([
          gold.length,
          predicted.length,
          correct.length,
        ]);
        expect(scores.sentences).toBe(sentences.length);
        expect(scores.tokens).toBe(sentences.flatMap((pair) => pair.gold).length);
      }),
    );
  });

  test('of all are the sums of those of the labels', () => {
    fc.assert(
      fc.property(pairs, (sentences) => {
        const scores = scoreTags(sentences, IOB2);
        for (const what of ['gold', 'predicted', 'correct'] as const) {
          expect(rowsByLabel(scores).reduce((sum, [, counts]) => sum + counts[what], 0)).toBe(scores[what]);
        }
      }),
    );
  });

  test('change places when gold and predicted do, and precision and recall with them', () => {
    fc.assert(
      fc.property(pairs, (sentences) => {
        const scores = scoreTags(sentences, IOB2);
        const swapped = scoreTags(
          sentences.map(({ gold, predicted }) => ({ gold: predicted, predicted: gold })),
          IOB2,
        );
        expect([swapped.precision, swapped.recall, swapped.f1, swapped.accuracy]).toEqual([
          scores.recall,
          scores.precision,
          scores.f1,
          scores.accuracy,
        ]);
      }),
    );
  });
});

describe('the rates', () => {
  test('are fractions of 1, and 1 where all is right', () => {
    expect(ratesOf({ gold: 4, predicted: 5, correct: 3 })).toEqual({ precision: 3 / 5, recall: 3 / 4, f1: 6 / 9 });
    expect(ratesOf({ gold: 4, predicted: 4, correct: 4 })).toEqual({ precision: 1, recall: 1, f1: 1 });
  });

  test('are 0 where the divisor is 0', () => {
    expect(ratesOf({ gold: 0, predicted: 0, correct: 0 })).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(ratesOf({ gold: 0, predicted: 2, correct: 0 })).toEqual({ precision: 0, recall: 0, f1: 0 });
    const nothing = { gold: 0, predicted: 0, correct: 0, precision: 0, recall: 0, f1: 0 };
    expect(scoreTags([], IOB2)).toEqual({
      ...nothing,
      tokens: 0,
      sentences: 0,
      correctTokens: 0,
      accuracy: 0,
      byLabel: {},
    });
  });
});

describe('token accuracy', () => {
  test('is the fraction of the tags that are right', () => {
    const scores = scoreTags(tagPairs(['B-PER/B-PER I-PER/I-LOC O/O', 'O/B-PER']), IOB2);
    expect([scores.correctTokens, scores.tokens, scores.accuracy]).toEqual([2, 4, 0.5]);
  });

  test('is all that labels of single tokens are scored by', () => {
    const scores = scoreTags(tagPairs(['DT/DT NN/NN VBZ/NNS', './.']), PARTS_OF_SPEECH);
    expect(scores).toMatchObject({ accuracy: 0.75, gold: 0, predicted: 0, correct: 0, f1: 0, byLabel: {} });
  });

  test('does not hold a second spelling of BIOES against a tag', () => {
    expect(scoreTags(tagPairs(['B-PER/B-PER E-PER/L-PER U-LOC/S-LOC O/U-LOC']), BIOES).accuracy).toBe(0.75);
  });
});

/** A prediction that may be right: the first three tokens are a person. */
function guessFor(length: number): Span[] {
  return length === 0 ? [] : [{ label: 'PER', start: 0, end: Math.min(3, length) }];
}

describe('gold tags in another scheme than the predicted ones', () => {
  test('score as if they had been spelt alike', () => {
    fc.assert(
      fc.property(
        fc.array(spansOfSentence),
        fc.constantFrom(IOB1, IOB2, BIOES),
        fc.constantFrom(IOB1, IOB2, BIOES),
        (sentences, goldScheme, predictedScheme) => {
          const mixed = sentences.map(({ spans, length }) => ({
            gold: tagsOf(spans, length, goldScheme),
            predicted: tagsOf(guessFor(length), length, predictedScheme),
          }));
          const alike = sentences.map(({ spans, length }) => ({
            gold: tagsOf(spans, length, IOB2),
            predicted: tagsOf(guessFor(length), length, IOB2),
          }));
          const { accuracy: _, correctTokens: __, ...counts } = scoreTags(alike, IOB2);
          expect(scoreTags(mixed, goldScheme, predictedScheme)).toMatchObject(counts);
        },
      ),
    );
  });

  test('are right throughout when they spell the same spans', () => {
    fc.assert(
      fc.property(fc.array(spansOfSentence), (sentences) => {
        const mixed = sentences.map(({ spans, length }) => ({
          gold: tagsOf(spans, length, IOB1),
          predicted: tagsOf(spans, length, BIOES),
        }));
        const scores = scoreTags(mixed, IOB1, BIOES);
        expect(scores.correctTokens).toBe(scores.tokens);
        expect(scores.correct).toBe(scores.gold);
      }),
    );
  });

  test('may be names marked 1 and 0', () => {
    const scores = scoreTags(tagPairs(['1/1 1/1 0/0 1/1 1/0 0/0']), { name: 'plain', outside: '0' });
    expect(scores).toMatchObject({ gold: 2, predicted: 2, correct: 1, byLabel: { 1: { f1: 0.5 } } });
  });
});

describe('the labels', () => {
  test('have each their row, in code-unit order, whatever they are called', () => {
    const scores = scoreTags(tagPairs(['B-10/B-10 B-9/O B-é/O B-a/O B-Z/O B-__proto__/B-toString B-2/O']), IOB2);
    expect(rowsByLabel(scores).map(([label]) => label)).toEqual([
      '10',
      '2',
      '9',
      'Z',
      '__proto__',
      'a',
      'toString',
      'é',
    ]);
    expect(rowsByLabel(scores)[4]).toEqual([
      '__proto__',
      { gold: 1, predicted: 0, correct: 0, precision: 0, recall: 0, f1: 0 },
    ]);
  });
});
