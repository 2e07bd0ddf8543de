import { at } from './at.js';

/**
 * A seeded generator of random numbers: sfc32 by Chris Doty-Humphrey (PractRand), with 128 bits of state. The same seed
 * gives the same numbers on every engine.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /**
   * @param seeds whole numbers that together name the sequence, for example seed, epoch and sentence; different numbers
   * give unrelated sequences
   */
  constructor(...seeds: readonly number[]) {
    let hash = 0x9e3779b9;
    for (const seed of seeds) {
      hash = mixBits(hash ^ (seed >>> 0));
      hash = mixBits((hash + Math.floor(seed / 4294967296)) >>> 0);
    }
    this.#a = mixBits(hash + 1) | 0;
    this.#b = mixBits(hash + 2) | 0;
    this.#c = mixBits(hash + 3) | 0;
    for (let round = 0; round < 12; round++) this.next();
  }

  /** Draws a whole number from 0 to 2³² - 1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Draws a number from 0 to 1, 1 exclusive, with 24 random bits, so that single precision holds it exactly. */
  uniform(): number {
    return (this.next() >>> 8) / 16777216;
  }

  /** Draws a whole number from 0 to `limit` - 1, each equally likely; `limit` is at most 2³². */
  below(limit: number): number {
    const unbiased = 4294967296 - (4294967296 % limit);
    let drawn = this.next();
    while (drawn >= unbiased) drawn = this.next();
    return drawn % limit;
  }

  /** Puts the items in random order, in place (Fisher & Yates, 1938). */
  shuffle<Item>(items: { [index: number]: Item; readonly length: number }): void {
    for (let index = items.length - 1; index > 0; index--) {
      const other = this.below(index + 1);
      const item = at(items, index);
      items[index] = at(items, other);
      items[other] = item;
    }
  }
}

/** Mixes 32 bits so that each affects all: the finisher of MurmurHash3 (Appleby). */
export function mixBits(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
