import { describe, expect, test } from 'vitest';
import { denseBackward, denseForward } from '../../src/layers/dense.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { gradientError } from '../helpers/gradient-check.js';
import { sum } from '../helpers/textbook/sums.js';
import { randomBuffer } from '../numerics/kernel-cases/case.js';

/** Rows, inputs and outputs. */
const SIZES = [
  [1, 8, 8],
  [4, 16, 8],
  [9, 8, 24],
  [300, 8, 8],
] as const;

function setUp(N: number, I: number, O: number) {
  const kernels = createDoubleKernels();
  const random = new Random(N, I, O);
  const [x, weights, bias, dy] = [N * I, I * O, O, N * O].map((n) => randomBuffer(kernels, random, n));
  const [y, dx, dWeights, dBias] = [N * O, N * I, I * O, O].map((n) => kernels.allocate(n));
  const matrix = { panels: kernels.allocate(I * O), transposed: kernels.allocate(I * O) };
  const scratch = kernels.allocate(Math.min(N, 256) * (I + 8));
  return {
    kernels,
    random,
    x,
    weights,
    bias,
    y,
    dy,
    dx,
    dWeights,
    dBias,
    forward() {
      kernels.pack(weights, matrix.panels, I, O);
      kernels.packTransposed(weights, matrix.transposed, O, I);
      denseForward(kernels, x, I, matrix, bias, y, N, I, O);
    },
    backward: () => denseBackward(kernels, x, I, matrix, dy, dx, dWeights, dBias, N, I, O, scratch),
  };
}

describe.each(SIZES)('%i rows, %i to %i', (N, I, O) => {
  test('forward is x·W + b, whatever stood there before', () => {
    const { kernels, x, weights, bias, y, forward } = setUp(N, I, O);
    kernels.fill(y, 99, N * O);
    forward();
    const { memory } = kernels;
    for (let index = 0; index < N * O; index++) {
      const [row, output] = [Math.floor(index / O), index % O];
      const product = sum(I, (input) => memory[x + row * I + input] * memory[weights + input * O + output]);
      expect(memory[y + index]).toBeCloseTo(product + memory[bias + output], 13);
    }
  });

  test('backward is the gradient by input, weights and bias', () => {
    const { kernels, random, x, weights, bias, y, dy, dx, dWeights, dBias, forward, backward } = setUp(N, I, O);
    const inputs = [
      { from: x, gradient: dx, n: N * I },
      { from: weights, gradient: dWeights, n: I * O },
      { from: bias, gradient: dBias, n: O },
    ];
    const error = gradientError(kernels, { inputs, output: y, dOutput: dy, n: N * O, forward, backward }, random);
    expect(error).toBeLessThan(1e-6);
  });

  test('backward adds to the gradients of weights and bias, and overwrites that of the input', () => {
    const { kernels, dx, dWeights, dBias, forward, backward } = setUp(N, I, O);
    const gradients = [dx, dWeights, dBias];
    const first = (): number[] => gradients.map((gradient) => kernels.memory[gradient]);
    forward();
    backward();
    const once = first();
    backward();
    expect(first()).toEqual([once[0], expect.closeTo(2 * once[1], 12), expect.closeTo(2 * once[2], 12)]);
  });
});
