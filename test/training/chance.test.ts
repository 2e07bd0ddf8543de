import { expect, test } from 'vitest';
import { chanceFor } from '../../src/training/chance.js';

const PURPOSES = ['weights', 'holdOut', 'order', 'unknownWords'] as const;

function beginning(...names: Parameters<typeof chanceFor>): string {
  const random = chanceFor(...names);
  return [random.next(), random.next(), random.next()].join();
}

test('the same seed, purpose and numbers name the same sequence', () => {
  for (const purpose of PURPOSES) expect(beginning(7, purpose, 1, 2)).toBe(beginning(7, purpose, 1, 2));
});

test('every seed, purpose, epoch and sentence has a sequence of its own', () => {
  const beginnings = new Set<string>();
  let count = 0;
  for (const seed of [0, 1, 2, 4_294_967_295]) {
    for (const purpose of PURPOSES) {
      beginnings.add(beginning(seed, purpose));
      count++;
      for (let epoch = 1; epoch <= 5; epoch++) {
        beginnings.add(beginning(seed, purpose, epoch));
        count++;
        for (let sentence = 0; sentence < 50; sentence++) {
          beginnings.add(beginning(seed, purpose, epoch, sentence));
          count++;
        }
      }
    }
  }
  expect(beginnings.size).toBe(count);
});

test('seed 1 begins each purpose with these numbers, so that a seed keeps its meaning', () => {
  const first = PURPOSES.map((purpose) => chanceFor(1, purpose).next());
  expect(first).toEqual([239_831_559, 4_234_510_698, 3_339_735_119, 2_603_122_409]);
});
