import { existsSync, mkdirSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { StateKeeper, statePathFor } from '../../src/node/state-file.js';
import type { TrainingState } from '../../src/training/state.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

/** A keeper with a clock that only the test moves, and `writing` seconds at each look while a state is made. */
function createKeeper(path: string, writing = 0) {
  let [now, saves] = [0, 0];
  const keeper = new StateKeeper(folder.at(path), () => now);
  const makeState = (): TrainingState => {
    saves++;
    now += writing;
    const position = { epochs: [], step: saves, lossSum: 0 };
    return { head: { inputs: {}, finished: [], position, steps: saves }, blocks: [] };
  };
  return {
    keeper,
    /** Whether a state is written after so many seconds more. */
    async saves(moment: 'step' | 'epoch' | 'stop', seconds: number): Promise<boolean> {
      now += seconds;
      const before = saves;
      await keeper.save(moment, makeState);
      await keeper.settle();
      return saves > before;
    },
  };
}

describe('a training is saved', () => {
  test('after each epoch', async () => {
    const { saves } = createKeeper('epochs.state');
    expect(await saves('epoch', 1)).toBe(true);
    expect(await saves('epoch', 1)).toBe(true);
  });

  test('every 30 seconds within an epoch', async () => {
    const { saves } = createKeeper('steps.state');
    expect(await saves('step', 29)).toBe(false);
    expect(await saves('step', 1)).toBe(true);
    expect(await saves('step', 29)).toBe(false);
    expect(await saves('epoch', 0)).toBe(true);
    expect(await saves('step', 29)).toBe(false);
    expect(await saves('step', 1)).toBe(true);
  });

  test('less often where saving would take more than 2 % of the time', async () => {
    const { saves } = createKeeper('slow.state', 1);
    expect(await saves('epoch', 1)).toBe(true);
    expect(await saves('epoch', 60)).toBe(false);
    expect(await saves('step', 37)).toBe(false);
    expect(await saves('epoch', 1)).toBe(true);
  });

  test('always where it is to stop', async () => {
    const { saves } = createKeeper('stop.state', 1);
    expect(await saves('stop', 0)).toBe(true);
    expect(await saves('stop', 0)).toBe(true);
  });
});

test('a state that cannot be written costs one warning, and the next may be written', async () => {
  mkdirSync(folder.at('bad.state.tmp'));
  const { keeper, saves } = createKeeper('bad.state');
  await saves('epoch', 1);
  expect(await keeper.settle()).toBe(false);
  expect(keeper.takeWarning()).toMatch(/^warning: .*bad\.state: cannot be written: it is a folder; training goes on/);
  await saves('epoch', 100);
  expect(keeper.takeWarning()).toBeUndefined();
});

test('its state is removed when it is over', async () => {
  const { keeper, saves } = createKeeper('over.state');
  await saves('epoch', 1);
  expect(await keeper.settle()).toBe(true);
  expect(statSync(folder.at('over.state')).isFile()).toBe(true);
  await keeper.remove();
  expect(existsSync(folder.at('over.state'))).toBe(false);
});

test('a checkpoint that goes to a stream has no state', async () => {
  expect(await statePathFor('-')).toBeUndefined();
  expect(await statePathFor('/dev/null')).toBeUndefined();
  expect(await statePathFor(folder.at('model.json'))).toBe(folder.at('model.json.state'));
});
