import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateParameters } from '../../src/numerics/parameters.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { Optimizer, TouchedParameters } from '../../src/training/optimizer.js';
import { fillBySeed } from '../helpers/draw.js';

const kernels = createDoubleKernels();
const RATE = 0.05;
const [V, H] = [6, 3];
const shapes = { table: [V, H], bias: [H], matrix: [2, 4] } as const;
const NEVER_CLIPPED = 1e9;

/** How one weight moves: the textbook's formulas, with a state of its own for every weight. */
type DenseRule = (weight: number, slope: number, state: { v: number; m: number }, step: number) => number;

const RULES: Record<'sgd' | 'momentum' | 'adam', DenseRule> = {
  sgd: (weight, slope) => weight - RATE * slope,

  // Polyak (1964)
  momentum(weight, slope, state) {
    state.v = 0.9 * state.v + slope;
    return weight - RATE * state.v;
  },

  // Kingma & Ba (2015), algorithm 1, as printed
  adam(weight, slope, state, step) {
    state.m = 0.9 * state.m + (1 - 0.9) * slope;
    state.v = 0.999 * state.v + (1 - 0.999) * slope ** 2;
    const mean = state.m / (1 - 0.9 ** step);
    const square = state.v / (1 - 0.999 ** step);
    return weight - (RATE * mean) / (Math.sqrt(square) + 1e-8);
  },
};

/** Which rows of the table each step touches. */
const histories = fc.array(
  fc.uniqueArray(fc.nat(V - 1), { maxLength: V }).map((rows) => rows.sort((a, b) => a - b)),
  { minLength: 1, maxLength: 12 },
);

function isTouched(index: number, rows: readonly number[]): boolean {
  return index >= V * H || rows.includes(Math.floor(index / H));
}

describe.each(['sgd', 'momentum', 'adam'] as const)('%s', (optimizer) => {
  function begin() {
    const [parameters, gradient] = [allocateParameters(shapes, kernels), allocateParameters(shapes, kernels)];
    fillBySeed(parameters.data, new Random(1));
    const settings = { optimizer, learningRate: RATE, clip: NEVER_CLIPPED };
    const touched = new TouchedParameters(['table']);
    return { parameters, gradient, touched, rule: new Optimizer(kernels, shapes, settings) };
  }

  test('moves touched weights as the textbook says, and untouched rows keep value and moments', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (history, seed) => {
        const { parameters, gradient, touched, rule } = begin();
        const expected = [...parameters.data];
        const states = expected.map(() => ({ v: 0, m: 0 }));
        for (const [step, rows] of history.entries()) {
          const slopes = fillBySeed(new Float64Array(expected.length), new Random(seed, step));
          touched.rows = rows;
          for (const index of slopes.keys()) {
            if (!isTouched(index, rows)) continue;
            gradient.data[index] = slopes[index];
            expected[index] = RULES[optimizer](expected[index], slopes[index], states[index], step + 1);
          }
          rule.step(parameters, gradient, touched);
        }
        for (const [index, weight] of expected.entries()) expect(parameters.data[index]).toBeCloseTo(weight, 11);
      }),
    );
  });

  test('leaves a row that is not touched bit by bit, however long', () => {
    const { parameters, gradient, touched, rule } = begin();
    const before = parameters.data.slice();
    touched.rows = [0, 2, 3, 4, 5];
    for (let step = 0; step < 20; step++) {
      for (const index of before.keys()) gradient.data[index] = isTouched(index, touched.rows) ? 1 : 0;
      rule.step(parameters, gradient, touched);
    }
    expect(parameters.data.slice(H, 2 * H)).toEqual(before.slice(H, 2 * H));
    for (const index of before.keys())
      if (index < H || index >= 2 * H) expect(parameters.data[index]).not.toBe(before[index]);
  });

  test('sets the gradient back to zero', () => {
    const { parameters, gradient, touched, rule } = begin();
    touched.rows = [1, 4];
    for (const index of gradient.data.keys()) gradient.data[index] = isTouched(index, touched.rows) ? 0.5 : 0;
    rule.step(parameters, gradient, touched);
    expect(gradient.data.every((slope: number) => slope === 0)).toBe(true);
  });

  test('goes down the hill: the square of every weight is soon near 0', () => {
    const { parameters, gradient, touched, rule } = begin();
    touched.rows = [0, 1, 2, 3, 4, 5];
    for (let step = 0; step < 300; step++) {
      gradient.data.set(parameters.data.map((weight: number) => 2 * weight));
      rule.step(parameters, gradient, touched);
    }
    expect(kernels.sumOfSquares(parameters.data, parameters.data.length)).toBeLessThan(1e-4);
  });
});

test('TouchedParameters visits the same piece of every block, tables row by row, in the order of the shapes', () => {
  const blocks = [allocateParameters(shapes, kernels), allocateParameters(shapes, kernels)];
  for (const [which, block] of blocks.entries()) {
    for (const index of block.data.keys()) block.data[index] = 100 * which + index;
  }
  const touched = new TouchedParameters(['table']);
  touched.rows = [1, 5];
  const visited: number[][][] = [];
  touched.forEach(blocks, (...views) => visited.push(views.map((view) => [...view])));
  expect(visited).toEqual([
    [
      [3, 4, 5],
      [103, 104, 105],
    ],
    [
      [15, 16, 17],
      [115, 116, 117],
    ],
    [
      [18, 19, 20],
      [118, 119, 120],
    ],
    [
      [21, 22, 23, 24, 25, 26, 27, 28],
      [121, 122, 123, 124, 125, 126, 127, 128],
    ],
  ]);
});
