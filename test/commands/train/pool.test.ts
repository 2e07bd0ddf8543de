import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { TrainingPool } from '../../../src/commands/train/pool.js';

const pool = new TrainingPool(2, 9);
afterAll(() => pool.close());

async function gather<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of pool.each(items, work)) results.push(result);
  return results;
}

test('work on items is done as many at once as there are threads, each item once', async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 9 }, (_, index) => index);
  const results = await gather(items, async (item) => {
    most = Math.max(most, ++running);
    await setTimeout(item % 3);
    running--;
    return item;
  });
  expect(most).toBe(2);
  expect(results.sort()).toEqual(items);
});

test('results come as they are done, and the next item does not wait for a slow one', async () => {
  expect(await gather([300, 1, 2, 3], async (delay) => setTimeout(delay, delay))).toEqual([1, 2, 3, 300]);
});

test('what work throws is thrown where results are awaited, after those that were done before', async () => {
  const results: number[] = [];
  const following = async (): Promise<void> => {
    const work = async (item: number): Promise<number> => {
      if (item === 3) throw new Error('no third');
      return item;
    };
    for await (const result of pool.each([1, 2, 3, 4, 5], work)) results.push(result);
  };
  await expect(following()).rejects.toThrow('no third');
  expect(results).toEqual([1, 2]);
});
