import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WordCounts } from '../../src/words/word-counts.js';

function countAll(words: readonly string[], most?: number): WordCounts {
  const counts = new WordCounts(most);
  for (const word of words) counts.add(word);
  return counts;
}

const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'ff', 'ü', '😀'), { maxLength: 60 });

describe('counts of words', () => {
  test('are those of a plain count, the most frequent first, ties in code-unit order', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 4 }), (words, limit, least) => {
        const plain = [...new Set(words)]
          .map((word) => ({ word, count: words.filter((each) => each === word).length }))
          .filter(({ count }) => count >= least)
          .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
          .slice(0, limit);
        expect(countAll(words).mostFrequent(limit, least)).toEqual(plain);
        expect(countAll(words).tokens).toBe(words.length);
      }),
    );
  });

  test('need no more memory however many different words come, and keep the frequent ones', () => {
    const counts = new WordCounts(1000);
    for (let index = 0; index < 50_000; index++) {
      counts.add(`rare${index}`);
      counts.add(`frequent${index % 10}`);
      expect(counts.size).toBeLessThanOrEqual(1000);
    }
    expect(counts.tokens).toBe(100_000);
    const found = counts.mostFrequent(10, 3);
    expect(found.map(({ word }) => word).sort()).toEqual(Array.from({ length: 10 }, (_, index) => `frequent${index}`));
    for (const { count } of found) expect(count).toBe(5000);
  });

  test('leave out what is too long for a word', () => {
    expect(countAll(['x'.repeat(1000), 'y']).mostFrequent(9, 1)).toEqual([{ word: 'y', count: 1 }]);
  });
});
