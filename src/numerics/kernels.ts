/** A place in a machine's memory, counted in numbers from its beginning. */
export type Address = number;

/** Numbers in single precision to train and tag, in double precision to check gradients. */
export type Numbers = Float32Array | Float64Array;

/**
 * A memory and the arithmetic on it: what the layers are made of. Buffers are addresses in one memory, so that a step
 * allocates nothing and threads can share it.
 *
 * Matrices lie row by row; `ld...` is the distance between rows, in numbers. Widths (N, H, ld) are multiples of 4,
 * those that panels cut (N of products) of 8; what widths are padded with stays 0. What is said to be added is added
 * to what the target holds. Every sum runs in a fixed order and every multiplication and addition is rounded by
 * itself, so that there is one right answer, bit by bit: that of `reference.ts`.
 */
export interface Kernels {
  /** The numbers at the addresses. Fetch it anew after `allocate`, which may move it. */
  readonly memory: Numbers;
  /** Whole numbers at the same addresses. */
  readonly integers: Int32Array;
  /** Takes n numbers of memory, set to 0, until `release`; addresses are multiples of 16. */
  allocate(n: number): Address;
  /** How much is taken; the next address. */
  readonly used: number;
  /** The double at an address, which takes the place of two numbers. */
  loadDouble(address: Address): number;
  storeDouble(address: Address, value: number): void;
  /** Gives back all memory that was taken since `used` was this, to be taken anew through these kernels alone. */
  release(used: number): void;

  /** panels ⌈N / 8⌉ of [K][8] = b (K, N), for `multiply` */
  pack(b: Address, panels: Address, K: number, N: number): void;
  /** The same of the transpose of b (N, K); K a multiple of 4 */
  packTransposed(b: Address, panels: Address, K: number, N: number): void;
  /** c (M, N) += a (M, K) · panels of (K, N) */
  multiply(a: Address, lda: number, panels: Address, c: Address, ldc: number, M: number, K: number, N: number): void;
  /** c (K, N) += aᵀ · b, with a (M, K), b (M, N); scratch: min(M, 256) · (K + 8) */
  multiplyTransposed(
    a: Address,
    lda: number,
    b: Address,
    ldb: number,
    c: Address,
    ldc: number,
    M: number,
    K: number,
    N: number,
    scratch: Address,
  ): void;

  /** Row m of y (M, N) = table row ids[m]: the product of a one-hot vector and the table, without the vector */
  gather(table: Address, ids: Address, y: Address, ldy: number, M: number, N: number): void;
  /** Row m of y (M, N) += table row ids[m] */
  gatherAdd(table: Address, ids: Address, y: Address, ldy: number, M: number, N: number): void;
  /** sum (N) = Σ row positions[i] of x, from <= i < to: the gradient of one table row, over the tokens that named it */
  sumPositions(x: Address, ldx: number, positions: Address, from: number, to: number, sum: Address, N: number): void;
  /** Each row of y (M, N) = bias (N) */
  fillRows(bias: Address, y: Address, ldy: number, M: number, N: number): void;
  /** sum (N) += the rows of x (M, N) */
  addRowSums(x: Address, ldx: number, sum: Address, M: number, N: number): void;
  /** y (M, N) = x (M, N) */
  copyRows(x: Address, ldx: number, y: Address, ldy: number, M: number, N: number): void;
  /** x (n) = value */
  fill(x: Address, value: number, n: number): void;
  /** y (n) += x (n) */
  add(x: Address, y: Address, n: number): void;
  /** Drops numbers of x (M, N) with the chance `rate` and scales the others up; row m draws from the hash of keys[m] */
  dropout(x: Address, ldx: number, keys: Address, rate: number, M: number, N: number): void;

