import { describe, expect, test } from 'vitest';
import { oneHotBackward, oneHotForward } from '../../src/layers/one-hot.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { drawIds, fillBySeed } from '../helpers/draw.js';
import { gradientError } from '../helpers/gradient-check.js';

const kernels = createDoubleKernels();
const random = new Random(1);
const [N, V, H] = [11, 5, 3];
const table = fillBySeed(kernels.allocate(V * H), random);
const bias = fillBySeed(kernels.allocate(H), random);
const ids = drawIds(N, V, random);

test('forward is the product of the one-hot vectors and the table, plus the bias', () => {
  const y = kernels.allocate(N * H).fill(99);
  oneHotForward(kernels, ids, table, bias, y, N, H);
  for (let row = 0; row < N; row++) {
    const vector = Array.from({ length: V }, (_, word) => (word === ids[row] ? 1 : 0));
    for (let unit = 0; unit < H; unit++) {
      const product = vector.reduce<number>((sum, value, word) => sum + value * table[word * H + unit], 0);
      expect(y[row * H + unit]).toBeCloseTo(product + bias[unit], 14);
    }
  }
});

describe('backward', () => {
  test.each([
    ['one token', [4]],
    ['one word again and again', [2, 2, 2, 2]],
    ['words in any order', [...ids]],
  ])('is the gradient: %s', (_, words) => {
    const named = Int32Array.from(words);
    const error = gradientError(
      {
        forward: ([weights, offset]) => {
          const y = kernels.allocate(named.length * H);
          oneHotForward(kernels, named, weights, offset, y, named.length, H);
          return y;
        },
        backward: (_inputs, dy) => {
          const gradients = [kernels.allocate(V * H), kernels.allocate(H)];
          oneHotBackward(kernels, named, dy, gradients[0], gradients[1], named.length, H);
          return gradients;
        },
      },
      [table, bias],
      random,
    );
    expect(error).toBeLessThan(1e-6);
  });

  test('adds to the rows of the words that occur and leaves the others alone', () => {
    const dTable = kernels.allocate(V * H).fill(10);
    const dBias = kernels.allocate(H).fill(20);
    const dy = Float64Array.of(1, 2, 3, 4, 5, 6);
    oneHotBackward(kernels, Int32Array.of(3, 1), dy, dTable, dBias, 2, H);
    expect([...dTable]).toEqual([10, 10, 10, 14, 15, 16, 10, 10, 10, 11, 12, 13, 10, 10, 10]);
    expect([...dBias]).toEqual([25, 27, 29]);
  });
});
