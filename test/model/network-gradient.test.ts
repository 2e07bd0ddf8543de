import { describe, expect, test } from 'vitest';
import { createBatch, type Example } from '../../src/model/batch.js';
import {
  allocateActivations,
  backward,
  forward,
  meanLoss,
  type NetworkParameters,
  networkShapes,
} from '../../src/model/network.js';
import type { Numbers } from '../../src/numerics/kernels.js';
import { allocateParameters } from '../../src/numerics/parameters.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { gradientError } from '../helpers/gradient-check.js';
import { drawExamples, drawNetwork } from '../helpers/small-network.js';

const kernels = createDoubleKernels();

const BATCHES = [
  ['one sentence of 1 word', [1]],
  ['one sentence of 2 words', [2]],
  ['one sentence of 60 words', [60]],
  ['sentences of 1, 60, 2 and 7 words', [1, 60, 2, 7]],
  ['five sentences of 3 words', [3, 3, 3, 3, 3]],
  ['twenty sentences', Array.from({ length: 20 }, (_, index) => 1 + ((index * 7) % 13))],
] as const;

const SIZES = [
  { V: 9, H: 5, K: 4 },
  { V: 2, H: 1, K: 2 },
  { V: 30, H: 16, K: 9 },
];

function parametersOf(sizes: (typeof SIZES)[number], data: Numbers): NetworkParameters {
  const parameters = allocateParameters(networkShapes(sizes), kernels);
  parameters.data.set(data);
  return parameters;
}

describe.each(SIZES)('V $V, H $H, K $K', (sizes) => {
  function lossOf(data: Numbers, examples: readonly Example[]): number {
    const batch = createBatch(examples);
    const activations = allocateActivations(kernels, batch.steps.N, sizes);
    forward(kernels, parametersOf(sizes, data), batch, activations);
    return meanLoss(batch, activations);
  }

  function addGradient(data: Numbers, examples: readonly Example[], gradient: NetworkParameters): void {
    const batch = createBatch(examples);
    const activations = allocateActivations(kernels, batch.steps.N, sizes);
    const parameters = parametersOf(sizes, data);
    forward(kernels, parameters, batch, activations);
    backward(kernels, parameters, batch, activations, gradient);
  }

  function gradientOf(data: Numbers, examples: readonly Example[]): NetworkParameters {
    const gradient = allocateParameters(networkShapes(sizes), kernels);
    addGradient(data, examples, gradient);
    return gradient;
  }

  test.each(BATCHES)('the gradient of all weights is that of the loss: %s', (_, lengths) => {
    const examples = drawExamples(lengths, sizes);
    const error = gradientError(
      {
        forward: ([data]) => Float64Array.of(lossOf(data, examples)),
        backward: ([data], [factor]) => [gradientOf(data, examples).data.map((slope: number) => slope * factor)],
      },
      [drawNetwork(sizes, kernels).data],
      new Random(5, ...lengths),
    );
    expect(error).toBeLessThan(1e-6);
  });

  test('the gradient by every parameter alone is right too', () => {
    const examples = drawExamples([3, 1, 6], sizes);
    const network = drawNetwork(sizes, kernels);
    const gradient = gradientOf(network.data, examples);
    for (const name of Object.keys(network.shapes) as (keyof typeof network.shapes)[]) {
      const error = gradientError(
        {
          forward: ([values]) => {
            const moved = parametersOf(sizes, network.data);
            moved.views[name].set(values);
            return Float64Array.of(lossOf(moved.data, examples));
          },
          backward: (_inputs, [factor]) => [gradient.views[name].map((slope: number) => slope * factor)],
        },
        [network.views[name].slice()],
        new Random(6),
      );
      expect(error, name).toBeLessThan(1e-6);
    }
  });

  test('the backward pass adds to what the gradient holds', () => {
    const examples = drawExamples([2, 4], sizes);
    const network = drawNetwork(sizes, kernels);
    const once = gradientOf(network.data, examples);
    const gradient = allocateParameters(networkShapes(sizes), kernels);
    gradient.data.fill(1);
    addGradient(network.data, examples, gradient);
    for (const [index, value] of gradient.data.entries()) expect(value).toBeCloseTo(1 + once.data[index], 12);
  });
});
