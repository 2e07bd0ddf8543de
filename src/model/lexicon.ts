import { at, integerAt } from '../numerics/at.js';
import type { FeatureSet } from '../text/features.js';

/** Engines keep a longer piece of a text as a view of the text, which then stays in memory, too. */
const LONGEST_COPIED = 12;

/** The same token, without the text that it was cut from. */
function aloneInMemory(token: string): string {
  return token.length > LONGEST_COPIED ? token.split('').join('') : token;
}

/** The distinct tokens that were met, numbered from 0, and the rows that each names in every table. */
export class Lexicon {
  readonly features: FeatureSet;
  /** Where the rows of each table begin among those of a word. */
  readonly #starts: readonly number[];
  /** How many rows a word names in all tables together. */
  readonly #rows: number;
  readonly #words = new Map<string, number>();
  #ids: Int32Array;

  constructor(features: FeatureSet) {
    this.features = features;
    const counts = features.tables.map(({ named }) => named);
    this.#starts = counts.map((_, table) => counts.slice(0, table).reduce((sum, count) => sum + count, 0));
    this.#rows = counts.reduce((sum, count) => sum + count, 0);
    this.#ids = new Int32Array(1024 * this.#rows);
  }

  get size(): number {
    return this.#words.size;
  }

  /** The number of a token, which is added if it is new. */
  add(token: string): number {
    const known = this.#words.get(token);
    if (known !== undefined) return known;
    const word = this.#words.size;
    this.#words.set(aloneInMemory(token), word);
    const at = word * this.#rows;
    if (at === this.#ids.length) {
      const longer = new Int32Array(2 * at);
      longer.set(this.#ids);
      this.#ids = longer;
    }
    this.features.writeIds(token, this.#ids, at);
    return word;
  }

  /** The numbers of a sentence's tokens. */
  encode(tokens: readonly string[]): Int32Array {
    const words = new Int32Array(tokens.length);
    for (const [t, token] of tokens.entries()) words[t] = this.add(token);
    return words;
  }

  /**
   * The row that a word names in a table.
   *
   * @param place which of its rows there, from 0
   */
  idOf(word: number, table: number, place = 0): number {
    return integerAt(this.#ids, word * this.#rows + at(this.#starts, table) + place);
  }
}
