import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { SentenceSample } from '../../src/words/sentence-sample.js';

const SENTENCES = Array.from({ length: 50 }, (_, number) => [`word${number}`, '.']);

function sampleOf(size: number, seed: number, sentences = SENTENCES): SentenceSample['sentences'] {
  const sample = new SentenceSample(size, new Random(seed));
  for (const sentence of sentences) sample.add(sentence);
  return sample.sentences;
}

test('a text of few sentences is in its sample, in its order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 50, max: 99 }), (size) => {
      expect(sampleOf(size, 1)).toEqual(SENTENCES);
    }),
  );
});

test('of more sentences as many are in the sample as it holds, each once, and the seed says which', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 49 }), fc.nat(), (size, seed) => {
      const sample = sampleOf(size, seed);
      expect(new Set(sample).size).toBe(size);
      expect(sampleOf(size, seed)).toEqual(sample);
    }),
  );
});

test('every sentence is as often in the samples of many seeds', () => {
  const counts = new Map(SENTENCES.map((sentence) => [sentence, 0]));
  for (let seed = 0; seed < 2000; seed++)
    for (const sentence of sampleOf(10, seed))
      counts.set(sentence as string[], (counts.get(sentence as string[]) ?? 0) + 1);
  // Each is expected 400 times, with a standard deviation of 18.
  for (const count of counts.values()) expect(Math.abs(count - 400)).toBeLessThan(90);
});

test('words alone and sentences that would fill a batch are left out', () => {
  const long = Array.from({ length: 101 }, () => 'word');
  expect(sampleOf(9, 1, [['alone'], long, long.slice(1), ['two', 'words']])).toEqual([long.slice(1), ['two', 'words']]);
});
