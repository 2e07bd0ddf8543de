/** The largest number of different words that are counted at a time. */
const MOST_WORDS = 1_000_000;

/** Longer tokens, in UTF-16 units, are no words. */
const LONGEST_WORD = 100;

/** A word and how often it occurs. */
export interface CountedWord {
  readonly word: string;
  readonly count: number;
}

/**
 * Counts words in bounded memory: when too many different words have come, the rarest are forgotten, as word2vec does
 * (Mikolov et al. 2013). The counts of frequent words are exact or, if a word was rare for long, slightly low.
 */
export class WordCounts {
  readonly #most: number;
  readonly #counts = new Map<string, number>();
  /** Words that occurred so often or less were forgotten the last time. */
  #floor = 0;
  #tokens = 0;

  /** @param most the largest number of different words in memory */
  constructor(most = MOST_WORDS) {
    this.#most = most;
  }

  /** The number of tokens that were counted. */
  get tokens(): number {
    return this.#tokens;
  }

  /** The number of different words in memory. */
  get size(): number {
    return this.#counts.size;
  }

  add(word: string): void {
    this.#tokens++;
    const count = this.#counts.get(word);
    if (count !== undefined) {
      this.#counts.set(word, count + 1);
      return;
    }
    if (word.length > LONGEST_WORD) return;
    if (this.#counts.size >= this.#most) this.#forgetRare();
    this.#counts.set(copyOf(word), 1);
  }

  /** Returns the most frequent words, ties in code-unit order. */
  mostFrequent(limit: number, minCount: number): CountedWord[] {
    return Array.from(this.#counts, ([word, count]) => ({ word, count }))
      .filter(({ count }) => count >= minCount)
      .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
      .slice(0, limit);
  }

  #forgetRare(): void {
    while (this.#counts.size > this.#most / 2) {
      this.#floor++;
      for (const [word, count] of this.#counts) if (count <= this.#floor) this.#counts.delete(word);
    }
  }
}

/** Copies a word, which may be a slice of a text that engines keep in memory as long as the slice. */
function copyOf(word: string): string {
  return word.split('').join('');
}
