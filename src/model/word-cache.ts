import { integerAt } from '../numerics/at.js';
import type { Lexicon } from './lexicon.js';
import type { NamedRows } from './named-rows.js';

const NO_WORD = -1;

/** The part of the memory whose words stay. Of a text that is repeated, the more words stay, the fewer are multiplied out again. */
const STAYING = 7 / 8;

/**
 * The words of a lexicon that are in memory multiplied out, or about to be, so that this is done once for each.
 *
 * The first words, which include the frequent ones, stay in most of the memory. The others take turns in the rest,
 * so that rare words replace rare ones.
 */
export class WordCache {
  readonly #capacity: number;
  readonly #named: NamedRows;
  /** The first place that is taken again and again. */
  readonly #firstShared: number;
  #lexicon: Lexicon | undefined;
  /** The number in memory + 1 of each word of the lexicon, or 0. */
  #slots = new Int32Array(0);
  /** The word of the lexicon at each place in memory, or `NO_WORD`. */
  readonly #standing: Int32Array;
  /** The place that the next word takes. */
  #next = 0;
  /** The first place from there on that is not free. */
  #free = 0;
  #multiplied = 0;

  /**
   * @param capacity the number of words for which there is room
   * @param named gets the rows that new words name, in their order
   */
  constructor(capacity: number, named: NamedRows) {
    this.#capacity = capacity;
    this.#named = named;
    this.#firstShared = Math.floor(capacity * STAYING);
    this.#standing = new Int32Array(capacity).fill(NO_WORD);
  }

  /** Forgets all words, as must be done when the weights have changed. */
  clear(): void {
    this.#slots.fill(0);
    this.#standing.fill(NO_WORD);
    this.#continueAt(0);
  }

  /**
   * Makes room for new words.
   *
   * @param lexicon the lexicon of the words that come next
   * @param count the largest number of new words, up to the capacity of the memory and of the named rows
   */
  prepare(lexicon: Lexicon, count: number): void {
    if (lexicon !== this.#lexicon) this.clear();
    this.#lexicon = lexicon;
    const capacity = this.#capacity;
    // Shared places are taken again, and those before them, too, if there is too little room from the first one on.
    if (this.#next + count > capacity) this.#continueAt(Math.max(0, Math.min(this.#firstShared, capacity - count)));
    for (; this.#free < this.#next + count; this.#free++) this.#forget(this.#free);
    if (this.#slots.length >= lexicon.size) return;
    const longer = new Int32Array(2 * lexicon.size);
    longer.set(this.#slots);
    this.#slots = longer;
  }

  /** Returns the number in memory of a word of the lexicon, which gets the next place if it has none. */
  slotOf(word: number): number {
    const known = integerAt(this.#slots, word);
    if (known > 0) return known - 1;
    const slot = this.#next++;
    this.#slots[word] = slot + 1;
    this.#standing[slot] = word;
    if (!this.#lexicon) throw new Error('words are asked for before their lexicon is known');
    this.#named.set(slot - this.#multiplied, this.#lexicon, word);
    return slot;
  }

  /** Returns the words added since the last call, whose products are yet to be computed. */
  takeNew(): { readonly first: number; readonly last: number } {
    const first = this.#multiplied;
    this.#multiplied = this.#next;
    return { first, last: this.#next };
  }

  #continueAt(place: number): void {
    this.#next = place;
    this.#free = place;
    this.#multiplied = place;
  }

  #forget(slot: number): void {
    const word = integerAt(this.#standing, slot);
    if (word !== NO_WORD) this.#slots[word] = 0;
    this.#standing[slot] = NO_WORD;
  }
}
