import { describe, expect, test } from 'vitest';
import { softmaxCrossEntropyBackward, softmaxCrossEntropyForward } from '../../src/layers/softmax.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { drawIds, fillBySeed } from '../helpers/draw.js';
import { gradientError } from '../helpers/gradient-check.js';

const kernels = createDoubleKernels();

describe.each([
  [1, 2],
  [1, 9],
  [7, 3],
])('%i tokens, %i tags', (N, K) => {
  const random = new Random(N, K);
  const logits = fillBySeed(kernels.allocate(N * K), random);
  const targets = drawIds(N, K, random);

  test('forward gives exp(x) / Σ exp(x) and minus the logarithm at the target', () => {
    const [p, losses] = [logits.slice(), kernels.allocate(N).fill(99)];
    softmaxCrossEntropyForward(kernels, p, targets, losses, N, K);
    for (let row = 0; row < N; row++) {
      const exps = Array.from(logits.subarray(row * K, (row + 1) * K), Math.exp);
      const total = exps.reduce((sum, value) => sum + value, 0);
      for (let tag = 0; tag < K; tag++) expect(p[row * K + tag]).toBeCloseTo(exps[tag] / total, 14);
      expect(losses[row]).toBeCloseTo(-Math.log(exps[targets[row]] / total), 13);
    }
  });

  test.each([1, 1 / 32])('backward is the gradient of the losses times %d', (factor) => {
    // Each loss counts the same in the backward pass, so that only their sum can be checked.
    const error = gradientError(
      {
        forward: ([x]) => {
          const losses = kernels.allocate(N);
          softmaxCrossEntropyForward(kernels, x.slice(), targets, losses, N, K);
          return Float64Array.of([...losses].reduce((sum, loss) => sum + factor * loss, 0));
        },
        backward: ([x], [share]) => {
          const p = x.slice();
          softmaxCrossEntropyForward(kernels, p, targets, kernels.allocate(N), N, K);
          softmaxCrossEntropyBackward(kernels, p, targets, factor * share, N, K);
          return [p];
        },
      },
      [logits],
      random,
    );
    expect(error).toBeLessThan(1e-6);
  });
});

test('backward is factor · (p - one-hot target)', () => {
  const p = Float64Array.of(0.5, 0.25, 0.25, 0.125, 0.125, 0.75);
  softmaxCrossEntropyBackward(kernels, p, Int32Array.of(1, 2), 0.5, 2, 3);
  expect([...p]).toEqual([0.25, -0.375, 0.125, 0.0625, 0.0625, -0.125]);
});

test('one tag alone is certain, costs nothing and teaches nothing', () => {
  const [p, losses] = [Float32Array.of(-3, 7), Float32Array.of(9, 9)];
  const single = createReferenceKernels();
  softmaxCrossEntropyForward(single, p, new Int32Array(2), losses, 2, 1);
  expect([...p]).toEqual([1, 1]);
  expect(losses.every((loss) => loss === 0)).toBe(true);
  softmaxCrossEntropyBackward(single, p, new Int32Array(2), 1, 2, 1);
  expect([...p]).toEqual([0, 0]);
});

test('a wrong tag that the network is sure of costs much, and not infinity', () => {
  const [p, losses] = [Float32Array.of(1000, -1000), new Float32Array(1)];
  softmaxCrossEntropyForward(createReferenceKernels(), p, Int32Array.of(1), losses, 1, 2);
  expect(losses[0]).toBeGreaterThan(80);
  expect(losses[0]).toBeLessThan(100);
});
