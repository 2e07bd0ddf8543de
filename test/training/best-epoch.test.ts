import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import type { SettingsInput } from '../../src/settings/settings.js';
import type { Measure } from '../../src/text/measure.js';
import { weightsOf } from '../helpers/networks.js';
import { eightSentences } from '../helpers/small-corpus.js';
import { createTrainee, runTraining, scoresOf } from '../helpers/training-run.js';

const sentences = eightSentences.slice(5);

/** One memory for all trainings, which would else spend most of their time in making theirs. */
const kernels = createReferenceKernels();

/** Trains with the scores given, one an epoch, and keeps the weights that each epoch was scored with. */
async function runWithScores(scores: readonly number[], given: SettingsInput = {}, measure: Measure = 'f1') {
  const { used } = kernels;
  const settings = { hidden: 2, epochs: scores.length, ...given };
  const { options, leader } = createTrainee(sentences, settings, {}, kernels);
  const weights: number[][] = [];
  const evaluate = () => {
    weights.push(weightsOf(leader.network));
    const score = scores[weights.length - 1];
    return measure === 'f1' ? scoresOf(score, 1 - score) : scoresOf(1 - score, score);
  };
  const run = await runTraining({ ...options, evaluate, measure });
  const kept = weightsOf(leader.network);
  kernels.release(used);
  return { ...run, weights, kept };
}

/** Few different scores, so that many are equal. */
const lists = fc.array(
  fc.integer({ min: 0, max: 4 }).map((quarters) => quarters / 4),
  { minLength: 1, maxLength: 8 },
);

describe('the best epoch', () => {
  test('is kept, the earlier of equals, with the weights it was scored with', async () => {
    await fc.assert(
      fc.asyncProperty(lists, async (scores) => {
        const { history, weights, kept, stopped } = await runWithScores(scores);
        const best = scores.indexOf(Math.max(...scores));
        expect(history?.bestEpoch).toBe(best + 1);
        expect(kept).toEqual(weights[best]);
        expect(stopped).toBe('completed');
      }),
    );
  });

  test('is kept though its F1 is 0: some tagger is better than none', async () => {
    const { history, weights, kept } = await runWithScores([0, 0, 0]);
    expect(history?.bestEpoch).toBe(1);
    expect(kept).toEqual(weights[0]);
    expect(weights[1]).not.toEqual(weights[0]);
  });

  test('goes by accuracy where that is the measure', async () => {
    const { history, epochs } = await runWithScores([0.25, 0.75, 0.5], {}, 'accuracy');
    expect(history?.bestEpoch).toBe(2);
    expect(epochs.map(({ measure }) => measure)).toEqual(['accuracy', 'accuracy', 'accuracy']);
  });

  test('is announced whenever there is a new one', async () => {
    const { epochs } = await runWithScores([0.25, 0.25, 0.5, 0, 1]);
    expect(epochs.map(({ isBest }) => isBest)).toEqual([true, false, true, false, true]);
  });
});

test('the history has every epoch in order, with its loss and its scores', async () => {
  const { history, epochs } = await runWithScores([0.5, 0.25, 0.75]);
  expect(history?.epochs.map(({ epoch, dev }) => [epoch, dev.f1])).toEqual([
    [1, 0.5],
    [2, 0.25],
    [3, 0.75],
  ]);
  expect(history?.epochs).toEqual(epochs.map(({ record }) => record));
  for (const { loss } of history?.epochs ?? []) expect(loss).toBeGreaterThan(0);
});

describe('patience', () => {
  test('ends training after so many epochs without a better one, never before', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.integer({ min: 1, max: 4 }), async (scores, patience) => {
        const { history, stopped, kept, weights } = await runWithScores(scores, { patience });
        let [last, best] = [0, 0];
        for (; last < scores.length; last++) {
          if (scores[last] > scores[best]) best = last;
          if (last - best >= patience) break;
        }
        const ranOut = last < scores.length;
        expect(stopped).toBe(ranOut ? 'patience' : 'completed');
        expect(history?.epochs).toHaveLength(ranOut ? last + 1 : scores.length);
        expect(history?.bestEpoch).toBe(best + 1);
        expect(kept).toEqual(weights[best]);
      }),
    );
  });

  test('is not lost by an equal score', async () => {
    const { history, stopped } = await runWithScores([0.5, 0.5, 0.5, 1], { patience: 2 });
    expect([history?.epochs.length, stopped]).toEqual([3, 'patience']);
  });
});
