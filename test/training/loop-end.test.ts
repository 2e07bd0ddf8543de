import { describe, expect, test } from 'vitest';
import { setWeights, weightsOf } from '../helpers/networks.js';
import { eightSentences, sentenceOf } from '../helpers/small-corpus.js';
import { createTrainee, runTraining, scoresOf } from '../helpers/training-run.js';

/** Four steps an epoch, three epochs. */
const settings = { hidden: 3, batchSize: 2, epochs: 3 };

/** Trains until something calls for an end after so many steps, counted over all epochs. */
async function abortAfter(steps: number) {
  const controller = new AbortController();
  const { options, leader } = createTrainee(eightSentences, settings, { signal: controller.signal });
  const weights: number[][] = [];
  const evaluate = () => {
    weights.push(weightsOf(leader.network));
    return scoresOf(weights.length / 10);
  };
  if (steps === 0) controller.abort();
  let seen = 0;
  const run = await runTraining({ ...options, evaluate }, ({ kind }) => {
    if (kind === 'step' && ++seen === steps) controller.abort();
  });
  return { ...run, weights, kept: weightsOf(leader.network) };
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
  function spoil({ leader }: ReturnType<typeof createTrainee>): void {
    const { kernels, weights, layout } = leader.network;
    kernels.memory.fill(Number.NaN, weights, weights + layout.size);
    leader.network.pack();
  }

  test('ends training at the first loss that is no number, with the best epoch kept', async () => {
    const trainee = createTrainee(eightSentences, settings);
    const { network } = trainee.leader;
    const [kept, keptTags]: [number[], unknown[]] = [[], []];
    const evaluate = () => {
      kept.push(...weightsOf(network));
      keptTags.push(trainee.tagger.predict([['Byron', 'swam']]));
      return scoresOf(0.5);
    };
    const { stopped, history, steps } = await runTraining({ ...trainee.options, evaluate }, ({ kind }) => {
      if (kind === 'epoch') spoil(trainee);
    });
    expect([stopped, history?.bestEpoch, steps.length]).toEqual(['diverged', 1, 4]);
    expect(weightsOf(network)).toEqual(kept);
    expect([trainee.tagger.predict([['Byron', 'swam']])]).toEqual(keptTags);
  });

  test('in the first epoch leaves nothing to keep', async () => {
    const trainee = createTrainee(eightSentences, settings);
    spoil(trainee);
    const { stopped, history, steps } = await runTraining(trainee.options);
    expect([stopped, history, steps.length]).toEqual(['diverged', undefined, 0]);
  });

  test('is seen at the end of the epoch where the last step alone went beyond all numbers', async () => {
    const given = { hidden: 1, epochs: 3, learningRate: 1000, clip: 1e40, unknownRate: 0, outside: 'O' } as const;
    const evaluate = () => expect.fail('weights that are no numbers must not be scored');
    const { options, leader } = createTrainee([sentenceOf('word/name word/O')], given, { evaluate });
    setWeights(leader.network, { 'input.form': [0.5, 0.5], 'output.weights': [1e38, -1e38] });
    const { stopped, history, steps } = await runTraining(options);
    expect([stopped, history, steps.length]).toEqual(['diverged', undefined, 1]);
    expect(steps[0].loss).toBeGreaterThan(80);
  });

  test('of a learning rate far too large still ends with finite weights or says so', async () => {
    const { options, leader } = createTrainee(eightSentences, { ...settings, learningRate: 1000, clip: 1e9 });
    const { stopped, history } = await runTraining(options);
    const areNumbers = weightsOf(leader.network).every(Number.isFinite);
    expect(history === undefined ? stopped === 'diverged' : areNumbers).toBe(true);
  });
});
