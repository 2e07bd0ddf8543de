import { describe, expect, test } from 'vitest';
import { countTokens } from '../../src/text/sentence.js';
import { trainNetwork } from '../../src/training/loop.js';
import { weightsOf } from '../helpers/networks.js';
import { eightSentences } from '../helpers/small-corpus.js';
import { createTrainee, runTraining, scoresOf } from '../helpers/training-run.js';

const settings = { hidden: 3, batchSize: 3, epochs: 2 };

describe('progress', () => {
  test('has a step for every batch, the last of an epoch with what is left, then the epoch', async () => {
    const kinds: string[] = [];
    const { options } = createTrainee(eightSentences, settings);
    const { steps } = await runTraining(options, (event) =>
      kinds.push(event.kind === 'step' ? `${event.epoch}:${event.step}` : `epoch ${event.record.epoch}`),
    );
    expect(kinds).toEqual(['1:1', '1:2', '1:3', 'epoch 1', '2:1', '2:2', '2:3', 'epoch 2']);
    expect(steps.every(({ epochs, stepsAnEpoch }) => epochs === 2 && stepsAnEpoch === 3)).toBe(true);
  });

  test('counts every token of the corpus once an epoch', async () => {
    const { steps } = await runTraining(createTrainee(eightSentences, settings).options);
    const tokensOf = (epoch: number) => steps.filter((step) => step.epoch === epoch).map(({ tokens }) => tokens);
    for (const epoch of [1, 2]) {
      expect(tokensOf(epoch).reduce((sum, tokens) => sum + tokens, 0)).toBe(countTokens(eightSentences));
    }
  });

  test('ends each epoch with the mean loss of its sentences, however the batches fall', async () => {
    const still = { ...settings, learningRate: 1e-30, unknownRate: 0 };
    const lossWith = async (batchSize: number) => {
      const { steps, epochs } = await runTraining(createTrainee(eightSentences, { ...still, batchSize }).options);
      expect(epochs.map(({ record }) => record.loss)).toEqual(
        [1, 2].map((epoch) => steps.filter((step) => step.epoch === epoch).at(-1)?.loss),
      );
      return epochs[0].record.loss;
    };
    const alone = await lossWith(1);
    for (const batchSize of [3, 5, 8, 100]) expect(await lossWith(batchSize)).toBeCloseTo(alone, 5);
  });

  test('is taken up only as fast as the listener takes it', async () => {
    const { options, leader } = createTrainee(eightSentences, settings);
    const before = weightsOf(leader.network);
    const training = trainNetwork(options);
    expect(weightsOf(leader.network)).toEqual(before);
    await training.next();
    const afterOne = weightsOf(leader.network);
    expect(afterOne).not.toEqual(before);
    await training.return({ stopped: 'aborted', history: undefined });
  });
});

test('timers and signals are heard before every step, and dev is scored once an epoch', async () => {
  let [pauses, evaluations] = [0, 0];
  const { options } = createTrainee(eightSentences, settings);
  const pause = async () => {
    pauses++;
  };
  const evaluate = () => {
    evaluations++;
    return scoresOf(0);
  };
  await runTraining({ ...options, pause, evaluate });
  expect([pauses, evaluations]).toEqual([6, 2]);
});

test('scoring dev changes nothing in what follows', async () => {
  const { options, tagger, leader } = createTrainee(eightSentences, settings);
  const quiet = createTrainee(eightSentences, settings);
  const evaluate = () => {
    tagger.predict(eightSentences.map(({ tokens }) => tokens));
    return scoresOf(0);
  };
  await runTraining({ ...options, evaluate });
  await runTraining(quiet.options);
  expect(weightsOf(leader.network)).toEqual(weightsOf(quiet.leader.network));
});

test('the batches come in another order every epoch', async () => {
  const { options } = createTrainee(eightSentences, { ...settings, batchSize: 1, epochs: 5 });
  const { steps } = await runTraining(options);
  const orders = [1, 2, 3, 4, 5].map((epoch) =>
    steps.filter((step) => step.epoch === epoch).map(({ tokens }) => tokens),
  );
  expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(3);
});
