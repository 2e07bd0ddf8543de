import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import type { SettingsInput } from '../../src/settings/settings.js';
import type { SavingMoment, TrainingPosition } from '../../src/training/loop.js';
import { weightsOf } from '../helpers/networks.js';
import { eightSentences } from '../helpers/small-corpus.js';
import { createTrainee, runTraining, scoresOf } from '../helpers/training-run.js';

/** Three steps an epoch. */
const SETTINGS: SettingsInput = { hidden: 3, batchSize: 3, epochs: 3, warmup: 4, decay: 'linear', dropout: 0.3 };

interface Stop {
  readonly position: TrainingPosition;
  readonly steps: number;
  readonly blocks: ReadonlyMap<string, Float32Array>;
}

/** Scores that only the weights decide, so that a resumed training sees the same. */
function scoreWeights(weights: readonly number[]) {
  return scoresOf(Math.abs(weights.reduce((sum, weight) => sum + weight, 0)) % 1);
}

/** Trains to the end, from the beginning or from a stop, and copies what it was at a moment. */
async function train(given: SettingsInput, stopAt?: number, from?: Stop) {
  const kernels = createWasmKernels();
  const trainee = createTrainee(eightSentences, { ...SETTINGS, ...given }, {}, kernels);
  const { trainer, leader, options } = trainee;
  if (from) {
    for (const { name, numbers } of trainer.openState()) numbers.set(from.blocks.get(name) as Float32Array);
    trainer.resume(from.steps);
  }
  const stops: Stop[] = [];
  const moments: SavingMoment[] = [];
  const save = async (position: TrainingPosition, moment: SavingMoment): Promise<void> => {
    if (moments.push(moment) !== stopAt) return;
    const blocks = new Map(trainer.openState().map(({ name, numbers }) => [name, Float32Array.from(numbers)]));
    stops.push({ position: structuredClone(position), steps: trainer.steps, blocks });
  };
  const evaluate = () => scoreWeights(weightsOf(leader.network));
  const { history, stopped } = await runTraining({ ...options, evaluate, save, from: from?.position });
  return { end: { history, stopped, weights: weightsOf(leader.network) }, stop: stops[0], moments };
}

describe.each([
  ['sgd', { optimizer: 'sgd' }],
  ['momentum and patience', { optimizer: 'momentum', patience: 1 }],
  ['adam with an average of weights', { optimizer: 'adam', average: 0.9 }],
] as const)('with %s', (_, given) => {
  test('saving changes nothing, and going on from any moment ends in the same bits', async () => {
    const { end, moments } = await train(given);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: moments.length }), async (moment) => {
        const stopped = await train(given, moment);
        expect(stopped.end).toEqual(end);
        expect((await train(given, undefined, stopped.stop)).end).toEqual(end);
      }),
      { numRuns: 8 },
    );
  });
});

test('a training may be saved after every step and every epoch', async () => {
  const { moments } = await train({ epochs: 2 });
  expect(moments).toEqual(['step', 'step', 'step', 'epoch', 'step', 'step', 'step', 'epoch']);
});

test('a signal has it saved before the best weights take the place of the last', async () => {
  const controller = new AbortController();
  const trainee = createTrainee(eightSentences, SETTINGS, { signal: controller.signal });
  const { trainer, leader, options } = trainee;
  let [steps, last]: [number, number[]] = [0, []];
  let saved: { moment: SavingMoment; weights: number[]; position: TrainingPosition } | undefined;
  await runTraining(
    {
      ...options,
      save: async (position, moment) => {
        if (moment === 'stop') saved = { moment, weights: weightsOf(leader.network), position };
      },
    },
    ({ kind }) => {
      if (kind !== 'step' || ++steps !== 5) return;
      last = weightsOf(leader.network);
      controller.abort();
    },
  );
  expect(saved).toMatchObject({ weights: last, position: { step: 2 } });
  expect(saved?.position.epochs).toHaveLength(1);
  expect(weightsOf(leader.network)).not.toEqual(last);
  expect(trainer.steps).toBe(5);
});
