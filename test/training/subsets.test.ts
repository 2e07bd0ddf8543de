import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import type { Sentence } from '../../src/text/sentence.js';
import { chanceFor } from '../../src/training/chance.js';
import { divideIntoFolds, type HeldOut, holdOut, takePart } from '../../src/training/subsets.js';
import { plainSentence } from '../helpers/small-corpus.js';

/** A corpus of documents with the given numbers of sentences. */
function corpusOf(sizes: readonly number[]): Sentence[] {
  let number = 0;
  return sizes.flatMap((size, document) => Array.from({ length: size }, () => plainSentence(number++, document)));
}

function hold(sentences: readonly Sentence[], seed = 1): HeldOut {
  return holdOut(sentences, chanceFor(seed, 'holdOut'));
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 40 });

describe('folds', () => {
  test('are of about equal size, and hold every sentence once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 0, max: 60 }), fc.nat(), (count, more, seed) => {
        const corpus = corpusOf([count + more]);
        const { of, unit } = divideIntoFolds(corpus, count, chanceFor(seed, 'holdOut'));
        const sizes = Array.from({ length: count }, (_, fold) => of.filter((each) => each === fold).length);
        expect(of).toHaveLength(corpus.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(Math.min(...sizes)).toBeGreaterThan(0);
        expect(unit).toBe('sentences');
      }),
    );
  });

  test('keep documents whole where there are two a fold and none is too long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 15, max: 30 }), { minLength: 10, maxLength: 60 }),
        fc.nat(),
        (drawn, seed) => {
          const corpus = corpusOf(drawn);
          const { of, unit } = divideIntoFolds(corpus, 5, chanceFor(seed, 'holdOut'));
          expect(unit).toBe('documents');
          const pairs = new Set(corpus.map(({ document }, index) => `${document} ${of[index]}`));
          expect(pairs.size).toBe(drawn.length);
        },
      ),
    );
  });

  test('divide documents where one is as long as all others together', () => {
    const { unit } = divideIntoFolds(corpusOf([500, ...new Array<number>(20).fill(1)]), 5, chanceFor(1, 'holdOut'));
    expect(unit).toBe('sentences');
  });

  test('depend on the seed', () => {
    const [first, again, other] = [1, 1, 2].map((seed) =>
      divideIntoFolds(corpusOf([40]), 5, chanceFor(seed, 'holdOut')),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

describe('holding out', () => {
  test('parts the corpus: every sentence is in train or in dev, once, in the order of the corpus', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (drawn, seed) => {
        const corpus = corpusOf(drawn);
        fc.pre(corpus.length > 1);
        const { train, dev } = hold(corpus, seed);
        expect([...train, ...dev].sort((a, b) => a.line - b.line)).toEqual(corpus);
        for (const part of [train, dev]) {
          expect(part.length).toBeGreaterThan(0);
          expect([...part].sort((a, b) => a.line - b.line)).toEqual(part);
        }
      }),
    );
  });

  test('takes a tenth of the sentences where there are no documents', () => {
    for (const [length, expected] of [
      [2, 1],
      [9, 1],
      [10, 1],
      [14, 1],
      [15, 2],
      [100, 10],
      [1234, 123],
    ]) {
      const { train, dev, unit } = hold(corpusOf([length]));
      expect([dev.length, train.length, unit]).toEqual([expected, length - expected, 'sentences']);
    }
  });

  test('takes whole documents where there are ten or more', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 15, max: 30 }), { minLength: 10, maxLength: 60 }), (drawn) => {
        const { train, dev, unit } = hold(corpusOf(drawn));
        expect(unit).toBe('documents');
        const held = new Set(dev.map(({ document }) => document));
        expect(train.some(({ document }) => held.has(document))).toBe(false);
      }),
    );
  });

  test('takes sentences where there are nine documents', () => {
    expect(hold(corpusOf(new Array(9).fill(10))).unit).toBe('sentences');
    expect(hold(corpusOf(new Array(10).fill(10))).unit).toBe('documents');
  });

  test('takes about a tenth, and no more than one document beyond it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 100, maxLength: 150 }), (drawn) => {
        const corpus = corpusOf(drawn);
        const tenth = Math.round(corpus.length / 10);
        const { dev } = hold(corpus);
        expect(dev.length).toBeGreaterThanOrEqual(tenth);
        expect(dev.length).toBeLessThan(tenth + 20);
      }),
    );
  });

  test('takes from half a tenth to two, however uneven the documents are', () => {
    const uneven = fc.array(fc.constantFrom(1, 2, 3, 10, 100, 2000), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(uneven, fc.nat(), (drawn, seed) => {
        const corpus = corpusOf(drawn);
        fc.pre(corpus.length > 1);
        const tenth = Math.max(1, Math.round(corpus.length / 10));
        const { dev } = hold(corpus, seed);
        expect(dev.length).toBeGreaterThanOrEqual(tenth / 2);
        expect(dev.length).toBeLessThanOrEqual(tenth * 2);
      }),
    );
  });

  test('takes sentences where one document is most of the corpus', () => {
    for (let seed = 0; seed < 30; seed++) {
      const { train, dev, unit } = hold(corpusOf([1, 1, 1, 1, 1000, 1, 1, 1, 1, 1]), seed);
      expect([train.length, dev.length, unit]).toEqual([908, 101, 'sentences']);
    }
  });

  test('draws the same part for the same seed, and another one for another seed', () => {
    const corpus = corpusOf(new Array(30).fill(5));
    expect(hold(corpus, 3)).toEqual(hold(corpus, 3));
    expect(hold(corpus, 4).dev).not.toEqual(hold(corpus, 3).dev);
  });

  test('gives every sentence its turn over many seeds', () => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 200; seed++) for (const { line } of hold(corpusOf([30]), seed).dev) seen.add(line);
    expect(seen.size).toBe(30);
  });
});

test('a corpus of one sentence is its own dev', () => {
  const corpus = corpusOf([1]);
  expect(hold(corpus)).toEqual({ train: corpus, dev: corpus, unit: 'sentences' });
});

test('a corpus of two sentences is parted', () => {
  const { train, dev } = hold(corpusOf([1, 1]));
  expect([train.length, dev.length]).toEqual([1, 1]);
});

test('a part has its share of the sentences, in their order, and lies within the larger ones of the same chance', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, count) => {
      const corpus = Array.from({ length: count }, (_, number) => plainSentence(number));
      const parts = [0.1, 0.25, 0.5, 1].map((fraction) => takePart(corpus, fraction, new Random(seed)));
      expect(parts.map(({ length }) => length)).toEqual(
        [0.1, 0.25, 0.5, 1].map((part) => Math.max(1, Math.round(part * count))),
      );
      for (const [index, part] of parts.entries()) {
        expect(part).toEqual(corpus.filter((sentence) => part.includes(sentence)));
        for (const sentence of part) expect(parts[index + 1] ?? corpus).toContain(sentence);
      }
    }),
  );
});

test('of many documents whole ones are taken', () => {
  const corpus = Array.from({ length: 300 }, (_, number) => plainSentence(number, Math.floor(number / 5)));
  const part = takePart(corpus, 0.25, new Random(3));
  expect(part.length).toBe(75);
  for (const { document } of part) expect(part.filter((each) => each.document === document)).toHaveLength(5);
});

test('another seed draws another part', () => {
  const corpus = Array.from({ length: 40 }, (_, number) => plainSentence(number));
  expect(takePart(corpus, 0.5, new Random(1))).not.toEqual(takePart(corpus, 0.5, new Random(2)));
});
