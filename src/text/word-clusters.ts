import { at } from './at.js';
import type { SortedWords } from './sorted-words.js';
import { UNKNOWN_ID } from './vocabulary.js';

/** One division of words into clusters. */
export interface Clustering {
  /** The number of clusters. */
  readonly size: number;
  /** (words), the cluster of each word, from 0 to `size`, exclusive */
  readonly numbers: Uint16Array;
}

/** The largest number of clusters of one division. */
export const MOST_CLUSTERS = 65_536;

/** The largest number of divisions. */
export const MOST_DIVISIONS = 16;

/**
 * The clusters that words belong to: words of one cluster occur in similar contexts. Words have one cluster in each of
 * several divisions, which may be coarse or fine.
 */
export class WordClusters {
  readonly words: SortedWords;
  readonly clusterings: readonly Clustering[];
  /** The SHA-256 of the file that they come from; undefined if they come from raw text alone. */
  readonly sha256: string | undefined;
  /** The SHA-256 of the raw text that they come from, if they do. */
  readonly raw: string | undefined;
  #lastToken: string | undefined;
  #lastIndex = -1;

  constructor(
    words: SortedWords,
    clusterings: readonly Clustering[],
    sha256: string | undefined,
    raw: string | undefined = undefined,
  ) {
    this.words = words;
    this.clusterings = clusterings;
    this.sha256 = sha256;
    this.raw = raw;
  }

  /** Returns whether a token has clusters. */
  has(token: string, form: string): boolean {
    return this.#indexOf(token, form) >= 0;
  }

  /**
   * Returns the row that a token names in the table of a division, which is one more than its cluster, or `UNKNOWN_ID` if
   * it has none.
   *
   * @param form the token's folded form
   * @param place the number of the division, from 0
   */
  idOf(token: string, form: string, place: number): number {
    // Each division asks for the same token in turn.
    if (token !== this.#lastToken) {
      this.#lastToken = token;
      this.#lastIndex = this.#indexOf(token, form);
    }
    return this.#lastIndex < 0 ? UNKNOWN_ID : at(at(this.clusterings, place).numbers, this.#lastIndex) + 1;
  }

  /** Returns the index of the word with the spelling of a token, else with its form, else in lower case; -1 without one. */
  #indexOf(token: string, form: string): number {
    for (const word of [token, form, token.toLowerCase()]) {
      const index = this.words.indexOf(word);
      if (index >= 0) return index;
    }
    return -1;
  }
}
