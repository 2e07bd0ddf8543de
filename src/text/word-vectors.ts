import { foldWord, UNKNOWN_ID, type WordForm } from './vocabulary.js';

/** The words that have pre-trained vectors, numbered from 1; 0 stands for all others. */
export class VectorWords {
  /** The words as the file spells them, in its order. */
  readonly words: readonly string[];
  /** Numbers per vector. */
  readonly width: number;
  readonly #ids: ReadonlyMap<string, number>;
  /** Ids by folded form, that of the first word among those that share it. */
  readonly #idsOfForms: ReadonlyMap<string, number>;

  constructor(words: readonly string[], width: number, form: WordForm) {
    this.words = words;
    this.width = width;
    this.#ids = new Map(words.map((word, index) => [word, index + 1]));
    const idsOfForms = new Map<string, number>();
    for (const [index, word] of words.entries()) {
      const folded = foldWord(word, form);
      if (!idsOfForms.has(folded)) idsOfForms.set(folded, index + 1);
    }
    this.#idsOfForms = idsOfForms;
  }

  /**
   * Returns the id of a token's vector: that of the word with the same spelling, else of the first with the same form, else 0.
   *
   * @param form the token's folded form
   */
  idOf(token: string, form: string): number {
    return this.#ids.get(token) ?? this.#idsOfForms.get(form) ?? UNKNOWN_ID;
  }
}