  /** h (rows, H) = tanh(h + before · W); the first `beforeRows` rows have a state before */
  elmanForward(
    before: Address,
    beforeRows: number,
    panels: Address,
    h: Address,
    rows: number,
    ld: number,
    H: number,
  ): void;
  /** dh *= 1 - h²; dBefore += dh · Wᵀ, by the panels of the transpose */
  elmanBackward(
    h: Address,
    dh: Address,
    rows: number,
    ld: number,
    panels: Address,
    dBefore: Address,
    beforeRows: number,
    H: number,
  ): void;
  /** z (rows, 4H: input, forget, candidate, output): in, pre-activations; out, gates; c, tanhC, h (rows, H) written */
  lstmForward(
    hBefore: Address,
    cBefore: Address,
    beforeRows: number,
    panels: Address,
    z: Address,
    ldz: number,
    c: Address,
    tanhC: Address,
    h: Address,
    ld: number,
    rows: number,
    H: number,
  ): void;
  /** z: in, gates; out, the gradient by the pre-activations. dcBefore written, dhBefore added to */
  lstmBackward(
    z: Address,
    ldz: number,
    cBefore: Address,
    beforeRows: number,
    tanhC: Address,
    dh: Address,
    dc: Address,
    ld: number,
    rows: number,
    panels: Address,
    dhBefore: Address,
    dcBefore: Address,
    H: number,
  ): void;
  /** z (rows, 3H: reset, update, candidate): in, pre-activations; out, gates. u (rows, H): in, the recurrent bias */
  gruForward(
    before: Address,
    beforeRows: number,
    gatePanels: Address,
    candidatePanels: Address,
    z: Address,
    ldz: number,
    u: Address,
    h: Address,
    ld: number,
    rows: number,
    H: number,
  ): void;
  /** z, u: in, what `gruForward` left; out, their gradients. dBefore added to */
  gruBackward(
    z: Address,
    ldz: number,
    u: Address,
    before: Address,
    beforeRows: number,
    dh: Address,
    ld: number,
    rows: number,
    gatePanels: Address,
    candidatePanels: Address,
    dBefore: Address,
    H: number,
  ): void;

  /** Each row of x (M, K) becomes exp(x) / Σ exp(x), and 0 behind K */
  softmax(x: Address, ld: number, M: number, K: number): void;
  /** losses (M) = -log p of each row's target */
  crossEntropy(p: Address, ld: number, targets: Address, losses: Address, M: number): void;
  /** p (M, ld) = factor · (p - one-hot target) */
  crossEntropyBackward(p: Address, ld: number, targets: Address, factor: number, M: number): void;
  /** best (M), whole numbers = the place of each row's largest of K, the first of equals */
  argmax(x: Address, ld: number, best: Address, M: number, K: number): void;

  /** potentials (2 · (W² + 2W)) = exp of transitions, start and end weights where `allowed` is not 0, as doubles */
  crfPotentials(weights: Address, allowed: Address, potentials: Address, W: number): void;
  /**
   * -log of the probability of one sentence's tags; its rows of x become factor · (marginal - one-hot target).
   * pairs (2 · (W² + 2W), doubles) += expected transitions; scratch: 2 · (2TW + 2W + T)
   */
  crfLoss(
    x: Address,
    ld: number,
    targets: Address,
    rows: Address,
    T: number,
    K: number,
    W: number,
    weights: Address,
    potentials: Address,
    factor: number,
    pairs: Address,
    scratch: Address,
  ): number;
  /** gradient (W² + 2W) += factor · (pairs · potentials - counts) */
  crfGradient(pairs: Address, potentials: Address, counts: Address, factor: number, gradient: Address, W: number): void;
  /**
   * sums, of doubles: (T, W) forward sums, of 1 a step; (T, W) emissions, divided by the sum of their step; (T, W)
   * backward sums times emissions; W that are worked with; 1, the total. The probability of a path is the product of
   * its start, emissions, transitions and end, divided by the total. Logits count `inverse` times, as the weights that
   * the potentials are of must.
   */
  crfSums(
    x: Address,
    ld: number,
    rows: Address,
    T: number,
    K: number,
    W: number,
    potentials: Address,
    inverse: number,
    sums: Address,
  ): void;
  /** best[rows[t]] = the tags of the best path by `masked` weights (-Infinity: not allowed); scratch: TW + 2W */
  viterbi(
    x: Address,
    ld: number,
    rows: Address,
    T: number,
    K: number,
    W: number,
    masked: Address,
    best: Address,
    scratch: Address,
  ): void;

  /** Σ x², in double precision */
  sumOfSquares(x: Address, n: number): number;
  /** w -= rate · factor · dw */
  sgd(w: Address, dw: Address, factor: number, rate: number, n: number): void;
  /** v = inertia · v + factor · dw; w -= rate · v. Polyak (1964) */
  momentum(w: Address, dw: Address, v: Address, factor: number, rate: number, inertia: number, n: number): void;
  /** Kingma & Ba (2015), algorithm 1, with the bias corrections folded into `rate` and `epsilon` (end of section 2) */
  adam(
    w: Address,
    dw: Address,
    m: Address,
    v: Address,
    factor: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    n: number,
  ): void;
  /** average += rate · (w - average) */
  movingAverage(w: Address, average: Address, rate: number, n: number): void;
}
