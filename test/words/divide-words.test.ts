import { expect, test } from 'vitest';
import { createKernels } from '../../src/numerics/fastest.js';
import { Random } from '../../src/numerics/random.js';
import { divideWords, possibleSizes, scaledVectors } from '../../src/words/divide-words.js';

const WORDS = ['zoo', 'none', 'ape', 'cat', 'bee'];
const NUMBERS = Float32Array.of(3, 4, 0, 0, 0.1, 0, 7, 0.1, 30, 41);

test('vectors have length 1, and a word without one is left out', () => {
  const { words, numbers, width } = scaledVectors(WORDS, { numbers: NUMBERS, width: 2 });
  expect(words).toEqual(['zoo', 'ape', 'cat', 'bee']);
  for (const [row] of words.entries())
    expect(Math.hypot(...numbers.subarray(row * width, row * width + 2))).toBeCloseTo(1, 5);
});

test('words in code-unit order share a cluster with those whose vectors point the same way', () => {
  const vectors = scaledVectors(WORDS, { numbers: NUMBERS, width: 2 });
  const rounds = divideWords(createKernels(), vectors, [2, 4], new Random(1), 'raw');
  let next = rounds.next();
  while (!next.done) next = rounds.next();
  const { words, clusterings, sha256, raw } = next.value;
  expect(Array.from({ length: words.size }, (_, index) => words.word(index))).toEqual(['ape', 'bee', 'cat', 'zoo']);
  const [ape, bee, cat, zoo] = clusterings[0]?.numbers ?? [];
  expect([cat, zoo]).toEqual([ape, bee]);
  expect(ape).not.toBe(bee);
  expect(new Set(clusterings[1]?.numbers).size).toBe(4);
  expect([sha256, raw]).toEqual([undefined, 'raw']);
});

test('clusters have ten words on average, or there are fewer of them', () => {
  expect(possibleSizes([64, 256, 1024], 12_000)).toEqual([64, 256, 1024]);
  expect(possibleSizes([64, 256, 1024], 4000)).toEqual([64, 256]);
  expect(possibleSizes([64, 256, 1024], 250)).toEqual([25]);
  expect(possibleSizes([64], 2)).toEqual([2]);
});
