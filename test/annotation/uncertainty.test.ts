import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankByUncertainty, uncertaintyOf } from '../../src/annotation/uncertainty.js';

/** A sentence of so many words of its own. */
function sentence(name: string, length: number, probability: number): { tokens: string[]; probability: number } {
  return { tokens: Array.from({ length }, (_, index) => `${name}${index}`), probability };
}

test('uncertainty is a mean a token, and finite for sentences of any length', () => {
  expect(uncertaintyOf(sentence('a', 2, 0.25))).toBeCloseTo(Math.log(2), 10);
  expect(uncertaintyOf(sentence('a', 4, 0.0625))).toBeCloseTo(Math.log(2), 10);
  expect(uncertaintyOf(sentence('a', 5000, 0))).toBeLessThan(1);
  expect(uncertaintyOf(sentence('a', 1, 1))).toBeCloseTo(0, 10);
});

test('every sentence has a rank', () => {
  const any = fc.record({
    tokens: fc.array(fc.string(), { minLength: 1 }),
    probability: fc.double({ min: 0, max: 1 }),
  });
  fc.assert(
    fc.property(fc.array(any), (sentences) => {
      const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
      expect(sorted(rankByUncertainty(sentences))).toEqual([...sentences.keys()]);
    }),
  );
});

test('of sentences of one length, the least probable comes first', () => {
  const sentences = [0.9, 0.1, 0.5].map((probability, index) => sentence(`s${index}`, 10, probability));
  expect(rankByUncertainty(sentences)).toEqual([1, 2, 0]);
});

test('no length is preferred: the first hundred are about as long as all', () => {
  // Short ones swing more: the mean a token of a headline is the most extreme one in both directions.
  const sentences = Array.from({ length: 1000 }, (_, index) => {
    const length = 2 + (index % 40);
    const swing = ((index * 7919) % 1000) / 1000;
    return sentence(`s${index}`, length, Math.exp(-length * swing * (4 / Math.sqrt(length))));
  });
  const meanLength = (list: readonly { tokens: readonly string[] }[]): number =>
    list.reduce((sum, { tokens }) => sum + tokens.length, 0) / list.length;
  const first = rankByUncertainty(sentences)
    .slice(0, 100)
    .map((index) => sentences[index]);
  expect(Math.abs(meanLength(first) - meanLength(sentences))).toBeLessThan(3);
});

test('of sentences that are alike, one comes early', () => {
  const alike = Array.from({ length: 50 }, () => ({ tokens: ['Results', 'of', 'the', 'day'], probability: 0.01 }));
  const others = Array.from({ length: 50 }, (_, index) => sentence(`s${index}`, 4, 0.5));
  const first = rankByUncertainty([...alike, ...others]).slice(0, 20);
  expect(first.filter((index) => index < 50)).toEqual([0]);
});
