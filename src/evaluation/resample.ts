import { mixBits, type Random } from '../numerics/random.js';

/**
 * Draws with replacement from things of several kinds, as many as there are: how many of each kind are drawn has the
 * multinomial distribution, which comes from one binomial number a kind, far cheaper than one draw a thing.
 *
 * @param sizes (K), how many things of each kind there are, the largest kinds first for speed
 * @param drawn (K), takes how many of each were drawn
 */
export function resample(sizes: Int32Array, random: Random, drawn: Int32Array): void {
  const bits = new Bits(random.next());
  let things = sizes.reduce((sum, size) => sum + size, 0);
  let draws = things;
  for (let kind = 0; kind < sizes.length; kind++) {
    const size = sizes[kind] as number;
    drawn[kind] = binomial(draws, size / things, bits);
    draws -= drawn[kind] as number;
    things -= size;
  }
}

/**
 * How many of some numbers between 0 and 1, drawn at random, lie below `limit`: decided bit by bit for all at once. A
 * number lies below when, at the first bit where they differ, it has 0 and the limit 1.
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

/** Random bits: hashes of a key and a running number. */
class Bits {
  readonly #key: number;
  #words = 0;

  constructor(key: number) {
    this.#key = key | 0;
  }

  /** How many of some random bits are 1. */
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

/** The number of bits of a 32-bit number that are 1 (Warren, Hacker's Delight, figure 5-2). */
function onesOf(word: number): number {
  let ones = word - ((word >>> 1) & 0x55555555);
  ones = (ones & 0x33333333) + ((ones >>> 2) & 0x33333333);
  return Math.imul((ones + (ones >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
