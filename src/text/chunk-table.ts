import { integerAt } from './at.js';

/** The largest number of chunks, and of the UTF-16 units and numbers of all of them together. */
const CHUNKS = 65_536;
const UNITS = 12 * CHUNKS;
const NUMBERS = 6 * CHUNKS;

/** How many places are looked at for a chunk: where hashes collide by chance or by malice, the table forgets rather than searches. */
const PLACES = 8;

/** Whole numbers of each chunk in the table: hash, first unit, length, first number, count of numbers. */
const FIELDS = 5;

/** A chunk that the table does not have. */
export const NO_CHUNK = -1;

/**
 * Remembers some numbers for each of many short pieces of text, which are found by their UTF-16 units where they stand in a
 * text, without a string for each. When it is full, it forgets all.
 */
export class ChunkTable {
  readonly #places = new Int32Array(2 * CHUNKS).fill(NO_CHUNK);
  readonly #chunks = new Int32Array(FIELDS * CHUNKS);
  readonly #units = new Uint16Array(UNITS);
  /** The numbers of all chunks. */
  readonly numbers = new Int32Array(NUMBERS);
  #count = 0;
  #usedUnits = 0;
  #usedNumbers = 0;

  clear(): void {
    this.#places.fill(NO_CHUNK);
    this.#count = 0;
    this.#usedUnits = 0;
    this.#usedNumbers = 0;
  }

  /**
   * Returns the chunk that stands from `start` to `end` in a text, or `NO_CHUNK`.
   *
   * @param hash any function of the chunk's units, as a whole number of 32 bits
   */
  find(text: string, start: number, end: number, hash: number): number {
    const length = end - start;
    for (let probe = 0; probe < PLACES; probe++) {
      const chunk = integerAt(this.#places, placeOf(hash, probe));
      if (chunk === NO_CHUNK) return NO_CHUNK;
      const field = FIELDS * chunk;
      if (this.#chunks[field] !== hash || this.#chunks[field + 2] !== length) continue;
      const first = integerAt(this.#chunks, field + 1);
      let same = 0;
      while (same < length && this.#units[first + same] === text.charCodeAt(start + same)) same++;
      if (same === length) return chunk;
    }
    return NO_CHUNK;
  }

  /** Remembers the numbers of a chunk that is not in the table, unless all its places are taken. */
  add(text: string, start: number, end: number, hash: number, numbers: readonly number[]): void {
    const length = end - start;
    if (length > UNITS || numbers.length > NUMBERS) return;
    if (this.#count === CHUNKS || this.#usedUnits + length > UNITS || this.#usedNumbers + numbers.length > NUMBERS)
      this.clear();
    for (let probe = 0; probe < PLACES; probe++) {
      const place = placeOf(hash, probe);
      if (this.#places[place] !== NO_CHUNK) continue;
      this.#places[place] = this.#count;
      this.#chunks.set([hash, this.#usedUnits, length, this.#usedNumbers, numbers.length], FIELDS * this.#count++);
      for (let unit = start; unit < end; unit++) this.#units[this.#usedUnits++] = text.charCodeAt(unit);
      this.numbers.set(numbers, this.#usedNumbers);
      this.#usedNumbers += numbers.length;
      return;
    }
  }

  /** Returns where the numbers of a chunk begin among `numbers`. */
  firstNumberOf(chunk: number): number {
    return integerAt(this.#chunks, FIELDS * chunk + 3);
  }

  /** Returns how many numbers a chunk has. */
  countOf(chunk: number): number {
    return integerAt(this.#chunks, FIELDS * chunk + 4);
  }
}

function placeOf(hash: number, probe: number): number {
  return ((hash ^ (hash >>> 15)) + probe) & (2 * CHUNKS - 1);
}
