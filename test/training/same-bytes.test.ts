import { describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/model/checkpoint.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import type { SettingsInput } from '../../src/settings/settings.js';
import { digestOf } from '../helpers/bits.js';
import { weightsOf } from '../helpers/networks.js';
import { eightSentences } from '../helpers/small-corpus.js';
import { createTrainee, runTraining, trainToCheckpoint } from '../helpers/training-run.js';

const settings: SettingsInput = { hidden: 9, epochs: 4, batchSize: 3, seed: 1, optimizer: 'sgd', clip: 2 };

function checkpointFor(changes: SettingsInput): Promise<string> {
  return trainToCheckpoint(createTrainee(eightSentences, { ...settings, ...changes }));
}

function parametersIn(checkpoint: string): string {
  return JSON.stringify(JSON.parse(checkpoint).parameters);
}

describe.each(['sgd', 'momentum', 'adam'] as const)('with %s', (optimizer) => {
  test('the same seed gives the same bytes', async () => {
    expect(await checkpointFor({ optimizer })).toBe(await checkpointFor({ optimizer }));
  });

  test('another seed gives other weights', async () => {
    const [first, second] = await Promise.all([checkpointFor({ optimizer }), checkpointFor({ optimizer, seed: 2 })]);
    expect(parametersIn(second)).not.toBe(parametersIn(first));
  });
});

test('two trainings that take turns step by step do not disturb each other', async () => {
  const [alone, other] = [await checkpointFor({}), await checkpointFor({ seed: 2, optimizer: 'adam' })];
  const together = [createTrainee(eightSentences, settings)];
  together.push(createTrainee(eightSentences, { ...settings, seed: 2, optimizer: 'adam' }));
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  const texts = await Promise.all(
    together.map((trainee) => trainToCheckpoint({ ...trainee, options: { ...trainee.options, pause } })),
  );
  expect(texts).toEqual([alone, other]);
});

test('the file of a trained model is the same after save and load', async () => {
  const text = await checkpointFor({ optimizer: 'momentum' });
  expect(writeCheckpoint(readCheckpoint(text, 'model.json', createReferenceKernels()))).toBe(text);
});

/*
 * The same on every engine, system and processor. These may change only where training is meant to change, and then
 * the changelog says so.
 */
describe.each([
  ['plain', createReferenceKernels],
  ['WebAssembly', createWasmKernels],
] as const)('on %s kernels', (_, createKernels) => {
  test.each([
    ['sgd', 0.1, '1193211e'],
    ['momentum', 0.02, 'c76a5407'],
    ['adam', 0.002, '1c3b08c5'],
  ] as const)(
    'the weights after four epochs of %s at %d have these very bits',
    async (optimizer, learningRate, digest) => {
      const given = { ...settings, optimizer, learningRate };
      const { options, leader } = createTrainee(eightSentences, given, { evaluate: risingScores() }, createKernels());
      await runTraining(options);
      expect(digestOf(weightsOf(leader.network))).toBe(digest);
    },
  );
});

/** Every epoch better than the one before, so that the last is kept. */
function risingScores() {
  let calls = 0;
  return () => ({ precision: 0, recall: 0, f1: ++calls / 100, accuracy: 0 });
}
