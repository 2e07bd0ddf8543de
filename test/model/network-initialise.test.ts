import { describe, expect, test } from 'vitest';
import { Network } from '../../src/model/network.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import { placesOf } from '../../src/numerics/parameters.js';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { digestOf } from '../helpers/bits.js';
import {
  parametersOf,
  plannedTable,
  smallPlan,
  VARIED_PLANS,
  weightsNamed,
  weightsOf,
  withLetters,
  withVectors,
} from '../helpers/networks.js';

const TEXTBOOK = smallPlan({ tables: [plannedTable('form', 40, 25)], hidden: 25, tags: 7 });

function initialised(plan: NetworkPlan, seed = 1): Network {
  const network = new Network(createReferenceKernels(), plan);
  network.initialise(new Random(seed));
  return network;
}

function shapesOf(plan: NetworkPlan): Record<string, readonly number[]> {
  return Object.fromEntries(parametersOf(initialised(plan)).map(({ name, shape }) => [name, shape]));
}

test('with given rows, all other weights are the ones without', () => {
  for (const changes of [{}, { window: 2, cell: 'lstm', decoder: 'crf' }] as const) {
    const without = initialised(smallPlan({ input: 'concatenate', ...changes }));
    const beside = initialised(withVectors(changes));
    const added = Object.keys(shapesOf(withVectors(changes))).filter((name) => name.includes('vectors'));
    expect(added).toHaveLength(2 * beside.plan.window + 1);
    for (const { name } of parametersOf(without))
      expect(weightsNamed(beside, name)).toEqual(weightsNamed(without, name));
  }
});

test('with letters, all other weights are the ones without', () => {
  for (const changes of [{}, { window: 1, cell: 'gru', direction: 'both', decoder: 'crf' }] as const) {
    const without = initialised(withVectors(changes));
    const beside = initialised(withLetters(withVectors(changes)));
    const added = Object.keys(shapesOf(beside.plan)).filter((name) => name.includes('letters'));
    expect(added.slice(0, 4)).toEqual([
      'input.letters',
      'letters.forward.weights',
      'letters.backward.weights',
      'input.letters.weights',
    ]);
    for (const { name } of parametersOf(without))
      expect(weightsNamed(beside, name)).toEqual(weightsNamed(without, name));
  }
});

describe('the weights of', () => {
  test('the textbook network are these, in this order', () => {
    expect(Object.entries(shapesOf(TEXTBOOK))).toEqual([
      ['input.form', [40, 25]],
      ['input.bias', [25]],
      ['forward.weights', [25, 25]],
      ['output.weights', [25, 7]],
      ['output.bias', [7]],
    ]);
  });

  test('a GRU with a CRF, both ways, over concatenated rows are these', () => {
    expect(shapesOf(smallPlan({ cell: 'gru', decoder: 'crf', direction: 'both', input: 'concatenate' }))).toEqual({
      'input.form': [13, 5],
      'input.shape': [4, 3],
      'input.form.weights': [5, 36],
      'input.shape.weights': [3, 36],
      'input.bias': [36],
      'forward.gates': [6, 12],
      'forward.candidate': [6, 6],
      'forward.candidate.bias': [6],
      'backward.gates': [6, 12],
      'backward.candidate': [6, 6],
      'backward.candidate.bias': [6],
      'output.weights': [12, 3],
      'output.bias': [3],
      'crf.transitions': [3, 3],
      'crf.start': [3],
      'crf.end': [3],
    });
  });

  test('an LSTM are four blocks wide', () => {
    expect(shapesOf(smallPlan({ cell: 'lstm' }))).toMatchObject({
      'input.form': [13, 24],
      'input.bias': [24],
      'forward.weights': [6, 24],
    });
  });
});

describe('at the start', () => {
  test('weights are drawn evenly from -1/√H to 1/√H', () => {
    const network = initialised(TEXTBOOK);
    for (const name of ['input.form', 'forward.weights', 'output.weights']) {
      const weights = weightsNamed(network, name);
      expect(Math.max(...weights)).toBeLessThanOrEqual(0.2);
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(-0.2);
      expect(Math.max(...weights)).toBeGreaterThan(0.19);
      expect(Math.min(...weights)).toBeLessThan(-0.19);
      expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) / weights.length)).toBeLessThan(0.02);
    }
  });

  test('biases are 0, but 1 at the forget gate of an LSTM, in each direction', () => {
    const network = initialised(smallPlan({ cell: 'lstm', direction: 'both', hidden: 2 }));
    expect(weightsNamed(network, 'input.bias')).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
    expect(weightsNamed(network, 'output.bias')).toEqual([0, 0, 0]);
    expect(weightsNamed(initialised(TEXTBOOK), 'input.bias').every((weight) => weight === 0)).toBe(true);
  });

  test.each(VARIED_PLANS)('padding is 0: $cell, $input, $decoder', (plan) => {
    const network = initialised(plan);
    const places = new Set(parametersOf(network).flatMap((parameter) => [...placesOf(parameter)]));
    expect(places.size).toBe(network.layout.count);
    expect(weightsOf(network).every((weight, place) => weight === 0 || places.has(place))).toBe(true);
  });

  test('a seed names the weights: the same seed the same bits, another seed others', () => {
    expect(weightsOf(initialised(TEXTBOOK))).toEqual(weightsOf(initialised(TEXTBOOK)));
    expect(weightsOf(initialised(TEXTBOOK, 2))).not.toEqual(weightsOf(initialised(TEXTBOOK)));
    expect(digestOf(weightsNamed(initialised(TEXTBOOK), 'input.form'))).toBe('0c724923');
  });
});
