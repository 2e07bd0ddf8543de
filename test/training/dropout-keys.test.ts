import { describe, expect, test } from 'vitest';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { smallPlan } from '../helpers/networks.js';
import { createWork, trainAlone } from '../helpers/training-work.js';

const work = createWork(smallPlan({ dropout: 0.5, input: 'concatenate' }), new Array(12).fill(4));

/** The keys of each sentence of a batch, all of four words. */
function keysOf(epoch: number, sentences: readonly number[]): number[][] {
  const { leader, trainer } = trainAlone(work, createReferenceKernels());
  trainer.step(epoch, sentences);
  const { trainingBatch, network } = leader;
  const { integers } = network.kernels;
  const keys = sentences.map((): number[] => []);
  trainingBatch.fill(
    sentences.map((sentence) => work.examples[sentence]),
    (member, _, row) =>
      keys[member].push(integers[trainingBatch.inputKeys + row], integers[trainingBatch.stateKeys + row]),
  );
  return keys;
}

describe('what dropout is drawn from', () => {
  test('is the sentence’s own, whoever is in its batch', () => {
    const together = keysOf(3, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(together[9]).toEqual(keysOf(3, [9])[0]);
    expect(together[4]).toEqual(keysOf(3, [11, 4])[1]);
  });

  test('is another for every word, purpose, sentence and epoch', () => {
    const keys = [1, 2].flatMap((epoch) => keysOf(epoch, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).flat();
    expect(new Set(keys).size).toBe(2 * 10 * 4 * 2);
  });
});
