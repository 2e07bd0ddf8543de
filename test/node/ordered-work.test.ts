import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OrderedWork, type TaskPool, workInOrder } from '../../src/node/ordered-work.js';

/** A pool whose tasks take as many turns of the event loop as their numbers say. */
class SlowPool implements TaskPool<number, string> {
  readonly size: number;
  isReady = false;
  isClosed = false;
  underWay = 0;
  atMost = 0;

  constructor(size: number, turnsToStart = 0) {
    this.size = size;
    void wait(turnsToStart).then(() => {
      this.isReady = true;
    });
  }

  get hasRoom(): boolean {
    return this.isReady && this.underWay < 2 * this.size;
  }

  async run(task: number): Promise<string> {
    this.atMost = Math.max(this.atMost, ++this.underWay);
    await wait(task % 7);
    this.underWay--;
    if (task === 666) throw new Error('a task failed');
    return `pooled ${task}`;
  }

  close(): void {
    this.isClosed = true;
  }
}

async function wait(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
}

async function* asTheyCome(tasks: readonly number[]): AsyncGenerator<number> {
  for (const task of tasks) {
    await wait(task % 3);
    yield task;
  }
}

function planOf(alone: number, pool?: SlowPool): OrderedWork<number, string> {
  return { work: (task) => `done ${task}`, sizeOf: () => 1, alone, startPool: pool && (() => pool) };
}

/** Numbers of the tasks whose results came, until the end or an error. */
async function collect(results: AsyncIterable<string>): Promise<{ numbers: number[]; error?: unknown }> {
  const numbers: number[] = [];
  try {
    for await (const result of results) numbers.push(Number(result.split(' ').at(-1)));
  } catch (error) {
    return { numbers, error };
  }
  return { numbers };
}

const anyTasks = fc.array(fc.nat({ max: 100 }), { maxLength: 40 });

test('results come in the order of their tasks, whatever the size of the pool and however long tasks take', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyTasks,
      fc.nat(5),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(20),
      async (tasks, alone, size, turns) => {
        const pool = new SlowPool(size, turns);
        expect(await collect(workInOrder(asTheyCome(tasks), planOf(alone, pool)))).toEqual({ numbers: tasks });
        expect(pool.atMost).toBeLessThanOrEqual(2 * size);
        expect(pool.isClosed).toBe(tasks.length > alone);
      },
    ),
    { numRuns: 60 },
  );
});

describe('the pool', () => {
  test('is started only if there is more than what is done alone', async () => {
    const neverStarted: OrderedWork<number, string> = {
      ...planOf(3),
      startPool: () => {
        throw new Error('it was started');
      },
    };
    expect(await collect(workInOrder(asTheyCome([1, 2, 3]), neverStarted))).toEqual({ numbers: [1, 2, 3] });
  });

  test('is given tasks when it is ready', async () => {
    const results: string[] = [];
    const tasks = Array.from({ length: 50 }, (_, index) => index);
    for await (const result of workInOrder(asTheyCome(tasks), planOf(2, new SlowPool(2, 10)))) results.push(result);
    const first = results.findIndex((result) => result.startsWith('pooled'));
    expect(first).toBeGreaterThan(2);
    expect(results.filter((result) => result.startsWith('pooled')).length).toBeGreaterThan(10);
  });
});

test('a result does not wait for the next task', async () => {
  const never = new Promise<number>(() => {});
  async function* pausing(): AsyncGenerator<number> {
    yield* [1, 2, 3];
    yield never;
  }
  for (const plan of [planOf(100), planOf(0, new SlowPool(2)), planOf(1, new SlowPool(1))]) {
    const results = workInOrder(pausing(), plan);
    for (const task of [1, 2, 3]) expect((await results.next()).value).toMatch(new RegExp(` ${task}$`));
  }
});

test('tasks are not asked for while results wait to be taken', async () => {
  let asked = 0;
  async function* counting(): AsyncGenerator<number> {
    for (;;) yield asked++;
  }
  const results = workInOrder(counting(), planOf(0, new SlowPool(2)));
  for (let taken = 0; taken < 5; taken++) await results.next();
  await wait(50);
  expect(asked).toBeLessThanOrEqual(5 + 4 * 3 + 1);
});

describe.each([
  ['alone', 100],
  ['with a pool', 0],
])('what goes wrong is thrown after the results of all tasks before, %s:', (_, alone) => {
  test('reading', async () => {
    async function* breaking(): AsyncGenerator<number> {
      yield* [6, 1, 2];
      throw new Error('no more');
    }
    const { numbers, error } = await collect(workInOrder(breaking(), planOf(alone, new SlowPool(3))));
    expect(numbers).toEqual([6, 1, 2]);
    expect(error).toEqual(new Error('no more'));
  });

  test('a task', async () => {
    const pool = new SlowPool(3);
    const plan: OrderedWork<number, string> = {
      ...planOf(alone, pool),
      work: (task) => {
        if (task === 666) throw new Error('a task failed');
        return `done ${task}`;
      },
    };
    const { numbers, error } = await collect(workInOrder(asTheyCome([6, 1, 2, 666, 3, 4]), plan));
    expect(numbers).toEqual([6, 1, 2]);
    expect(error).toEqual(new Error('a task failed'));
    expect(pool.isClosed).toBe(alone === 0);
  });
});

test('the pool is closed and reading ends if nobody wants more results', async () => {
  let isOver = false;
  async function* endless(): AsyncGenerator<number> {
    try {
      for (let task = 0; ; task++) yield task;
    } finally {
      isOver = true;
    }
  }
  const pool = new SlowPool(2);
  for await (const result of workInOrder(endless(), planOf(0, pool))) if (result) break;
  await wait(1);
  expect([isOver, pool.isClosed]).toEqual([true, true]);
});
