/** A block of numbers: single precision to train and tag, double to check gradients. All matrices are row by row. */
export type Numbers = Float32Array | Float64Array;

/**
 * The arithmetic that the layers are made of. Sizes come last; `n` counts numbers. What is said to be added is added
 * to what the target holds. Every sum runs in ascending order and every multiplication and addition is rounded by
 * itself, so that an implementation has one right answer, bit by bit.
 */
export interface Kernels {
  /** A block of zeros. */
  allocate(n: number): Numbers;

  /** c (M, N) += a (M, K) · b (K, N) */
  multiply(a: Numbers, b: Numbers, c: Numbers, M: number, K: number, N: number): void;
  /** c (M, N) += a (M, K) · bᵀ, with b (N, K) */
  multiplyByTransposed(a: Numbers, b: Numbers, c: Numbers, M: number, K: number, N: number): void;
  /** c (K, N) += aᵀ · b, with a (M, K) and b (M, N) */
  multiplyTransposed(a: Numbers, b: Numbers, c: Numbers, M: number, K: number, N: number): void;

  /** rows (M, N): row m += table row ids[m]. The product of a one-hot vector and the table (V, N), without the vector. */
  addTableRows(table: Numbers, ids: Int32Array, rows: Numbers, M: number, N: number): void;
  /** table row ids[m] += row m: the gradient of `addTableRows`. */
  addToTableRows(rows: Numbers, ids: Int32Array, table: Numbers, M: number, N: number): void;
  /** Each row of x (M, N) += bias (N) */
  addBias(x: Numbers, bias: Numbers, M: number, N: number): void;
  /** sums (N) += the rows of x (M, N) */
  addRowSums(x: Numbers, sums: Numbers, M: number, N: number): void;

  /** x = tanh(x) */
  tanh(x: Numbers, n: number): void;
  /** dx *= 1 - y², with y = tanh(x) */
  tanhBackward(y: Numbers, dx: Numbers, n: number): void;
  /** Each row of x (M, K) becomes exp(x) / Σ exp(x) */
  softmax(x: Numbers, M: number, K: number): void;
  /** losses (M): -log p of each row's target, for the rows of p (M, K) that softmax gave */
  crossEntropy(p: Numbers, targets: Int32Array, losses: Numbers, M: number, K: number): void;

  /** y += x */
  add(x: Numbers, y: Numbers, n: number): void;
  /** x *= factor */
  scale(x: Numbers, factor: number, n: number): void;
  /** Σ x², summed in double precision */
  sumOfSquares(x: Numbers, n: number): number;

  /** w -= rate · dw */
  sgd(w: Numbers, dw: Numbers, rate: number, n: number): void;
  /** v = inertia · v + dw; w -= rate · v. Polyak (1964), in the form of Sutskever et al. (2013) without look-ahead. */
  momentum(w: Numbers, dw: Numbers, v: Numbers, rate: number, inertia: number, n: number): void;
  /** Kingma & Ba (2015), algorithm 1, with the bias corrections folded into `rate` and `epsilon` (end of section 2). */
  adam(w: Numbers, dw: Numbers, m: Numbers, v: Numbers, rates: AdamRates, n: number): void;
}

/** rate = α · √(1 - β₂ᵗ) / (1 - β₁ᵗ), epsilon = ε · √(1 - β₂ᵗ) */
export interface AdamRates {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}
