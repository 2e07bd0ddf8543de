import { expect, test } from 'vitest';
import { initialise, networkShapes, networkSizes } from '../../src/model/network.js';
import { allocateParameters } from '../../src/numerics/parameters.js';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { digestOf } from '../helpers/bits.js';

const sizes = { V: 40, H: 25, K: 7 };

function initialised(seed: number) {
  const parameters = allocateParameters(networkShapes(sizes), createReferenceKernels());
  initialise(parameters, new Random(seed));
  return parameters;
}

test('the network has these weights, in this order', () => {
  expect(Object.entries(networkShapes(sizes))).toEqual([
    ['input.weights', [40, 25]],
    ['input.bias', [25]],
    ['recurrent.weights', [25, 25]],
    ['output.weights', [25, 7]],
    ['output.bias', [7]],
  ]);
});

test('its sizes can be read from the shapes', () => {
  expect(networkSizes(initialised(1))).toEqual(sizes);
});

test('weights are drawn evenly from -1/√H to 1/√H', () => {
  for (const name of ['input.weights', 'recurrent.weights', 'output.weights'] as const) {
    const weights = [...initialised(1).views[name]];
    expect(Math.max(...weights)).toBeLessThanOrEqual(0.2);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(-0.2);
    expect(Math.max(...weights)).toBeGreaterThan(0.19);
    expect(Math.min(...weights)).toBeLessThan(-0.19);
    expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) / weights.length)).toBeLessThan(0.02);
  }
});

test('biases start at 0', () => {
  const { views } = initialised(1);
  expect([...views['input.bias'], ...views['output.bias']].every((value) => value === 0)).toBe(true);
});

test('a seed names the weights: the same seed the same bits, another seed others', () => {
  expect(initialised(1).data).toEqual(initialised(1).data);
  expect(initialised(2).data).not.toEqual(initialised(1).data);
  expect(digestOf(initialised(1).data)).toBe('28b8884b');
});
