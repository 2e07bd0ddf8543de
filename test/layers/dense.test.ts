import { describe, expect, test } from 'vitest';
import { denseBackward, denseForward } from '../../src/layers/dense.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { fillBySeed } from '../helpers/draw.js';
import { gradientError } from '../helpers/gradient-check.js';

const kernels = createDoubleKernels();

/** Rows, inputs and outputs. */
const SIZES = [
  [1, 1, 1],
  [1, 3, 5],
  [4, 5, 3],
  [9, 8, 16],
] as const;

describe.each(SIZES)('%i rows, %i to %i', (N, H, K) => {
  const random = new Random(N, H, K);
  const [x, weights, bias] = [N * H, H * K, K].map((length) => fillBySeed(kernels.allocate(length), random));

  test('forward is x·W + b, whatever stood there before', () => {
    const y = kernels.allocate(N * K).fill(99);
    denseForward(kernels, x, weights, bias, y, N, H, K);
    for (let row = 0; row < N; row++) {
      for (let output = 0; output < K; output++) {
        const terms = Array.from({ length: H }, (_, input) => x[row * H + input] * weights[input * K + output]);
        expect(y[row * K + output]).toBeCloseTo(terms.reduce((sum, term) => sum + term, 0) + bias[output], 13);
      }
    }
  });

  test('backward is the gradient by input, weights and bias', () => {
    const error = gradientError(
      {
        forward: ([input, matrix, offset]) => {
          const y = kernels.allocate(N * K);
          denseForward(kernels, input, matrix, offset, y, N, H, K);
          return y;
        },
        backward: ([input, matrix], dy) => {
          const gradients = [N * H, H * K, K].map((length) => kernels.allocate(length));
          const [dx, dWeights, dBias] = gradients;
          denseBackward(kernels, input, matrix, dy, dx, dWeights, dBias, N, H, K);
          return gradients;
        },
      },
      [x, weights, bias],
      random,
    );
    expect(error).toBeLessThan(1e-6);
  });
});

test('backward adds to what the gradients hold', () => {
  const [dx, dWeights, dBias] = [2, 2, 1].map((length) => kernels.allocate(length).fill(100));
  const [x, weights, dy] = [Float64Array.of(2, 3), Float64Array.of(5, 7), Float64Array.of(10)];
  denseBackward(kernels, x, weights, dy, dx, dWeights, dBias, 1, 2, 1);
  expect([[...dx], [...dWeights], [...dBias]]).toEqual([[150, 170], [120, 130], [110]]);
});
