import { describe, expect, test } from 'vitest';
import { networkShapes } from '../../src/model/network.js';
import { allocateParameters } from '../../src/numerics/parameters.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { resolveSettings } from '../../src/settings/settings.js';
import { runTraining, scoresOf } from '../helpers/training-run.js';

/*
 * One step of gradient descent, worked out by hand: one hidden unit, the sentence of words 1 and 2 with tags 1 and 0,
 * a vocabulary of four words.
 */
const RATE = 0.1;
const table = [0.3, 0.8, -0.5, 0.9];
const bias = 0.2;
const recurrent = 0.7;
const output = [1.1, -0.6];
const outputBias = [0.05, -0.1];

// Forward: states, probabilities, loss.
const first = Math.tanh(table[1] + bias);
const second = Math.tanh(table[2] + bias + recurrent * first);
function probabilityOfName(state: number): number {
  const [outside, name] = [Math.exp(output[0] * state + outputBias[0]), Math.exp(output[1] * state + outputBias[1])];
  return name / (outside + name);
}
const firstP = probabilityOfName(first);
const secondP = probabilityOfName(second);
const loss = -Math.log(firstP) - Math.log(1 - secondP);

// Backward, from the last word to the first. Logits: p minus 1 at the right tag.
const dFirstName = firstP - 1;
const dSecondName = secondP;
const dSecond = (output[1] - output[0]) * dSecondName;
const dSecondInput = dSecond * (1 - second ** 2);
const dFirst = (output[1] - output[0]) * dFirstName + recurrent * dSecondInput;
const dFirstInput = dFirst * (1 - first ** 2);

const dOutputName = dFirstName * first + dSecondName * second;
const dNameBias = dFirstName + dSecondName;

const AFTER = {
  'input.weights': [table[0], table[1] - RATE * dFirstInput, table[2] - RATE * dSecondInput, table[3]],
  'input.bias': [bias - RATE * (dFirstInput + dSecondInput)],
  'recurrent.weights': [recurrent - RATE * dSecondInput * first],
  'output.weights': [output[0] + RATE * dOutputName, output[1] - RATE * dOutputName],
  'output.bias': [outputBias[0] + RATE * dNameBias, outputBias[1] - RATE * dNameBias],
};

describe.each([
  ['double', createDoubleKernels(), 14],
  ['single', createReferenceKernels(), 6],
] as const)('one step of SGD in %s precision', (_, kernels, digits) => {
  async function trainOneStep(sentences: number) {
    const parameters = allocateParameters(networkShapes({ V: 4, H: 1, K: 2 }), kernels);
    parameters.data.set([...table, bias, recurrent, ...output, ...outputBias]);
    const example = { ids: Int32Array.of(1, 2), targets: Int32Array.of(1, 0), seenOnce: new Int32Array(0) };
    const run = await runTraining({
      kernels,
      settings: resolveSettings({ optimizer: 'sgd', learningRate: RATE, epochs: 1, hidden: 1 }),
      parameters,
      examples: new Array(sentences).fill(example),
      evaluate: () => scoresOf(1),
      measure: 'f1',
      pause: async () => {},
    });
    return { ...run, parameters };
  }

  test.each([1, 3])('moves every weight as worked out by hand, with %i such sentences in the batch', async (count) => {
    const { parameters } = await trainOneStep(count);
    for (const [name, expected] of Object.entries(AFTER)) {
      const found = parameters.views[name as keyof typeof AFTER];
      for (const [index, value] of expected.entries()) {
        expect(found[index], `${name} ${index}`).toBeCloseTo(value, digits);
      }
    }
  });

  test('tells the loss before the step, and how many words it trained on', async () => {
    const { steps } = await trainOneStep(1);
    expect(steps).toHaveLength(1);
    expect(steps[0].loss).toBeCloseTo(loss, digits);
    expect(steps[0].tokens).toBe(2);
  });

  test('leaves the rows of words that do not occur bit by bit as they were', async () => {
    const { parameters } = await trainOneStep(1);
    const rows = parameters.views['input.weights'];
    const before = kernels.allocate(4);
    before.set(table);
    expect([rows[0], rows[3]]).toEqual([before[0], before[3]]);
  });
});
