import type { Kernels, Numbers } from '../numerics/kernels.js';

/**
 * Probabilities of the tags and the cross-entropy of the right ones.
 *
 * @param logits (N, K): in, logits; out, probabilities p
 * @param targets (N), each from 0 to K - 1
 * @param losses (N), overwritten: -log p of each token's target
 */
export function softmaxCrossEntropyForward(
  kernels: Kernels,
  logits: Numbers,
  targets: Int32Array,
  losses: Numbers,
  N: number,
  K: number,
): void {
  kernels.softmax(logits, N, K);
  kernels.crossEntropy(logits, targets, losses, N, K);
}

/**
 * @param p (N, K): in, probabilities; out, the gradient by the logits of `factor` times the sum of the losses,
 * factor · (p - one-hot target)
 */
export function softmaxCrossEntropyBackward(
  kernels: Kernels,
  p: Numbers,
  targets: Int32Array,
  factor: number,
  N: number,
  K: number,
): void {
  for (let row = 0; row < N; row++) p[row * K + targets[row]] -= 1;
  kernels.scale(p, factor, N * K);
}
