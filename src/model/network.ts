import { denseBackward, denseForward } from '../layers/dense.js';
import { elmanBackward, elmanForward } from '../layers/elman.js';
import { oneHotBackward, oneHotForward } from '../layers/one-hot.js';
import { softmaxCrossEntropyBackward, softmaxCrossEntropyForward } from '../layers/softmax.js';
import type { Kernels, Numbers } from '../numerics/kernels.js';
import type { ParameterBlock } from '../numerics/parameters.js';
import type { Random } from '../numerics/random.js';
import type { Batch } from './batch.js';

/** V words, H hidden units, K tags. */
export interface NetworkSizes {
  readonly V: number;
  readonly H: number;
  readonly K: number;
}

/** The weights of the network and their shapes. */
export type NetworkShapes = {
  readonly 'input.weights': readonly [V: number, H: number];
  readonly 'input.bias': readonly [H: number];
  readonly 'recurrent.weights': readonly [H: number, H: number];
  readonly 'output.weights': readonly [H: number, K: number];
  readonly 'output.bias': readonly [K: number];
};

export type NetworkParameters = ParameterBlock<NetworkShapes>;

export function networkShapes({ V, H, K }: NetworkSizes): NetworkShapes {
  return {
    'input.weights': [V, H],
    'input.bias': [H],
    'recurrent.weights': [H, H],
    'output.weights': [H, K],
    'output.bias': [K],
  };
}

export function networkSizes({ shapes }: NetworkParameters): NetworkSizes {
  const [V, H] = shapes['input.weights'];
  const [K] = shapes['output.bias'];
  return { V, H, K };
}

/** Draws weights evenly from -1/√H to 1/√H; biases start at 0. */
export function initialise({ views, shapes }: NetworkParameters, random: Random): void {
  const bound = 1 / Math.sqrt(shapes['input.bias'][0]);
  for (const name of ['input.weights', 'recurrent.weights', 'output.weights'] as const) {
    const weights = views[name];
    for (let index = 0; index < weights.length; index++) weights[index] = (2 * random.uniform() - 1) * bound;
  }
}

/** What the forward pass leaves for the backward pass, for up to `capacity` tokens. */
export interface Activations {
  readonly capacity: number;
  /** (N, H), hidden states */
  readonly h: Numbers;
  /** (N, H), the loss's gradient by h */
  readonly dh: Numbers;
  /** (N, K), probabilities of the tags; the backward pass turns them into the gradient by the logits */
  readonly p: Numbers;
  /** (N), cross-entropy of each token */
  readonly losses: Numbers;
}

export function allocateActivations(kernels: Kernels, capacity: number, { H, K }: NetworkSizes): Activations {
  return {
    capacity,
    h: kernels.allocate(capacity * H),
    dh: kernels.allocate(capacity * H),
    p: kernels.allocate(capacity * K),
    losses: kernels.allocate(capacity),
  };
}

/**
 * The many-to-many network: h<t> = tanh(Wx·x<t> + Wh·h<t-1> + b), y<t> = softmax(Wy·h<t> + by). Leaves hidden states,
 * probabilities and losses in `activations`.
 */
export function forward(
  kernels: Kernels,
  parameters: NetworkParameters,
  { steps, ids, targets }: Batch,
  { h, p, losses }: Activations,
): void {
  const { H, K } = networkSizes(parameters);
  const weights = parameters.views;
  oneHotForward(kernels, ids, weights['input.weights'], weights['input.bias'], h, steps.N, H);
  elmanForward(kernels, steps, weights['recurrent.weights'], h, H);
  denseForward(kernels, h, weights['output.weights'], weights['output.bias'], p, steps.N, H, K);
  softmaxCrossEntropyForward(kernels, p, targets, losses, steps.N, K);
}

/** Adds to `gradient` that of the sentences' loss, averaged over the batch, by every weight. Follows `forward`. */
export function backward(
  kernels: Kernels,
  parameters: NetworkParameters,
  { steps, ids, targets }: Batch,
  { h, dh, p }: Activations,
  gradient: NetworkParameters,
): void {
  const { H, K } = networkSizes(parameters);
  const weights = parameters.views;
  const d = gradient.views;
  softmaxCrossEntropyBackward(kernels, p, targets, 1 / steps.B, steps.N, K);
  dh.fill(0, 0, steps.N * H);
  denseBackward(kernels, h, weights['output.weights'], p, dh, d['output.weights'], d['output.bias'], steps.N, H, K);
  elmanBackward(kernels, steps, weights['recurrent.weights'], h, dh, d['recurrent.weights'], H);
  oneHotBackward(kernels, ids, dh, d['input.weights'], d['input.bias'], steps.N, H);
}

/** The loss of the batch: each sentence's sum of its words' cross-entropies, averaged over the sentences. */
export function meanLoss({ steps }: Batch, { losses }: Activations): number {
  let sum = 0;
  for (let row = 0; row < steps.N; row++) sum += losses[row] as number;
  return sum / steps.B;
}
