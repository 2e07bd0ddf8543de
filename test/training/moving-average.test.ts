import { expect, test } from 'vitest';
import { roundWeights } from '../../src/model/rounded-weights.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { weightsOf } from '../helpers/networks.js';
import { eightSentences } from '../helpers/small-corpus.js';
import { createTrainee } from '../helpers/training-run.js';

const GIVEN = { hidden: 6, batchSize: 3, optimizer: 'adam', learningRate: 0.05, average: 0.5 } as const;

test('averages follow the weights by the decay, closely at first, rows that no word names too', () => {
  const { trainer, leader } = createTrainee(eightSentences, GIVEN);
  const average = weightsOf(leader.network).map(() => 0);
  for (let step = 1; step <= 12; step++) {
    trainer.step(1, [step % 8]);
    const weights = weightsOf(leader.network);
    const rate = 1 - Math.min(0.5, step / (step + 9));
    for (const [place, weight] of weights.entries()) average[place] += rate * (weight - average[place]);
  }
  const before = weightsOf(leader.network);
  trainer.beginScoring();
  const found = weightsOf(leader.network);
  for (const [place, value] of found.entries()) expect(value).toBeCloseTo(average[place], 2);
  trainer.endScoring();
  expect(weightsOf(leader.network)).toEqual(before);
});

test('the averages are what is scored, and training goes on from the weights', () => {
  const averaged = createTrainee(eightSentences, GIVEN, {}, createWasmKernels());
  const plain = createTrainee(eightSentences, { ...GIVEN, average: 0 }, {}, createReferenceKernels());
  for (let step = 0; step < 4; step++) {
    averaged.trainer.step(1, [step]);
    plain.trainer.step(1, [step]);
    averaged.trainer.beginScoring();
    averaged.tagger.predict([['Ada']]);
    averaged.trainer.endScoring();
  }
  expect(weightsOf(averaged.leader.network)).toEqual(weightsOf(plain.leader.network));
});

test('what is scored and kept is rounded as checkpoints store it', () => {
  const { trainer, leader, tagger } = createTrainee(eightSentences, { ...GIVEN, average: 0 });
  trainer.step(1, [0, 1, 2]);
  const exact = weightsOf(leader.network);
  trainer.beginScoring();
  const rounded = weightsOf(leader.network);
  expect(rounded).not.toEqual(exact);
  roundWeights(leader.network);
  expect(weightsOf(leader.network)).toEqual(rounded);
  const scored = tagger.predict([['Ada', 'lives']]);
  trainer.keep();
  trainer.endScoring();
  expect(weightsOf(leader.network)).toEqual(exact);
  trainer.restore();
  expect(weightsOf(leader.network)).toEqual(rounded);
  expect(tagger.predict([['Ada', 'lives']])).toEqual(scored);
});
