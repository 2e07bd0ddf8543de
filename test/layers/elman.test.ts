import { describe, expect, test } from 'vitest';
import { elmanBackward, elmanForward } from '../../src/layers/elman.js';
import { layOutSteps, type Steps } from '../../src/layers/sequence.js';
import type { Numbers } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { fillBySeed } from '../helpers/draw.js';
import { gradientError } from '../helpers/gradient-check.js';

const kernels = createDoubleKernels();
const H = 5;

const BATCHES = [
  ['one word', [1]],
  ['two words', [2]],
  ['sixty words', [60]],
  ['one word each', [1, 1, 1]],
  ['many lengths', [60, 7, 7, 2, 1]],
  ['equal lengths', [4, 4, 4]],
] as const;

/** The states of one sentence, step by step, straight from the formula. */
function statesOf(inputs: readonly (readonly number[])[], weights: Numbers): number[][] {
  const states: number[][] = [];
  let before = new Array<number>(H).fill(0);
  for (const input of inputs) {
    const memory = before;
    before = input.map((value, unit) =>
      Math.tanh(memory.reduce((sum, state, from) => sum + state * weights[from * H + unit], value)),
    );
    states.push(before);
  }
  return states;
}

function rowsOf({ start }: Steps, place: number, length: number, numbers: Numbers): number[][] {
  return Array.from({ length }, (_, t) => {
    const row = start[t] + place;
    return [...numbers.subarray(row * H, (row + 1) * H)];
  });
}

describe.each(BATCHES)('%s', (_, lengths) => {
  const steps = layOutSteps(lengths);
  const random = new Random(3, ...lengths);
  const inputs = fillBySeed(kernels.allocate(steps.N * H), random);
  const weights = fillBySeed(kernels.allocate(H * H), random);

  test('forward follows h<t> = tanh(x<t> + Wh·h<t-1>) in every sentence by itself', () => {
    const h = inputs.slice();
    elmanForward(kernels, steps, weights, h, H);
    for (const [place, length] of lengths.entries()) {
      const expected = statesOf(rowsOf(steps, place, length, inputs), weights);
      const found = rowsOf(steps, place, length, h);
      for (const [t, state] of expected.entries()) {
        for (const [unit, value] of state.entries()) expect(found[t][unit]).toBeCloseTo(value, 12);
      }
    }
  });

  test('backward is the gradient by inputs and, beyond a single step, by weights', () => {
    const error = gradientError(
      {
        forward: ([x, matrix]) => {
          const h = x.slice();
          elmanForward(kernels, steps, matrix, h, H);
          return h;
        },
        backward: ([x, matrix], factors) => {
          const h = x.slice();
          elmanForward(kernels, steps, matrix, h, H);
          const [dh, dWeights] = [factors.slice(), kernels.allocate(H * H)];
          elmanBackward(kernels, steps, matrix, h, dh, dWeights, H);
          return [dh, dWeights];
        },
      },
      [inputs, weights],
      random,
    );
    expect(error).toBeLessThan(1e-6);
  });
});

test('the first word has no state before it: its weights learn nothing', () => {
  const steps = layOutSteps([1, 1]);
  const h = fillBySeed(kernels.allocate(2 * H), new Random(1));
  const dWeights = kernels.allocate(H * H).fill(3);
  elmanBackward(kernels, steps, kernels.allocate(H * H).fill(1), h, h.slice(), dWeights, H);
  expect(dWeights).toEqual(kernels.allocate(H * H).fill(3));
});

test('backward adds to what the gradient of the weights holds', () => {
  const steps = layOutSteps([2]);
  const [h, weights] = [Float64Array.of(0.5, 0.25), Float64Array.of(2)];
  const [dh, dWeights] = [Float64Array.of(1, 1), Float64Array.of(100)];
  elmanBackward(kernels, steps, weights, h, dh, dWeights, 1);
  const last = 1 * (1 - 0.25 ** 2);
  expect(dWeights[0]).toBe(100 + 0.5 * last);
  expect([...dh]).toEqual([(1 + 2 * last) * (1 - 0.5 ** 2), last]);
});
