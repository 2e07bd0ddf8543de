import { describe, expect, test } from 'vitest';
import type { Prediction } from '../../src/model/decode.js';
import { Network } from '../../src/model/network.js';
import { SinglePredictor } from '../../src/model/predictor.js';
import { Tagger } from '../../src/model/tagger.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { weightsOf } from '../helpers/networks.js';
import { eightSentences } from '../helpers/small-corpus.js';
import { createTrainee, type Trainee } from '../helpers/training-run.js';

const tokens = [...eightSentences.map((sentence) => sentence.tokens), ['Never', 'seen', 'in', 'Lisbon']];

/** What a network of the same weights says that was made a moment ago. */
function predictAfresh({ untrained, leader }: Trainee): Prediction[] {
  const kernels = createReferenceKernels();
  const network = new Network(kernels, leader.network.plan);
  kernels.memory.set(weightsOf(leader.network), network.weights);
  network.pack();
  return new Tagger(untrained.language, new SinglePredictor(network)).predict(tokens);
}

describe.each([
  { input: 'sum' },
  { input: 'concatenate', window: 1, features: 'form,affixes,shape', inputDropout: 0.5, decoder: 'crf', recode: true },
] as const)('a trainer with %o', (changes) => {
  const given = { hidden: 6, batchSize: 3, optimizer: 'adam', learningRate: 0.05, dropout: 0.2, ...changes } as const;

  test('tags with the weights as they are now: after each step, and when others were taken back', () => {
    const trainee = createTrainee(eightSentences, given, {}, createWasmKernels());
    const { trainer, tagger } = trainee;
    const seen = [tagger.predict(tokens)];
    expect(seen[0]).toEqual(predictAfresh(trainee));
    for (let step = 0; step < 4; step++) {
      trainer.step(1, [step, 7]);
      if (step === 1) trainer.keep();
      seen.push(tagger.predict(tokens));
      expect(seen.at(-1)).toEqual(predictAfresh(trainee));
      expect(seen.at(-1)).not.toEqual(seen.at(-2));
    }
    trainer.restore();
    expect(tagger.predict(tokens)).toEqual(seen[2]);
    expect(predictAfresh(trainee)).toEqual(seen[2]);
  });
});
