import { mixBits, type Random } from '../numerics/random.js';

/**
 * Draws from items of several kinds with replacement, as many as there are. The number drawn of each kind follows the
 * multinomial distribution; it is drawn as one binomial number per kind, which is far cheaper than one draw per item.
 *
 * @param kinds with the number of items of each kind; fastest if the largest kinds come first
 * @param visit takes each kind, in order, and how many of its items were drawn
 */
export function resample<Kind extends { readonly size: number }>(
  kinds: readonly Kind[],
  random: Random,
  visit: (kind: Kind, drawn: number) => void,
): void {
  const bits = new Bits(random.next());
  let items = kinds.reduce((sum, { size }) => sum + size, 0);
  let draws = items;
  for (const kind of kinds) {
    const drawn = binomial(draws, kind.size / items, bits);
    visit(kind, drawn);
    draws -= drawn;
    items -= kind.size;
  }
}

/**
 * Returns how many of `count` uniform random numbers from 0 to 1 are below `limit`. All of them are compared with the
 * limit at once, bit by bit: a number is below the limit if, at the first bit that differs, it has 0 and the limit 1.
 */
function binomial(count: number, limit: number, bits: Bits): number {
  if (limit >= 1) return count;
  let below = 0;
  let undecided = count;
  for (let rest = limit; undecided > 0 && rest > 0; ) {
    const ones = bits.countOnes(undecided);
    rest *= 2;
    if (rest >= 1) {
      rest -= 1;
      below += undecided - ones;
      undecided = ones;
    } else undecided -= ones;
  }
  return below;
}

/** A stream of random bits: hashes of a key and a counter. */
class Bits {
  readonly #key: number;
  #words = 0;

  constructor(key: number) {
    this.#key = key | 0;
  }

  /** Draws `count` random bits and returns how many of them are 1. */
  countOnes(count: number): number {
    let ones = 0;
    let left = count;
    for (; left >= 32; left -= 32) ones += onesOf(this.#next());
    return left > 0 ? ones + onesOf(this.#next() >>> (32 - left)) : ones;
  }

  #next(): number {
    return mixBits(this.#key + Math.imul(this.#words++, 0x9e3779b1)) | 0;
  }
}

/** Returns the number of 1 bits in a 32-bit number (Warren, Hacker's Delight, figure 5-2). */
function onesOf(word: number): number {
  let ones = word - ((word >>> 1) & 0x55555555);
  ones = (ones & 0x33333333) + ((ones >>> 2) & 0x33333333);
  return Math.imul((ones + (ones >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
