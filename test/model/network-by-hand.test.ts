import { describe, expect, test } from 'vitest';
import { Network } from '../../src/model/network.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { lossOf } from '../helpers/network-gradient.js';
import { layOut, plannedTable, setWeights, smallPlan } from '../helpers/networks.js';
import { tagWithFloats } from '../helpers/tagging.js';

/*
 * The sentence "Harry waved": words 1 and 2 of a vocabulary of three, tags 1 (a name) and 0. Two hidden units.
 */
const PLAN = smallPlan({ tables: [plannedTable('form', 3, 2)], hidden: 2, tags: 2 });
const WEIGHTS = {
  'input.form': [0.9, 0.9, 0.5, -0.3, 0.2, 0.4],
  'input.bias': [0.1, -0.2],
  'forward.weights': [0.6, -0.1, 0.25, 0.7],
  'output.weights': [1.5, -0.5, -0.8, 1.2],
  'output.bias': [0.05, -0.15],
};
const SENTENCE = { words: Int32Array.of(1, 2), targets: Int32Array.of(1, 0) };

// h<1> = tanh(row 1 of the table + bias)
const first1 = Math.tanh(0.5 + 0.1);
const first2 = Math.tanh(-0.3 - 0.2);
// h<2> = tanh(row 2 of the table + bias + Wh · h<1>)
const second1 = Math.tanh(0.2 + 0.1 + 0.6 * first1 + 0.25 * first2);
const second2 = Math.tanh(0.4 - 0.2 - 0.1 * first1 + 0.7 * first2);
// logits: Wy · h + by
const firstOutside = 1.5 * first1 - 0.8 * first2 + 0.05;
const firstName = -0.5 * first1 + 1.2 * first2 - 0.15;
const secondOutside = 1.5 * second1 - 0.8 * second2 + 0.05;
const secondName = -0.5 * second1 + 1.2 * second2 - 0.15;
// softmax
const firstP = Math.exp(firstName) / (Math.exp(firstOutside) + Math.exp(firstName));
const secondP = Math.exp(secondOutside) / (Math.exp(secondOutside) + Math.exp(secondName));

describe.each([
  ['double', createDoubleKernels(), 14],
  ['single', createReferenceKernels(), 6],
  ['single on WebAssembly', createWasmKernels(), 6],
] as const)('worked out by hand, in %s precision,', (_, kernels, digits) => {
  const network = new Network(kernels, PLAN);
  setWeights(network, WEIGHTS);
  const setting = layOut(network, [SENTENCE]);
  const { batch, pass } = setting;

  function expectNumbers(found: readonly number[], expected: readonly number[]): void {
    expect(found).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, digits);
  }

  function outputsOf(row: number): number[] {
    const start = pass.outputs + row * network.widths.tags;
    return [...kernels.memory.subarray(start, start + 2)];
  }

  test('the logits are these', () => {
    pass.forward(batch.shard(0), false);
    expectNumbers([...outputsOf(0), ...outputsOf(1)], [firstOutside, firstName, secondOutside, secondName]);
  });

  test('the tags and their probabilities are these', () => {
    tagWithFloats(setting);
    expect([...kernels.integers.subarray(batch.best, batch.best + 2)]).toEqual([0, 0]);
    const found = [...kernels.memory.subarray(batch.probabilities, batch.probabilities + 2)];
    expectNumbers(found, [1 - firstP, secondP]);
  });

  test('the loss is this', () => {
    expectNumbers([lossOf(setting)], [-Math.log(firstP) - Math.log(secondP)]);
  });
});

test('in figures: the name is given 0.10, the verb 0.82', () => {
  const states = [first1, first2, second1, second2].map((state) => state.toFixed(4));
  expect(states).toEqual(['0.5370', '-0.4621', '0.4674', '-0.1754']);
  expect([firstP, secondP].map((p) => p.toFixed(4))).toEqual(['0.0999', '0.8154']);
});
