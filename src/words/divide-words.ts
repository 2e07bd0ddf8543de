import { at } from '../numerics/at.js';
import type { Kernels } from '../numerics/kernels.js';
import type { Random } from '../numerics/random.js';
import { SortedWords } from '../text/sorted-words.js';
import { type Clustering, WordClusters } from '../text/word-clusters.js';
import { kMeans, type Rows } from './k-means.js';

/** The most rounds of k-means. */
const ROUNDS = 20;

/** A cluster has at least so many words on average: smaller ones say little more than the word itself. */
const WORDS_A_CLUSTER = 10;

/** Words with a vector of length 1 each. */
export interface WordVectors extends Rows {
  readonly words: readonly string[];
}

/** Returns words with their vectors scaled to length 1; words whose vectors are 0 are left out. */
export function scaledVectors(words: readonly string[], { numbers, width }: Rows): WordVectors {
  const kept: string[] = [];
  const scaled = new Float32Array(numbers.length);
  for (const [row, word] of words.entries()) {
    const own = numbers.subarray(row * width, (row + 1) * width);
    const length = Math.sqrt(own.reduce((sum, number) => sum + number * number, 0));
    if (length === 0) continue;
    for (const [d, number] of own.entries()) scaled[kept.length * width + d] = number / length;
    kept.push(word);
  }
  return { words: kept, numbers: scaled.slice(0, kept.length * width), width };
}

/**
 * Returns the numbers of clusters into which so many words can be divided. Numbers that are too large are left out; if all
 * are, the largest possible number takes their place.
 */
export function possibleSizes(sizes: readonly number[], words: number): number[] {
  const largest = Math.max(2, Math.floor(words / WORDS_A_CLUSTER));
  const possible = sizes.filter((size) => size <= largest);
  return possible.length > 0 ? possible : [Math.min(largest, words)];
}

/**
 * Divides words into clusters, once for each number of clusters. It yields the number of each round of a division, from 1.
 *
 * @param sizes at most as many clusters as there are words
 * @param raw the SHA-256 of the text that the vectors come from
 */
export function* divideWords(
  kernels: Kernels,
  vectors: WordVectors,
  sizes: readonly number[],
  random: Random,
  raw: string,
): Generator<number, WordClusters, undefined> {
  const order = Array.from(vectors.words.keys()).sort((a, b) => (at(vectors.words, a) < at(vectors.words, b) ? -1 : 1));
  const clusterings: Clustering[] = [];
  for (const size of sizes) {
    const { clusters } = yield* kMeans(kernels, vectors, size, ROUNDS, random);
    clusterings.push({ size, numbers: Uint16Array.from(order, (row) => at(clusters, row)) });
  }
  return new WordClusters(SortedWords.of(order.map((row) => at(vectors.words, row))), clusterings, undefined, raw);
}
