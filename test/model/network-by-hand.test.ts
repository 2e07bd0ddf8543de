import { describe, expect, test } from 'vitest';
import { networkShapes } from '../../src/model/network.js';
import { allocateParameters } from '../../src/numerics/parameters.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { runForward } from '../helpers/small-network.js';

/*
 * The sentence "Harry waved": words 1 and 2 of a vocabulary of three, tags 1 (a name) and 0. Two hidden units.
 */
const WEIGHTS = {
  'input.weights': [0.9, 0.9, 0.5, -0.3, 0.2, 0.4],
  'input.bias': [0.1, -0.2],
  'recurrent.weights': [0.6, -0.1, 0.25, 0.7],
  'output.weights': [1.5, -0.5, -0.8, 1.2],
  'output.bias': [0.05, -0.15],
};
const SENTENCE = { ids: Int32Array.of(1, 2), targets: Int32Array.of(1, 0) };

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
] as const)('worked out by hand, in %s precision,', (_, kernels, digits) => {
  const parameters = allocateParameters(networkShapes({ V: 3, H: 2, K: 2 }), kernels);
  for (const [name, numbers] of Object.entries(WEIGHTS)) parameters.views[name as keyof typeof WEIGHTS].set(numbers);
  const { activations } = runForward(kernels, parameters, [SENTENCE]);

  function expectNumbers(found: ArrayLike<number>, expected: readonly number[]): void {
    expect(found).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, digits);
  }

  test('the hidden states are these', () => {
    expectNumbers(activations.h, [first1, first2, second1, second2]);
  });

  test('the probabilities are these', () => {
    expectNumbers(activations.p, [1 - firstP, firstP, secondP, 1 - secondP]);
  });

  test('the losses are these', () => {
    expectNumbers(activations.losses, [-Math.log(firstP), -Math.log(secondP)]);
  });
});

test('in figures: the name is given 0.10, the verb 0.82', () => {
  expect([first1, first2, second1, second2].map((state) => state.toFixed(4))).toEqual([
    '0.5370',
    '-0.4621',
    '0.4674',
    '-0.1754',
  ]);
  expect([firstP, secondP].map((p) => p.toFixed(4))).toEqual(['0.0999', '0.8154']);
});
