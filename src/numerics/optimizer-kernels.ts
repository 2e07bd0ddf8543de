import type { Address } from './kernel-memory.js';

/** The kernels of gradient descent, on n numbers or on M rows of N: the part of `Kernels` that moves weights. */
export interface OptimizerKernels {
  /** Returns Σ x², in double precision. */
  sumOfSquares(x: Address, n: number): number;
  /** The double at squares + 2m = Σ x² of row m of x (M, N), in the order of `sumOfSquares` */
  squaresOfRows(x: Address, squares: Address, M: number, N: number): void;
  /** Row rows[m] of w -= rate · factor · row m of dw (M, N). Here and in the next two, no row is named twice */
  sgd(w: Address, rows: Address, dw: Address, factor: number, rate: number, M: number, N: number): void;
  /** v = inertia · v + factor · dw; w -= rate · v. Polyak (1964). The rows of v are those of w */
  momentum(
    w: Address,
    rows: Address,
    dw: Address,
    v: Address,
    factor: number,
    rate: number,
    inertia: number,
    M: number,
    N: number,
  ): void;
  /**
   * One step of Adam: Kingma & Ba (2015), algorithm 1, the bias corrections in `rate` and `epsilon` (end of section 2). The
   * rows of the moments m and v are those of w
   */
  adam(
    w: Address,
    rows: Address,
    dw: Address,
    m: Address,
    v: Address,
    factor: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    M: number,
    N: number,
  ): void;
  /** average += rate · (w - average) */
  movingAverage(w: Address, average: Address, rate: number, n: number): void;
}
