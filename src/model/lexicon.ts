import { at, integerAt } from '../numerics/at.js';
import { markWith, valuesInDocuments } from '../text/document-words.js';
import type { FeatureSet } from '../text/features.js';

/** The largest length of a slice that engines copy; a longer one is a view that keeps the whole text in memory. */
const LONGEST_COPIED = 12;

/** Copies a token out of the text that it was cut from. */
function detached(token: string): string {
  return token.length > LONGEST_COPIED ? token.split('').join('') : token;
}

/**
 * The distinct tokens seen so far, numbered from 0, and the rows that each names in every table. A token that stands in names of
 * dictionaries, or among the words of its document, in several ways is as many words.
 */
export class Lexicon {
  readonly features: FeatureSet;
  /** The place of each table's first row among those of a word. */
  readonly #starts: readonly number[];
  /** The number of rows that a word names in all tables together. */
  readonly #rows: number;
  /** The numbers of words by mark, then by token. */
  readonly #words = new Map<number, Map<string, number>>();
  #size = 0;
  #ids: Int32Array;

  constructor(features: FeatureSet) {
    this.features = features;
    const counts = features.tables.map(({ named }) => named);
    this.#starts = counts.map((_, table) => counts.slice(0, table).reduce((sum, count) => sum + count, 0));
    this.#rows = counts.reduce((sum, count) => sum + count, 0);
    this.#ids = new Int32Array(1024 * this.#rows);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Returns the number of a token, which is added if it is new.
   *
   * @param mark one of `FeatureSet.marksOf`; 0 if nothing is known of its neighbours
   */
  add(token: string, mark = 0): number {
    let words = this.#words.get(mark);
    if (!words) {
      words = new Map();
      this.#words.set(mark, words);
    }
    const known = words.get(token);
    if (known !== undefined) return known;
    const word = this.#size++;
    words.set(detached(token), word);
    const at = word * this.#rows;
    if (at === this.#ids.length) {
      const longer = new Int32Array(2 * at);
      longer.set(this.#ids);
      this.#ids = longer;
    }
    this.features.writeIds(token, this.#ids, at, mark);
    return word;
  }

  /**
   * Returns the numbers of a sentence's tokens, adding new ones.
   *
   * @param values those of its tokens in their document, as `valuesInDocuments` gives them; undefined if it stands alone
   */
  encode(tokens: readonly string[], values?: Int32Array): Int32Array {
    const words = new Int32Array(tokens.length);
    const marks = this.features.marksOf(tokens, values);
    for (const [t, token] of tokens.entries()) words[t] = this.add(token, marks?.[t]);
    return words;
  }

  /**
   * Returns the numbers of the tokens of sentences, adding new ones.
   *
   * @param documents the number of each sentence's document, or `NO_DOCUMENT`; undefined if all stand alone
   */
  encodeAll(sentences: readonly (readonly string[])[], documents?: readonly number[]): Int32Array[] {
    const values = documents && this.features.seesDocuments ? valuesInDocuments(sentences, documents) : undefined;
    return sentences.map((tokens, index) => this.encode(tokens, values?.[index]));
  }

  /**
   * Returns the numbers of a sentence's tokens as if they stood in no name of a dictionary, adding new ones.
   *
   * @param values as for `encode`
   */
  encodeUnmarked(tokens: readonly string[], values?: Int32Array): Int32Array {
    return Int32Array.from(tokens, (token, t) => this.add(token, markWith(values?.[t] ?? 0)));
  }

  /** Returns a row that a word names in a table; `place` counts its rows there from 0. */
  idOf(word: number, table: number, place = 0): number {
    return integerAt(this.#ids, word * this.#rows + at(this.#starts, table) + place);
  }
}
