import { describe, expect, test } from 'vitest';
import type { Address, Kernels } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { setUpCrf } from '../helpers/crf-setting.js';
import { gradientError } from '../helpers/gradient-check.js';
import { BATCHES } from '../helpers/steps.js';
import { sum } from '../helpers/textbook/sums.js';
import { randomBuffer, randomIntegers, setTargets } from '../numerics/kernel-cases/case.js';

function allocatePair(kernels: Kernels): [output: Address, dOutput: Address] {
  return [kernels.allocate(1), kernels.allocate(1)];
}

test.each([
  [1, 1, 8],
  [1, 9, 16],
  [7, 3, 8],
])('cross-entropy of softmax: %i tokens, %i tags', (N, K, W) => {
  const kernels = createDoubleKernels();
  const random = new Random(N, K);
  const logits = randomBuffer(kernels, random, N * W);
  const targets = randomIntegers(kernels, random, N, K);
  const [p, losses] = [kernels.allocate(N * W), kernels.allocate(N)];
  const [output, dOutput] = allocatePair(kernels);
  const checked = {
    inputs: [{ from: logits, gradient: p, n: N * W }],
    output,
    dOutput,
    n: 1,
    forward() {
      kernels.copyRows(logits, W, p, W, N, W);
      kernels.softmax(p, W, N, K);
      kernels.crossEntropy(p, W, targets, losses, N);
      kernels.memory[output] = sum(N, (row) => kernels.memory[losses + row]);
    },
    backward: () => kernels.crossEntropyBackward(p, W, targets, kernels.memory[dOutput], N),
  };
  const error = gradientError(kernels, checked, random);
  if (K === 1) expect(error).toBeNaN();
  else expect(error).toBeLessThan(1e-6);
});

test('cross-entropy of softmax where tags are not known', () => {
  const kernels = createDoubleKernels();
  const random = new Random(3);
  const [N, K, W] = [7, 5, 8];
  const logits = randomBuffer(kernels, random, N * W);
  const targets = randomIntegers(kernels, random, N, K);
  const sets = setTargets(kernels, targets, N, K, W);
  const [p, losses] = [kernels.allocate(N * W), kernels.allocate(N)];
  const [output, dOutput] = allocatePair(kernels);
  const run = (factor: number): void => {
    kernels.copyRows(logits, W, p, W, N, W);
    kernels.softmax(p, W, N, K);
    kernels.crossEntropyOfSets(p, W, targets, sets, losses, factor, N, K);
  };
  const checked = {
    inputs: [{ from: logits, gradient: p, n: N * W }],
    output,
    dOutput,
    n: 1,
    forward() {
      run(1);
      kernels.memory[output] = sum(N, (row) => kernels.memory[losses + row]);
    },
    backward: () => run(kernels.memory[dOutput]),
  };
  expect(gradientError(kernels, checked, random)).toBeLessThan(1e-6);
});

describe.each([
  [2, 'known tags', false],
  [9, 'known tags', false],
  [9, 'tags that are not all known', true],
] as const)('the CRF of %i tags, by logits and weights, with %s', (K, _, hasSets) => {
  test.each(BATCHES)('%j and so on', (...lengths) => {
    const kernels = createDoubleKernels();
    const random = new Random(K, ...lengths);
    const even = (): number => 4 * random.uniform() - 2;
    const setting = setUpCrf(kernels, {
      lengths,
      K,
      logit: even,
      weight: even,
      isAllowed: (from, to) => from < 0 || to !== 1 || from !== 0,
      target: (row) => (hasSets ? -(row % 3) : 0),
      ...(hasSets && {
        sets: [
          [0, 3, 5],
          [0, 1, 2, 3, 4, 5, 6, 7, 8],
        ],
      }),
    });
    const { logits, dLogits, weights, gradient, steps, W } = setting;
    const [output, dOutput] = allocatePair(kernels);
    const size = W * W + 2 * W;
    const checked = {
      inputs: [
        { from: logits, gradient: dLogits, n: steps.N * W },
        { from: weights, gradient, n: size },
      ],
      output,
      dOutput,
      n: 1,
      forward() {
        kernels.memory[output] = setting.loss();
      },
      backward() {
        kernels.fill(gradient, 0, size);
        setting.loss(kernels.memory[dOutput]);
      },
    };
    expect(gradientError(kernels, checked, random)).toBeLessThan(1e-6);
  });
});
