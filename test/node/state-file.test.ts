import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openState, removeState, writeState } from '../../src/node/state-file.js';
import type { TrainingState } from '../../src/training/state.js';
import { Folder } from '../helpers/cli.js';
import { scoresOf } from '../helpers/training-run.js';

const folder = new Folder();

function stateOf(...blocks: readonly (readonly [string, Float32Array])[]): TrainingState {
  const position = { epochs: [{ epoch: 1, loss: 2, dev: scoresOf(0.5) }], step: 4, lossSum: 3 };
  const head = { inputs: { '--seed': 1 }, finished: [], position, steps: 9 };
  return { head, blocks: blocks.map(([name, numbers]) => ({ name, numbers })) };
}

const SMALL = stateOf(['weights', Float32Array.of(1.5, -2)], ['best', Float32Array.of(0.1)]);

async function write(path: string, state: TrainingState): Promise<void> {
  const finish = await writeState(path, state);
  await finish();
}

describe('a state file', () => {
  test('gives back its head and its numbers to the bit, in any order', async () => {
    const path = folder.at('a.state');
    const numbers = Float32Array.from({ length: 3_000_000 }, (_, index) => Math.fround(1 / (index + 1)));
    await write(path, stateOf(['weights', numbers], ['best', Float32Array.of(Number.NaN, -0)]));
    const saved = await openState(path);
    expect(saved?.head).toMatchObject({ inputs: { '--seed': 1 }, position: { step: 4, lossSum: 3 }, steps: 9 });
    const [best, weights] = [new Float32Array(2), new Float32Array(numbers.length)];
    await saved?.load([
      { name: 'best', numbers: best },
      { name: 'weights', numbers: weights },
    ]);
    expect(best).toEqual(Float32Array.of(Number.NaN, -0));
    expect(Buffer.from(weights.buffer).equals(Buffer.from(numbers.buffer))).toBe(true);
    await saved?.close();
    expect(existsSync(`${path}.tmp`)).toBe(false);
  });

  test('is written from memory that threads share, and read into it', async () => {
    const shared = new Float32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer, 64, 3);
    shared.set([1, 2, 3]);
    await write(folder.at('shared.state'), stateOf(['weights', shared]));
    shared.fill(0);
    const saved = await openState(folder.at('shared.state'));
    await saved?.load([{ name: 'weights', numbers: shared }]);
    await saved?.close();
    expect([...shared]).toEqual([1, 2, 3]);
  });

  test('may change in memory as soon as it has been taken in', async () => {
    const numbers = Float32Array.of(1, 2);
    const finish = await writeState(folder.at('taken.state'), stateOf(['weights', numbers]));
    numbers.fill(9);
    await finish();
    const saved = await openState(folder.at('taken.state'));
    await saved?.load([{ name: 'weights', numbers }]);
    await saved?.close();
    expect([...numbers]).toEqual([1, 2]);
  });

  test('that is cut anywhere, or has any byte changed, is refused', async () => {
    await write(folder.at('whole.state'), SMALL);
    const whole = readFileSync(folder.at('whole.state'));
    const damaged = folder.at('damaged.state');
    const refuse = async (bytes: Uint8Array): Promise<void> => {
      writeFileSync(damaged, bytes);
      await expect(openState(damaged)).rejects.toMatchObject({ name: 'UserError', exitCode: 3 });
    };
    for (let length = 0; length < whole.length; length++) await refuse(whole.subarray(0, length));
    await refuse(Buffer.concat([whole, Buffer.of(0)]));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const bytes = Buffer.from(whole);
        bytes[place] = (bytes[place] as number) ^ change;
        await refuse(bytes);
      }),
    );
  });

  test('is nothing where there is none, and refused where it is a folder', async () => {
    expect(await openState(folder.at('missing.state'))).toBeUndefined();
    mkdirSync(folder.at('folder.state'));
    await expect(openState(folder.at('folder.state'))).rejects.toThrow('folder.state: it is a folder');
  });

  test('of another network is refused', async () => {
    await write(folder.at('other.state'), SMALL);
    const saved = await openState(folder.at('other.state'));
    const numbers = new Float32Array(5);
    await expect(saved?.load([{ name: 'weights', numbers }])).rejects.toThrow('expected 5 numbers of weights, found 2');
    await expect(saved?.load([{ name: 'moment 1', numbers }])).rejects.toThrow('moment 1');
    await saved?.close();
  });
});

test('where a state cannot be written, the old one stays, and nothing beside it', async () => {
  const path = folder.at('kept.state');
  await write(path, SMALL);
  const before = readFileSync(path);
  mkdirSync(`${path}.tmp`);
  await expect(write(path, SMALL)).rejects.toMatchObject({ cause: { code: 'EISDIR' } });
  expect(readFileSync(path).equals(before)).toBe(true);
  mkdirSync(folder.at('in-the-way.state'));
  await expect(write(folder.at('in-the-way.state'), SMALL)).rejects.toMatchObject({ cause: { code: 'EISDIR' } });
  expect(existsSync(folder.at('in-the-way.state.tmp'))).toBe(false);
});

test('what a killed process left is written over, and removed with the state', async () => {
  const path = folder.at('killed.state');
  writeFileSync(`${path}.tmp`, 'half');
  await write(path, SMALL);
  writeFileSync(`${path}.tmp`, 'half');
  await removeState(path);
  expect(folder.names().filter((name) => name.startsWith('killed'))).toEqual([]);
});
