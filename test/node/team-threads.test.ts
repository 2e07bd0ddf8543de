import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gatherBackgroundTeam, gatherTeam } from '../../src/node/team.js';
import { Random } from '../../src/numerics/random.js';
import { smallPlan, weightsOf } from '../helpers/networks.js';
import { batchesOf, createTrainer, createWork, trainAndTag } from '../helpers/training-work.js';

const CHANNEL = 'worker_threads';

/** The threads that were started, each with the promise of its end. */
let threads: { worker: Worker; ended: Promise<unknown> }[] = [];

function noteThread(message: unknown): void {
  const { worker } = message as { worker: Worker };
  threads.push({ worker, ended: new Promise((resolve) => worker.once('exit', resolve)) });
}

beforeEach(() => {
  threads = [];
  subscribe(CHANNEL, noteThread);
});
afterEach(() => {
  unsubscribe(CHANNEL, noteThread);
});

/** The first sentence takes its shard long; the second shard is short. */
const LENGTHS = [400, ...new Array(15).fill(3)];
const work = createWork(smallPlan({ cell: 'lstm', hidden: 64 }), LENGTHS);

describe('a team', () => {
  test.each([1, 2, 3])('of %i has one thread fewer beside the calling one, and closing ends them', async (size) => {
    const team = await gatherTeam(work.job, size);
    expect(threads).toHaveLength(size - 1);
    const trainer = createTrainer(work, team.leader);
    trainer.step(1, batchesOf(work, 1)[0]);
    await team.close();
    await Promise.all(threads.map(({ ended }) => ended));
  });

  test('can be closed before it has done anything, and twice', async () => {
    const team = await gatherTeam(work.job, 2);
    await Promise.all([team.close(), team.close()]);
    await Promise.all(threads.map(({ ended }) => ended));
  });
});

/* A word far outside the batch makes whoever takes its shard reach beyond the memory: mostly the leader takes the first. */
describe.each([2, 3])('in a team of %i', (size) => {
  test.each([
    ['first', 0],
    ['second', 12],
  ])('a failure in the %s shard ends the step with an error, and the threads can be ended', async (_, sentence) => {
    const team = await gatherTeam(work.job, size);
    const { leader } = team;
    leader.network.initialise(new Random(1));
    leader.trainingBatch.fill(work.examples.sentences, (example) => (example === sentence ? 1_900_000 : 0));
    expect(() => leader.train(1, { rate: 0.1, epsilon: 0 }, 0)).toThrow(
      /memory access out of bounds|worker thread failed/,
    );
    await team.close();
    await Promise.all(threads.map(({ ended }) => ended));
  });
});

test('a thread that fails between steps is noticed in the next one', async () => {
  const team = await gatherTeam(work.job, 2);
  const trainer = createTrainer(work, team.leader);
  const [{ worker }] = threads;
  void worker.terminate();
  await once(worker, 'exit');
  expect(() => trainer.step(1, [0])).toThrow('worker thread failed');
  await team.close();
});

describe('a thread that works in the background', () => {
  test('trains and tags as this one would, and this one has time meanwhile', async () => {
    const expected = trainAndTag(work, (await gatherTeam(work.job, 1)).leader, 1);
    const team = await gatherBackgroundTeam(work.job);
    expect(threads).toHaveLength(1);
    const trainer = createTrainer(work, team.leader);
    const losses: number[] = [];
    for (const batch of batchesOf(work, 1)) {
      let isMeanwhile = false;
      setImmediate(() => {
        isMeanwhile = true;
      });
      losses.push((await trainer.stepInBackground(1, batch, team.ended)).loss);
      expect(isMeanwhile).toBe(true);
    }
    expect(losses).toEqual(expected.losses);
    trainer.keep();
    trainer.restore();
    expect(weightsOf(team.leader.network)).toEqual(expected.weights);
    expect(trainer.predict(work.examples.sentences, work.examples.lexicon)).toEqual(expected.tags);
    await team.close();
    await Promise.all(threads.map(({ ended }) => ended));
  });

  test('is missed when it ends within a step', async () => {
    const team = await gatherBackgroundTeam(work.job);
    const step = createTrainer(work, team.leader).stepInBackground(1, batchesOf(work, 1)[0], team.ended);
    void threads[0]?.worker.terminate();
    await expect(step).rejects.toThrow('worker thread failed');
    await team.close();
  });
});
