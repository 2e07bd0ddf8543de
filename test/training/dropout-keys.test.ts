import { describe, expect, test } from 'vitest';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { smallPlan } from '../helpers/networks.js';
import { createWork, trainAlone } from '../helpers/training-work.js';

const plan = smallPlan({ dropout: 0.5, inputDropout: 0.5, input: 'concatenate' });
const work = createWork(plan, new Array(12).fill(4), { unknownRate: 0 });
const { sentences: examples } = work.examples;

/** A trainer that has stepped, and the keys that its last step left: of each token, and of each word. */
function startTraining() {
  const { leader, trainer } = trainAlone(work, createReferenceKernels());
  return (epoch: number, sentences: readonly number[]) => {
    trainer.step(epoch, sentences);
    const { trainingBatch, network } = leader;
    const { integers } = network.kernels;
    const states = sentences.map((): number[] => []);
    const inputs = new Map<number, number>();
    trainingBatch.fill(
      sentences.map((sentence) => examples[sentence]),
      (member, t, row) => {
        const slot = integers[trainingBatch.own.slots + row];
        states[member].push(integers[trainingBatch.stateKeys + row]);
        inputs.set(examples[sentences[member]].words[t], integers[trainingBatch.words.keys + slot]);
        return slot;
      },
    );
    return { states, inputs };
  };
}

const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('what dropout of the states is drawn from', () => {
  test('is the sentence’s own, whoever is in its batch', () => {
    const { states } = startTraining()(3, TEN);
    expect(states[9]).toEqual(startTraining()(3, [9]).states[0]);
    expect(states[4]).toEqual(startTraining()(3, [11, 4]).states[1]);
  });

  test('is another for every token, sentence and epoch', () => {
    const step = startTraining();
    const keys = [1, 2].flatMap((epoch) => step(epoch, TEN).states.flat());
    expect(new Set(keys).size).toBe(2 * 10 * 4);
  });
});

describe('what dropout of the input is drawn from', () => {
  test('is the word’s own in a step, whoever is in its batch', () => {
    const together = startTraining()(1, TEN).inputs;
    for (const sentence of TEN) {
      for (const [word, key] of startTraining()(1, [sentence]).inputs) expect(key).toBe(together.get(word));
    }
  });

  test('is another for every word and step', () => {
    const step = startTraining();
    const keys = [1, 1, 2].flatMap((epoch) => [...step(epoch, TEN).inputs.values()]);
    const words = new Set(TEN.flatMap((sentence) => [...examples[sentence].words]));
    expect(keys).toHaveLength(3 * words.size);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
