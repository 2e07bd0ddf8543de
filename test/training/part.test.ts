import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { takePart } from '../../src/training/part.js';
import { plainSentence } from '../helpers/small-corpus.js';

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
