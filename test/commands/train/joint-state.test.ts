import { expect, test } from 'vitest';
import { JointState, type NetworkState } from '../../../src/commands/train/joint-state.js';
import type { FinishedNetwork, NetworkWork } from '../../../src/commands/train/network-work.js';
import type { EpochRecord } from '../../../src/model/model.js';
import type { SavedState, StateKeeper } from '../../../src/node/state-file.js';
import type { SavingMoment } from '../../../src/training/loop.js';
import type { TrainingState } from '../../../src/training/state.js';

const WORK = { inputs: {} } as NetworkWork;

/** A keeper that takes every state, with its numbers as they are at that moment. */
function createKeeper(): { readonly keeper: StateKeeper; readonly states: TrainingState[] } {
  const states: TrainingState[] = [];
  const keeper = {
    async save(_: SavingMoment, makeState: () => TrainingState) {
      const { head, blocks } = makeState();
      states.push({ head, blocks: blocks.map(({ name, numbers }) => ({ name, numbers: numbers.slice() })) });
    },
    takeWarning: () => undefined,
  };
  return { keeper: keeper as unknown as StateKeeper, states };
}

/** A network after so many steps, whose only block holds their number. */
function networkAfter(steps: number): () => NetworkState {
  const blocks = [{ name: 'weights', numbers: Float32Array.of(steps) }];
  return () => ({ position: { epochs: [], step: steps, lossSum: 0 }, steps, blocks });
}

function shown({ head, blocks }: TrainingState) {
  const { finished, steps, behind } = head;
  const numbers = Object.fromEntries(blocks.map((block) => [block.name, [...block.numbers]]));
  return {
    finished: finished.length,
    steps,
    behind: behind?.map(({ network, steps: own }) => [network, own]),
    numbers,
  };
}

const BEST = Float32Array.of(7);
const ENDED = { history: {}, weights: BEST } as unknown as FinishedNetwork;

test('the next network is saved as it is, and those behind it as they were after their last epoch', async () => {
  const { keeper, states } = createKeeper();
  const state = new JointState(WORK, keeper, undefined);
  await state.save(1, 'epoch', [], networkAfter(5));
  await state.save(1, 'step', [], networkAfter(6));
  expect(states).toEqual([]);
  await state.save(0, 'step', [], networkAfter(3));
  expect(states.map(shown)).toEqual([
    { finished: 0, steps: 3, behind: [[1, 5]], numbers: { weights: [3], 'network 2, weights': [5] } },
  ]);
});

test('a network that goes on changes nothing of what was kept of it', async () => {
  const { keeper, states } = createKeeper();
  const state = new JointState(WORK, keeper, undefined);
  const epochs: EpochRecord[] = [];
  const behind = networkAfter(5)();
  await state.save(1, 'epoch', [], () => ({ ...behind, position: { epochs, step: 0, lossSum: 0 } }));
  epochs.push({} as EpochRecord);
  behind.blocks[0]?.numbers.fill(6);
  await state.save(0, 'step', [], networkAfter(3));
  expect(states[0]?.head.behind?.[0]?.position.epochs).toEqual([]);
  expect(states.map(shown)[0]?.numbers['network 2, weights']).toEqual([5]);
});

test('a stop saves every network where it stands, in whatever order they stop', async () => {
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
  ]) {
    const { keeper, states } = createKeeper();
    const state = new JointState(WORK, keeper, undefined);
    await Promise.all(order.map((network) => state.save(network, 'stop', [], networkAfter(10 + network))));
    expect(states.map(shown).at(-1)).toEqual({
      ...{
        finished: 0,
        steps: 10,
        behind: [
          [1, 11],
          [2, 12],
        ],
      },
      numbers: { weights: [10], 'network 2, weights': [11], 'network 3, weights': [12] },
    });
  }
});

test('a network that has ended is saved with its best weights, and no longer among those behind the next one', async () => {
  const { keeper, states } = createKeeper();
  const state = new JointState(WORK, keeper, undefined);
  await state.save(1, 'epoch', [], networkAfter(5));
  await state.save(1, 'epoch', [ENDED], networkAfter(8));
  expect(states.map(shown)).toEqual([
    { finished: 1, steps: 8, behind: [], numbers: { 'network 1': [7], weights: [8] } },
  ]);
});

test('every network of a saved state goes on where it was, and others begin', async () => {
  const head = {
    ...{ inputs: {}, finished: [], blocks: [] },
    ...networkAfter(3)(),
    behind: [{ network: 1, ...networkAfter(5)() }],
  };
  const asked: string[] = [];
  const saved = {
    head,
    async load(blocks: readonly { readonly name: string }[]) {
      asked.push(...blocks.map(({ name }) => name));
    },
  } as unknown as SavedState;
  const state = new JointState(WORK, undefined, saved);
  expect([0, 1, 2].map((network) => state.startOf(network)?.steps)).toEqual([3, 5, undefined]);
  await state.startOf(0)?.load(networkAfter(0)().blocks);
  await state.startOf(1)?.load(networkAfter(0)().blocks);
  expect(asked).toEqual(['weights', 'network 2, weights']);
});

test('a network that has learnt what it held out is saved with the weights that dev is scored with, too', async () => {
  const { keeper, states } = createKeeper();
  const state = new JointState(WORK, keeper, undefined);
  await state.save(1, 'step', [{ ...ENDED, weights: Float32Array.of(8), heldOutWeights: BEST }], networkAfter(3));
  expect(states.map((each) => shown(each).numbers)).toEqual([
    { 'network 1': [8], 'network 1, held out': [7], weights: [3] },
  ]);
});
