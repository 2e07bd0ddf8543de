import { type Batch, createBatch, type Example } from '../../src/model/batch.js';
import {
  type Activations,
  allocateActivations,
  forward,
  type NetworkParameters,
  type NetworkSizes,
  networkShapes,
  networkSizes,
} from '../../src/model/network.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import { allocateParameters } from '../../src/numerics/parameters.js';
import { Random } from '../../src/numerics/random.js';
import { drawIds, fillBySeed } from './draw.js';

/** A network with weights, biases too, drawn evenly from -1 to 1. */
export function drawNetwork(sizes: NetworkSizes, kernels: Kernels, seed = 1): NetworkParameters {
  const parameters = allocateParameters(networkShapes(sizes), kernels);
  fillBySeed(parameters.data, new Random(seed));
  return parameters;
}

/** Sentences of the given lengths with drawn words and tags. */
export function drawExamples(lengths: readonly number[], { V, K }: Pick<NetworkSizes, 'V' | 'K'>, seed = 1): Example[] {
  const random = new Random(seed, ...lengths);
  return lengths.map((length) => ({ ids: drawIds(length, V, random), targets: drawIds(length, K, random) }));
}

/** One forward pass over the examples as one batch. */
export function runForward(
  kernels: Kernels,
  parameters: NetworkParameters,
  examples: readonly Example[],
): { batch: Batch; activations: Activations } {
  const batch = createBatch(examples);
  const activations = allocateActivations(kernels, batch.steps.N, networkSizes(parameters));
  forward(kernels, parameters, batch, activations);
  return { batch, activations };
}
