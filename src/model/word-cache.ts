import { integerAt } from '../numerics/at.js';
import type { Lexicon } from './lexicon.js';
import type { Words } from './words.js';

const NO_WORD = -1;

/**
 * Which words of a lexicon stand in memory, multiplied out or about to be, so that each is looked up from then on.
 *
 * The words that come first, which the frequent ones are among, stay in one half of the memory; the others take turns
 * in the rest, so that rare words push out rare ones.
 */
export class WordCache {
  readonly #words: Words;
  /** Places from here on are taken again and again. */
  readonly #firstShared: number;
  #lexicon: Lexicon | undefined;
  /** Of each word of the lexicon: its number in memory + 1, or 0. */
  #slots = new Int32Array(0);
  /** Of each place in memory: the word of the lexicon that stands there, or `NO_WORD`. */
  readonly #standing: Int32Array;
  /** The place that the next word takes, and the first one behind it that is not free. */
  #next = 0;
  #free = 0;
  #multiplied = 0;

  constructor(words: Words) {
    this.#words = words;
    this.#firstShared = Math.floor(words.capacity / 2);
    this.#standing = new Int32Array(words.capacity).fill(NO_WORD);
  }

  /** Forgets all words: the weights have changed. */
  clear(): void {
    this.#slots.fill(0);
    this.#standing.fill(NO_WORD);
    this.#next = 0;
    this.#free = 0;
    this.#multiplied = 0;
  }

  /**
   * Makes room for so many words that are not in memory yet.
   *
   * @param lexicon whose words come next
   * @param count at most the capacity of the memory
   */
  prepare(lexicon: Lexicon, count: number): void {
    if (lexicon !== this.#lexicon) this.clear();
    this.#lexicon = lexicon;
    const { capacity } = this.#words;
    if (this.#next + count > capacity) this.#startAgain(count);
    for (; this.#free < this.#next + count; this.#free++) this.#forget(this.#free);
    if (this.#slots.length >= lexicon.size) return;
    const longer = new Int32Array(2 * lexicon.size);
    longer.set(this.#slots);
    this.#slots = longer;
  }

  /** The number in memory of a word of the lexicon that was prepared for. */
  slotOf(word: number): number {
    const known = integerAt(this.#slots, word);
    if (known > 0) return known - 1;
    const slot = this.#next++;
    this.#slots[word] = slot + 1;
    this.#standing[slot] = word;
    if (!this.#lexicon) throw new Error('words are asked for before their lexicon is known');
    this.#words.setIds(slot, this.#lexicon, word);
    return slot;
  }

  /** The words that came since this was last asked, to be multiplied out. */
  takeNew(): { readonly first: number; readonly last: number } {
    const first = this.#multiplied;
    this.#multiplied = this.#next;
    return { first, last: this.#next };
  }

  /** Goes back to the first place that is shared; or to the very first where there is too little room from there. */
  #startAgain(count: number): void {
    const { capacity } = this.#words;
    this.#next = Math.max(0, Math.min(this.#firstShared, capacity - count));
    this.#free = this.#next;
    this.#multiplied = this.#next;
  }

  #forget(slot: number): void {
    const word = integerAt(this.#standing, slot);
    if (word !== NO_WORD) this.#slots[word] = 0;
    this.#standing[slot] = NO_WORD;
  }
}
