import { describe, expect, test } from 'vitest';
import { networkShapes } from '../../src/model/network.js';
import { allocateParameters } from '../../src/numerics/parameters.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { resolveSettings } from '../../src/settings/settings.js';
import { eightSentences } from '../helpers/small-corpus.js';
import { createTrainee, runTraining, scoresOf } from '../helpers/training-run.js';

/** Four steps an epoch, three epochs. */
const settings = { hidden: 3, batchSize: 2, epochs: 3 };

/** Trains until something calls for an end after so many steps, counted over all epochs. */
async function abortAfter(steps: number) {
  const controller = new AbortController();
  const { options } = createTrainee(eightSentences, settings, { signal: controller.signal });
  const weights: number[][] = [];
  const evaluate = () => {
    weights.push([...options.parameters.data]);
    return scoresOf(weights.length / 10);
  };
  if (steps === 0) controller.abort();
  let seen = 0;
  const run = await runTraining({ ...options, evaluate }, ({ kind }) => {
    if (kind === 'step' && ++seen === steps) controller.abort();
  });
  return { ...run, weights, kept: [...options.parameters.data] };
}

describe('a signal to stop', () => {
  test('before the first step ends training with nothing', async () => {
    const { stopped, history, steps } = await abortAfter(0);
    expect([stopped, history, steps.length]).toEqual(['aborted', undefined, 0]);
  });

  test('in the first epoch ends it after the step, with nothing to keep', async () => {
    const { stopped, history, steps } = await abortAfter(3);
    expect([stopped, history, steps.length]).toEqual(['aborted', undefined, 3]);
  });

  test('later ends it with the best epoch so far, not with the weights of the moment', async () => {
    const { stopped, history, steps, weights, kept } = await abortAfter(10);
    expect([stopped, history?.bestEpoch, history?.epochs.length, steps.length]).toEqual(['aborted', 2, 2, 10]);
    expect(kept).toEqual(weights[1]);
  });

  test('after the last step comes too late: training is complete', async () => {
    const { stopped, history } = await abortAfter(12);
    expect([stopped, history?.bestEpoch]).toEqual(['completed', 3]);
  });
});

describe('divergence', () => {
  test('ends training at the first loss that is no number, with the best epoch kept', async () => {
    const { options } = createTrainee(eightSentences, settings);
    const best: number[] = [];
    const evaluate = () => {
      best.push(...options.parameters.data);
      options.parameters.data.fill(Number.NaN);
      return scoresOf(0.5);
    };
    const { stopped, history, steps } = await runTraining({ ...options, evaluate });
    expect(stopped).toBe('diverged');
    expect(history?.bestEpoch).toBe(1);
    expect(steps).toHaveLength(4);
  });

  test('in the first epoch leaves nothing to keep', async () => {
    const { options } = createTrainee(eightSentences, settings);
    options.parameters.data[0] = Number.NaN;
    options.parameters.views['output.bias'].fill(Number.NaN);
    const { stopped, history, steps } = await runTraining(options);
    expect([stopped, history, steps.length]).toEqual(['diverged', undefined, 0]);
  });

  test('is seen at the end of the epoch where the last step alone went beyond all numbers', async () => {
    const kernels = createReferenceKernels();
    const parameters = allocateParameters(networkShapes({ V: 2, H: 1, K: 2 }), kernels);
    parameters.data.set([0.5, 0.5, 0, 0, 1e38, -1e38, 0, 0]);
    const given = { hidden: 1, epochs: 3, learningRate: 1000, clip: 1e40 };
    const example = { ids: Int32Array.of(1), targets: Int32Array.of(1), seenOnce: new Int32Array(0) };
    const { stopped, history, steps } = await runTraining({
      kernels,
      settings: resolveSettings(given),
      parameters,
      examples: [example],
      evaluate: () => expect.fail('weights that are no numbers must not be scored'),
      measure: 'f1',
      pause: async () => {},
    });
    expect([stopped, history, steps.length]).toEqual(['diverged', undefined, 1]);
    expect(steps[0].loss).toBeGreaterThan(80);
  });

  test('of a learning rate far too large still ends with finite weights or says so', async () => {
    const { options } = createTrainee(eightSentences, { ...settings, learningRate: 1000, clip: 1e9 });
    const { stopped, history } = await runTraining(options);
    const areNumbers = options.parameters.data.every(Number.isFinite);
    expect(history === undefined ? stopped === 'diverged' : areNumbers).toBe(true);
  });
});
