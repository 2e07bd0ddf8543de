import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { murmurFinish } from '../helpers/textbook/rows.js';

function take<Value>(count: number, draw: () => Value): Value[] {
  return Array.from({ length: count }, draw);
}

/** Σ (seen - expected)² / expected, which is about the number of classes where the draws are even. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function countClasses(classes: number, draws: number, draw: () => number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let index = 0; index < draws; index++) counts[draw()]++;
  return counts;
}

describe('a seed names its sequence', () => {
  test('seed 1 begins with these numbers, on every engine', () => {
    const random = new Random(1);
    expect(take(5, () => random.next())).toEqual([
      3_338_037_887, 1_841_171_289, 2_164_736_596, 3_250_046_053, 2_962_284_102,
    ]);
  });

  test('seeds 1, 2, 3 begin with these', () => {
    const random = new Random(1, 2, 3);
    expect(take(3, () => random.next())).toEqual([4_007_891_860, 329_261_147, 3_887_228_882]);
    expect(take(2, () => random.uniform())).toEqual([434_441 / 2 ** 24, 13_972_684 / 2 ** 24]);
    expect(take(8, () => random.below(100))).toEqual([56, 76, 94, 41, 21, 42, 35, 93]);
  });

  test('the same seeds give the same numbers', () => {
    const seeds = fc.array(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { maxLength: 5 });
    fc.assert(
      fc.property(seeds, (numbers) => {
        const [first, second] = [new Random(...numbers), new Random(...numbers)];
        expect(take(20, () => first.next())).toEqual(take(20, () => second.next()));
      }),
    );
  });

  test('different lists of seeds give different numbers, whatever their length and order', () => {
    const lists = [[], [0], [0, 0], [1], [1, 0], [0, 1], [2], [1, 1], [1, 2], [2, 1], [1, 2, 3], [3, 2, 1]];
    for (const large of [2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40, 2 ** 53 - 1]) lists.push([large]);
    const beginnings = lists.map((list) => {
      const random = new Random(...list);
      return take(4, () => random.next()).join();
    });
    expect(new Set(beginnings).size).toBe(lists.length);
  });

  test('neighbouring seeds have nothing to do with each other: half of the bits differ', () => {
    let differing = 0;
    for (let seed = 0; seed < 1000; seed++) {
      let bits = new Random(seed).next() ^ new Random(seed + 1).next();
      for (; bits !== 0; bits &= bits - 1) differing++;
    }
    expect(differing / 32_000).toBeCloseTo(0.5, 1);
  });
});

describe('next', () => {
  const word = (value: bigint): bigint => value & 0xffffffffn;

  /** sfc32 as PractRand has it, in whole numbers of any size. */
  function* sfc32(seed: bigint): Generator<number, never> {
    const hash = murmurFinish(murmurFinish(0x9e3779b9n ^ word(seed)) + (seed >> 32n));
    let [a, b, c, counter] = [murmurFinish(hash + 1n), murmurFinish(hash + 2n), murmurFinish(hash + 3n), 1n];
    for (let drawn = 0; ; drawn++) {
      const sum = word(a + b + counter);
      counter = word(counter + 1n);
      a = b ^ (b >> 9n);
      b = word(c + (c << 3n));
      c = word(((c << 21n) | (c >> 11n)) + sum);
      if (drawn >= 12) yield Number(sum);
    }
  }

  test('is sfc32, worked out with whole numbers of any size', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (seed) => {
        const expected = sfc32(BigInt(seed));
        const random = new Random(seed);
        for (let index = 0; index < 50; index++) expect(random.next()).toBe(expected.next().value);
      }),
    );
  });
});

describe('uniform', () => {
  test('is from 0 to 1, 1 exclusive, in steps of 2⁻²⁴ that single precision holds', () => {
    const random = new Random(5);
    for (const drawn of take(50_000, () => random.uniform())) {
      if (drawn < 0 || drawn >= 1 || Math.fround(drawn) !== drawn || !Number.isInteger(drawn * 2 ** 24))
        expect.fail(`drew ${drawn}`);
    }
  });

  test('falls into each of 64 equal parts as often', () => {
    const random = new Random(6);
    const counts = countClasses(64, 64_000, () => Math.floor(random.uniform() * 64));
    expect(chiSquare(counts)).toBeLessThan(120);
  });
});

describe('below', () => {
  test('is a whole number from 0 to one less than the limit', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, limit) => {
        const drawn = new Random(seed).below(limit);
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < limit).toBe(true);
      }),
    );
  });

  test.each([2, 3, 6, 10, 31])('gives each number below %i as often', (limit) => {
    const random = new Random(7, limit);
    expect(chiSquare(countClasses(limit, limit * 2000, () => random.below(limit)))).toBeLessThan(3 * limit + 10);
  });

  test('is even where the remainder of 2³² would lean by half', () => {
    const random = new Random(8);
    const limit = 3 * 2 ** 30;
    expect(chiSquare(countClasses(3, 30_000, () => Math.floor(random.below(limit) / 2 ** 30)))).toBeLessThan(15);
  });
});

describe('shuffle', () => {
  test('gives a permutation, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(), (items, seed) => {
        const indexes = Array.from(items.keys());
        new Random(seed).shuffle(indexes);
        const copy = [...items];
        new Random(seed).shuffle(copy);
        expect([...indexes].sort((a, b) => a - b)).toEqual(Array.from(items.keys()));
        expect(copy).toEqual(indexes.map((index) => items[index]));
      }),
    );
  });

  test('gives each of the 24 orders of four items as often', () => {
    const random = new Random(9);
    const orders = new Map<string, number>();
    for (let round = 0; round < 24_000; round++) {
      const items = ['a', 'b', 'c', 'd'];
      random.shuffle(items);
      orders.set(items.join(''), (orders.get(items.join('')) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    expect(chiSquare([...orders.values()])).toBeLessThan(60);
  });
});
