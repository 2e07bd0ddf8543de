import type { FeatureSet } from '../text/features.js';

/** Engines keep a longer piece of a text as a view of the text, which then stays in memory, too. */
const LONGEST_COPIED = 12;

/** The same token, without the text that it was cut from. */
function aloneInMemory(token: string): string {
  return token.length > LONGEST_COPIED ? token.split('').join('') : token;
}

/** The distinct tokens that were met, numbered from 0, and the row that each names in every table. */
export class Lexicon {
  readonly features: FeatureSet;
  readonly tables: number;
  readonly #words = new Map<string, number>();
  #ids: Int32Array;

  constructor(features: FeatureSet) {
    this.features = features;
    this.tables = features.tables.length;
    this.#ids = new Int32Array(1024 * this.tables);
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
    const at = word * this.tables;
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
    for (let t = 0; t < tokens.length; t++) words[t] = this.add(tokens[t] as string);
    return words;
  }

  /** The row that a word names in a table. */
  idOf(word: number, table: number): number {
    return this.#ids[word * this.tables + table] as number;
  }
}
