import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { Barrier } from '../../src/training/barrier.js';
import type { BarrierTask } from '../helpers/barrier-thread.js';

const ROUNDS = 2000;
/** Where the barrier lies, and two counters beside it. */
const [BARRIER, OURS, THEIRS] = [0, 3, 4];

/** Another thread that plays a part at the barrier. */
async function startThread(part: BarrierTask['part']) {
  const integers = new Int32Array(new SharedArrayBuffer(32));
  const task: BarrierTask = { integers, part, rounds: ROUNDS, ours: THEIRS, other: OURS };
  const script = new URL('../helpers/barrier-thread.ts', import.meta.url).href;
  const source = `import('tsx/esm/api').then(({ register }) => { register(); return import('${script}'); });`;
  const worker = new Worker(source, { eval: true, workerData: task });
  await once(worker, 'message');
  return { integers, barrier: new Barrier(() => integers, BARRIER, 2), end: () => worker.terminate() };
}

describe('two threads at a barrier', () => {
  test('never get ahead of each other', async () => {
    const { integers, barrier, end } = await startThread('count');
    let early = 0;
    for (let round = 1; round <= ROUNDS; round++) {
      Atomics.store(integers, OURS, round);
      barrier.wait();
      if (Atomics.load(integers, THEIRS) !== round) early++;
      barrier.wait();
    }
    expect([early, Atomics.load(integers, BARRIER)]).toEqual([0, 0]);
    await end();
  });

  test('sleep while they wait', async () => {
    const { barrier, end } = await startThread('late');
    const [clock, cpu] = [performance.now(), process.cpuUsage()];
    barrier.wait();
    const { user, system } = process.cpuUsage(cpu);
    expect(performance.now() - clock).toBeGreaterThan(300);
    expect((user + system) / 1000).toBeLessThan(200);
    await end();
  });

  test('hear of it when one fails', async () => {
    const { barrier, end } = await startThread('fail');
    expect(() => barrier.wait()).toThrow('a worker thread failed');
    await end();
  });
});

test('a thread by itself never waits', () => {
  const barrier = new Barrier(() => new Int32Array(3), 0, 1);
  barrier.wait();
  barrier.wait();
});
