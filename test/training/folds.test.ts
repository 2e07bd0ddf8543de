import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sentence } from '../../src/text/sentence.js';
import { chanceFor } from '../../src/training/chance.js';
import { divideIntoFolds } from '../../src/training/folds.js';
import { plainSentence, sentenceOf } from '../helpers/small-corpus.js';

function fold(sentences: readonly Sentence[], count: number, seed = 1): readonly number[] {
  return divideIntoFolds(sentences, count, chanceFor(seed, 'folds', 0)).of;
}

const texts = fc.array(fc.constantFrom('a/O', 'b/O', 'a/O b/O', 'c/O c/O c/O', 'd/O'), { minLength: 1, maxLength: 40 });

describe('folds', () => {
  test('hold equal sentences together, and are as many as told or as there are different sentences', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 6 }), fc.nat(), (drawn, count, seed) => {
        const folds = fold(
          drawn.map((text) => sentenceOf(text)),
          count,
          seed,
        );
        expect(new Set(folds)).toEqual(new Set(Array(Math.min(count, new Set(drawn).size)).keys()));
        for (const [index, text] of drawn.entries()) expect(folds[drawn.indexOf(text)]).toBe(folds[index]);
      }),
    );
  });

  test('have about as many tokens each', () => {
    const corpus = Array.from({ length: 103 }, (_, number) => plainSentence(number));
    const folds = fold(corpus, 4);
    const sizes = [0, 1, 2, 3].map((own) => folds.filter((each) => each === own).length);
    expect(sizes.sort()).toEqual([25, 26, 26, 26]);
  });

  test('hold documents together, unless a document is most of the corpus', () => {
    const corpusOf = (sizes: readonly number[]): Sentence[] =>
      sizes.flatMap((size, document) =>
        Array.from({ length: size }, (_, number) => plainSentence(100 * document + number, document)),
      );
    const even = corpusOf(Array(12).fill(5));
    const folds = fold(even, 3);
    for (const [index, { document }] of even.entries())
      expect(folds[index]).toBe(folds[even.findIndex((each) => each.document === document)]);
    const uneven = corpusOf([90, ...Array(11).fill(1)]);
    expect(new Set(fold(uneven, 3).slice(0, 90)).size).toBe(3);
  });

  test('differ from seed to seed, and are the same for one seed', () => {
    const corpus = Array.from({ length: 50 }, (_, number) => plainSentence(number));
    expect(fold(corpus, 4)).toEqual(fold(corpus, 4));
    expect(fold(corpus, 4)).not.toEqual(fold(corpus, 4, 2));
  });
});
