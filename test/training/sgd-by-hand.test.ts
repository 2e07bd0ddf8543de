import { describe, expect, test } from 'vitest';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { setWeights, weightsNamed } from '../helpers/networks.js';
import { sentenceOf } from '../helpers/small-corpus.js';
import { createTrainee } from '../helpers/training-run.js';

/*
 * One step of gradient descent, worked out by hand: one hidden unit, the sentence of words 1 and 2 with tags 1 and 0;
 * word 0, the unknown one, does not occur.
 */
const RATE = 0.1;
const SENTENCE = sentenceOf('one/name two/O');
const table = [0.3, 0.8, -0.5];
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
  'input.form': [table[0], table[1] - RATE * dFirstInput, table[2] - RATE * dSecondInput],
  'input.bias': [bias - RATE * (dFirstInput + dSecondInput)],
  'forward.weights': [recurrent - RATE * dSecondInput * first],
  'output.weights': [output[0] + RATE * dOutputName, output[1] - RATE * dOutputName],
  'output.bias': [outputBias[0] + RATE * dNameBias, outputBias[1] - RATE * dNameBias],
};

describe.each([
  ['double', createDoubleKernels, 14],
  ['single', createReferenceKernels, 6],
  ['single (WebAssembly)', createWasmKernels, 6],
] as const)('one step of SGD in %s precision', (_, createKernels, digits) => {
  function begin(sentences: number) {
    const given = { learningRate: RATE, hidden: 1, unknownRate: 0, outside: 'O' } as const;
    const trainee = createTrainee(new Array(sentences).fill(SENTENCE), given, {}, createKernels());
    setWeights(trainee.leader.network, {
      'input.form': table,
      'input.bias': [bias],
      'forward.weights': [recurrent],
      'output.weights': output,
      'output.bias': outputBias,
    });
    const { trainer, leader } = trainee;
    return { network: leader.network, step: () => trainer.step(1, [...new Array(sentences).keys()]) };
  }

  test.each([1, 3, 20])('moves every weight as worked out by hand, with %i such sentences in the batch', (count) => {
    const { network, step } = begin(count);
    step();
    for (const [name, expected] of Object.entries(AFTER)) {
      for (const [index, weight] of weightsNamed(network, name).entries()) {
        expect(weight, `${name} ${index}`).toBeCloseTo(expected[index], digits);
      }
    }
  });

  test('tells the loss before the step, and how many words it trained on', () => {
    const result = begin(1).step();
    expect(result.loss).toBeCloseTo(loss, digits);
    expect(result.tokens).toBe(2);
  });

  test('leaves the rows of words that do not occur bit by bit as they were', () => {
    const { network, step } = begin(1);
    const [before] = weightsNamed(network, 'input.form');
    step();
    expect(weightsNamed(network, 'input.form')[0]).toBe(before);
  });
});
