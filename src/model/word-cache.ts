import type { Kernels } from '../numerics/kernels.js';
import type { Lexicon } from './lexicon.js';
import type { Words } from './words.js';

/** Which words of a lexicon stand in memory, multiplied out or about to be, so that each is looked up from then on. */
export class WordCache {
  readonly #kernels: Kernels;
  readonly #words: Words;
  #lexicon: Lexicon | undefined;
  /** Of each word of the lexicon: its number in memory + 1, or 0. */
  #slots = new Int32Array(0);
  #multiplied = 0;

  constructor(kernels: Kernels, words: Words) {
    this.#kernels = kernels;
    this.#words = words;
  }

  /** Forgets all words: the weights have changed. */
  clear(): void {
    this.#slots.fill(0);
    this.#words.count = 0;
    this.#multiplied = 0;
  }

  /**
   * Makes room for so many words that are not in memory yet.
   *
   * @param lexicon whose words come next
   */
  prepare(lexicon: Lexicon, count: number): void {
    if (lexicon !== this.#lexicon || this.#words.count + count > this.#words.capacity) this.clear();
    this.#lexicon = lexicon;
    if (this.#slots.length >= lexicon.size) return;
    const longer = new Int32Array(2 * lexicon.size);
    longer.set(this.#slots);
    this.#slots = longer;
  }

  /** The number in memory of a word of the lexicon that was prepared for. */
  slotOf(word: number): number {
    const known = this.#slots[word] as number;
    if (known > 0) return known - 1;
    const slot = this.#words.count++;
    this.#slots[word] = slot + 1;
    for (const [table, ids] of this.#words.ids.entries())
      this.#kernels.integers[ids + slot] = (this.#lexicon as Lexicon).idOf(word, table);
    return slot;
  }

  /** The words that came since this was last asked, to be multiplied out. */
  takeNew(): { readonly first: number; readonly last: number } {
    const first = this.#multiplied;
    this.#multiplied = this.#words.count;
    return { first, last: this.#multiplied };
  }
}
