import { parentPort, workerData } from 'node:worker_threads';
import { Barrier } from '../../src/training/barrier.js';

/** What the other thread of the barrier's test does: counts rounds, comes once and late, or fails. */
export interface BarrierTask {
  readonly integers: Int32Array;
  readonly part: 'count' | 'late' | 'fail';
  readonly rounds: number;
  /** Where it counts. */
  readonly ours: number;
  /** Where the other one counts. */
  readonly other: number;
}

const { integers, part, rounds, ours, other } = workerData as BarrierTask;
const barrier = new Barrier(() => integers, 0, 2);
parentPort?.postMessage('ready');

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

if (part === 'late') {
  sleep(400);
  barrier.wait();
} else if (part === 'fail') {
  sleep(50);
  barrier.fail();
} else {
  for (let round = 1; round <= rounds; round++) {
    Atomics.store(integers, ours, round);
    barrier.wait();
    if (Atomics.load(integers, other) !== round) throw new Error('the other thread is not in this round');
    barrier.wait();
  }
}
