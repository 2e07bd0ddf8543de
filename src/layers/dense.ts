import type { Kernels, Numbers } from '../numerics/kernels.js';

/**
 * @param x (N, H)
 * @param weights (H, K)
 * @param bias (K)
 * @param y (N, K), overwritten: y = x·W + b
 */
export function denseForward(
  kernels: Kernels,
  x: Numbers,
  weights: Numbers,
  bias: Numbers,
  y: Numbers,
  N: number,
  H: number,
  K: number,
): void {
  y.fill(0, 0, N * K);
  kernels.multiply(x, weights, y, N, H, K);
  kernels.addBias(y, bias, N, K);
}

/**
 * @param dy (N, K)
 * @param dx (N, H), added to
 * @param dWeights (H, K), added to
 * @param dBias (K), added to
 */
export function denseBackward(
  kernels: Kernels,
  x: Numbers,
  weights: Numbers,
  dy: Numbers,
  dx: Numbers,
  dWeights: Numbers,
  dBias: Numbers,
  N: number,
  H: number,
  K: number,
): void {
  kernels.multiplyByTransposed(dy, weights, dx, N, K, H);
  kernels.multiplyTransposed(x, dy, dWeights, N, H, K);
  kernels.addRowSums(dy, dBias, N, K);
}
