import { describe, expect, test } from 'vitest';
import { chanceFor, falls, sentenceKey, tokenKey } from '../../src/training/chance.js';

const PURPOSES = ['weights', 'holdOut', 'order', 'unknownWords', 'inputDropout', 'stateDropout'] as const;

function beginning(...names: Parameters<typeof chanceFor>): string {
  const random = chanceFor(...names);
  return [random.next(), random.next(), random.next()].join();
}

describe('a sequence of chance', () => {
  test('is named by seed, purpose and epoch', () => {
    for (const purpose of PURPOSES) expect(beginning(7, purpose, 1)).toBe(beginning(7, purpose, 1));
    const beginnings = [0, 1, 2, 4_294_967_295].flatMap((seed) =>
      PURPOSES.flatMap((purpose) => [
        beginning(seed, purpose),
        ...Array.from({ length: 50 }, (_, epoch) => beginning(seed, purpose, epoch)),
      ]),
    );
    expect(new Set(beginnings).size).toBe(4 * PURPOSES.length * 51);
  });

  test('keeps its meaning: seed 1 begins each purpose with these numbers', () => {
    expect(PURPOSES.map((purpose) => chanceFor(1, purpose).next())).toEqual([
      239_831_559, 4_234_510_698, 3_339_735_119, 2_603_122_409, 3_386_576_302, 2_893_749_660,
    ]);
  });
});

describe('the key of a token', () => {
  test('is its own, whatever seed, purpose, epoch, sentence and place', () => {
    const keys = new Set<number>();
    let count = 0;
    for (const seed of [1, 2]) {
      for (const purpose of ['unknownWords', 'inputDropout', 'stateDropout'] as const) {
        for (let epoch = 1; epoch <= 3; epoch++) {
          for (let sentence = 0; sentence < 50; sentence++) {
            const key = sentenceKey(seed, purpose, epoch, sentence);
            for (let t = 0; t < 20; t++, count++) keys.add(tokenKey(key, t));
          }
        }
      }
    }
    expect(keys.size).toBeGreaterThan(count * 0.9999);
  });

  test('keeps its meaning', () => {
    const key = sentenceKey(1, 'unknownWords', 2, 3);
    expect([key, tokenKey(key, 0), tokenKey(key, 1)]).toEqual([880_231_569, 3_308_348_730, 251_095_274]);
  });

  test.each([0, 0.1, 0.5, 0.9, 1])('falls below %d so often', (rate) => {
    const draws = 20_000;
    let fallen = 0;
    for (let sentence = 0; sentence < 1000; sentence++) {
      const key = sentenceKey(1, 'unknownWords', 1, sentence);
      for (let t = 0; t < 20; t++) if (falls(tokenKey(key, t), rate)) fallen++;
    }
    expect(Math.abs(fallen - draws * rate)).toBeLessThanOrEqual(4 * Math.sqrt(draws * rate * (1 - rate)));
  });
});
