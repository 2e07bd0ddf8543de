import { expect, test } from 'vitest';
import { TaggingQueue, type TaggingThreads } from '../../src/server/tagging-queue.js';
import type { InputRecord } from '../../src/text/record.js';

/** Threads whose groups wait until they are let go. */
class HeldThreads implements TaggingThreads {
  readonly size = 1;
  readonly groups: (readonly InputRecord[])[] = [];
  isClosed = false;
  #letGo: ((error?: Error) => void)[] = [];

  write(records: readonly InputRecord[]): Promise<Uint8Array> {
    this.groups.push(records);
    return new Promise((resolve, reject) => {
      this.#letGo.push((error) =>
        error ? reject(error) : resolve(new TextEncoder().encode(records.map((record) => `<${record}>\n`).join(''))),
      );
    });
  }

  letGo(error?: Error): void {
    this.#letGo.shift()?.(error);
  }

  close(): void {
    this.isClosed = true;
  }
}

const HERE = { isGone: false };

test('what comes while the threads work is tagged together, and each gets its own lines', async () => {
  const threads = new HeldThreads();
  const queue = new TaggingQueue(() => threads);
  const first = queue.tag(['a'], HERE);
  await expect.poll(() => threads.groups).toEqual([['a']]);
  const others = [['b', 'c'], [], ['d']].map((records) => queue.tag(records, HERE));
  threads.letGo();
  expect(await first).toEqual(['<a>']);
  await expect.poll(() => threads.groups).toEqual([['a'], ['b', 'c', 'd']]);
  threads.letGo();
  expect(await Promise.all(others)).toEqual([['<b>', '<c>'], [], ['<d>']]);
});

test('a group is no larger than 20,000 characters, unless it is one request', async () => {
  const threads = new HeldThreads();
  const queue = new TaggingQueue(() => threads);
  for (const length of [12_000, 8_000, 1, 90_000, 1]) void queue.tag(['x'.repeat(length)], HERE);
  for (const groups of [1, 2, 3, 4]) {
    await expect.poll(() => threads.groups.length).toBe(groups);
    threads.letGo();
  }
  expect(threads.groups.map((records) => records.map((record) => (record as string).length))).toEqual([
    [12_000, 8_000],
    [1],
    [90_000],
    [1],
  ]);
});

test('for who has gone nothing is tagged', async () => {
  const threads = new HeldThreads();
  const queue = new TaggingQueue(() => threads);
  const caller = { isGone: false };
  const gone = queue.tag(['gone'], caller);
  caller.isGone = true;
  void queue.tag(['here'], HERE);
  expect(await gone).toEqual([]);
  await expect.poll(() => threads.groups).toEqual([['here']]);
});

test('where a thread dies its requests fail, and others have new threads', async () => {
  const started: HeldThreads[] = [];
  const queue = new TaggingQueue(() => {
    started.push(new HeldThreads());
    return started.at(-1) as HeldThreads;
  });
  const failed = queue.tag(['a'], HERE);
  await expect.poll(() => started[0].groups.length).toBe(1);
  const next = queue.tag(['b'], HERE);
  started[0].letGo(new Error('out of memory'));
  await expect(failed).rejects.toThrow('out of memory');
  expect(started[0].isClosed).toBe(true);
  await expect.poll(() => started[1]?.groups).toEqual([['b']]);
  started[1].letGo();
  expect(await next).toEqual(['<b>']);
});
