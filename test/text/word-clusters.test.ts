import { describe, expect, test } from 'vitest';
import { SortedWords } from '../../src/text/sorted-words.js';
import { WordClusters } from '../../src/text/word-clusters.js';

const clusters = new WordClusters(
  SortedWords.of(['0000', 'Bush', 'bush', 'rome']),
  [
    { size: 2, numbers: Uint16Array.of(0, 1, 0, 1) },
    { size: 9, numbers: Uint16Array.of(3, 8, 5, 7) },
  ],
  'f'.repeat(64),
);

describe('the clusters of a token', () => {
  test.each([
    ['of its own spelling come first', 'Bush', 'bush', [2, 9]],
    ['are those of its form if its spelling has none', '1984', '0000', [1, 4]],
    ['are those of its lower case if neither has any', 'ROME', 'ROME', [2, 8]],
    ['are the unknown one if it has none', 'Paris', 'paris', [0, 0]],
  ])('%s', (_, token, form, expected) => {
    expect([0, 1].map((place) => clusters.idOf(token, form, place))).toEqual(expected);
    expect(clusters.has(token, form)).toBe(expected[0] !== 0);
  });
});
