/**
 * Seeded generator of chance: sfc32 by Chris Doty-Humphrey (PractRand), 128 bits of state. The same seed gives the same
 * numbers on every engine.
 */
export class Random {
  readonly #state: Uint32Array;

  /**
   * @param seeds whole numbers that together name the sequence, as in seed, epoch, sentence: different numbers give
   * sequences that have nothing to do with each other
   */
  constructor(...seeds: readonly number[]) {
    let hash = 0x9e3779b9;
    for (const seed of seeds) {
      hash = mixBits(hash ^ (seed >>> 0));
      hash = mixBits((hash + Math.floor(seed / 4294967296)) >>> 0);
    }
    this.#state = Uint32Array.of(mixBits(hash + 1), mixBits(hash + 2), mixBits(hash + 3), 1);
    for (let round = 0; round < 12; round++) this.next();
  }

  /** A whole number from 0 to 2³² - 1. */
  next(): number {
    const state = this.#state;
    const [a, b, c, counter] = state as unknown as [number, number, number, number];
    const sum = (a + b + counter) >>> 0;
    state[3] = counter + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    return sum;
  }

  /** A number from 0 to 1, 1 exclusive, with 24 random bits, so that single precision holds it exactly. */
  uniform(): number {
    return (this.next() >>> 8) / 16777216;
  }

  /** A whole number from 0 to `limit` - 1, each as likely; `limit` up to 2³². */
  below(limit: number): number {
    const unbiased = 4294967296 - (4294967296 % limit);
    let drawn = this.next();
    while (drawn >= unbiased) drawn = this.next();
    return drawn % limit;
  }

  /** Puts the items in random order, in place (Fisher & Yates). */
  shuffle<Item>(items: { [index: number]: Item; readonly length: number }): void {
    for (let index = items.length - 1; index > 0; index--) {
      const other = this.below(index + 1);
      const item = items[index] as Item;
      items[index] = items[other] as Item;
      items[other] = item;
    }
  }
}

/** The finisher of MurmurHash3 (Appleby), which spreads every bit of 32 over all. */
export function mixBits(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
