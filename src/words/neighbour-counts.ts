import { doubleAt, integerAt } from '../numerics/at.js';
import type { SparseRows } from './sparse-rows.js';

/** How far apart neighbours stand at most. Those at distance d count `WINDOW + 1 - d` times. */
export const WINDOW = 3;

/** The largest number of different pairs in memory. */
const MOST_PAIRS = 11_000_000;

/** The number of slots at the beginning, a power of two. */
const FEWEST_SLOTS = 1 << 12;

/** The id of a word that is not counted. */
export const NO_WORD = -1;

/**
 * Counts how often words stand near each other, in bounded memory: when too many different pairs have come, the rarest
 * are forgotten. Words are numbered from the most frequent one on; the first of them serve as neighbours.
 */
export class NeighbourCounts {
  readonly #words: number;
  readonly #neighbours: number;
  readonly #most: number;
  /** A hash table with open addressing; a slot with the count 0 is free. */
  #keys = new Int32Array(FEWEST_SLOTS);
  #counts = new Float64Array(FEWEST_SLOTS);
  #size = 0;

  /**
   * @param words the number of words
   * @param neighbours how many of them serve as neighbours
   * @param most the largest number of different pairs in memory
   */
  constructor(words: number, neighbours: number, most = MOST_PAIRS) {
    if (words * neighbours >= 2 ** 31) throw new Error(`${words} words and ${neighbours} neighbours are too many`);
    this.#words = words;
    this.#neighbours = neighbours;
    this.#most = most;
  }

  /** The number of different pairs in memory. */
  get size(): number {
    return this.#size;
  }

  /** Counts the neighbours in a sentence of words, `NO_WORD` among them. */
  addSentence(ids: Int32Array): void {
    for (let place = 0; place < ids.length; place++) {
      const id = integerAt(ids, place);
      if (id === NO_WORD) continue;
      const end = Math.min(ids.length - 1, place + WINDOW);
      for (let other = place + 1; other <= end; other++) {
        const neighbour = integerAt(ids, other);
        if (neighbour === NO_WORD) continue;
        const weight = WINDOW + 1 - (other - place);
        if (neighbour < this.#neighbours) this.#add(id * this.#neighbours + neighbour, weight);
        if (id < this.#neighbours) this.#add(neighbour * this.#neighbours + id, weight);
      }
    }
  }

  /** Returns the counts, a row for each word and a column for each neighbour. */
  toRows(): SparseRows {
    const [rows, columns] = [this.#words, this.#neighbours];
    const pairs = this.#keys.filter((_, slot) => doubleAt(this.#counts, slot) > 0).sort();
    const starts = new Int32Array(rows + 1);
    const places = new Int32Array(pairs.length);
    const numbers = new Float64Array(pairs.length);
    for (const [index, key] of pairs.entries()) {
      const row = Math.floor(key / columns);
      starts[row + 1] = index + 1;
      places[index] = key - row * columns;
      numbers[index] = doubleAt(this.#counts, this.#slotOf(key));
    }
    for (let row = 0; row < rows; row++) if (integerAt(starts, row + 1) === 0) starts[row + 1] = integerAt(starts, row);
    return { rows, columns, starts, places, numbers };
  }

  #add(key: number, weight: number): void {
    const slot = this.#slotOf(key);
    const count = doubleAt(this.#counts, slot);
    this.#keys[slot] = key;
    this.#counts[slot] = count + weight;
    if (count > 0) return;
    this.#size++;
    if (this.#size >= this.#most) this.#forgetRare();
    else if (this.#size > 0.7 * this.#keys.length) this.#rebuild(2 * this.#keys.length, 0);
  }

  /** Returns the slot of a key, or the free one where it belongs. */
  #slotOf(key: number): number {
    const last = this.#keys.length - 1;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 4) & last;
    while (doubleAt(this.#counts, slot) > 0 && integerAt(this.#keys, slot) !== key) slot = (slot + 1) & last;
    return slot;
  }

  /** Forgets pairs of small counts until at most half of the pairs are left. */
  #forgetRare(): void {
    let least = WINDOW;
    const countAbove = (): number => this.#counts.reduce((sum, count) => (count > least ? sum + 1 : sum), 0);
    while (countAbove() > this.#most / 2) least *= 2;
    this.#rebuild(this.#keys.length, least);
  }

  /** Moves the pairs that count more than `least` to a table of so many slots. */
  #rebuild(slots: number, least: number): void {
    const [keys, counts] = [this.#keys, this.#counts];
    this.#keys = new Int32Array(slots);
    this.#counts = new Float64Array(slots);
    this.#size = 0;
    for (let old = 0; old < keys.length; old++) {
      const count = doubleAt(counts, old);
      if (count <= least) continue;
      const key = integerAt(keys, old);
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#counts[slot] = count;
      this.#size++;
    }
  }
}
