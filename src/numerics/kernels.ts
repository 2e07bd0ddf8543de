import type { Address, KernelMemory } from './kernel-memory.js';
import type { OptimizerKernels } from './optimizer-kernels.js';

export { type Address, type Numbers, shifted } from './kernel-memory.js';

/** The number of columns of a panel, in which products read their second factor. */
export const PANEL = 8;

/** The largest of the whole numbers of 16 bits to which matrices and words are rounded. */
export const LARGEST_INTEGER = 32_767;

/**
 * A memory and the arithmetic on it, with which the layers compute. Buffers are addresses in one memory, so that a training
 * step allocates nothing and threads can share the memory.
 *
 * Matrices lie row by row; `ld...` is the distance between rows, in numbers. Widths (N, H, ld) are multiples of 4; the N of
 * a product, which its panels divide, is a multiple of 8. The padding stays 0. Where a comment says `+=`, the result is
 * added to what the target holds. Every sum runs in a fixed order, and every multiplication and addition is rounded
 * separately, so that there is one correct result, bit by bit: that of `reference.ts`.
 */
export interface Kernels extends KernelMemory, OptimizerKernels {
  /** panels, ⌈N / 8⌉ of [K][8], = b (K, N), for `multiply` */
  pack(b: Address, panels: Address, K: number, N: number): void;
  /** panels, ⌈N / 8⌉ of [K][8], = the transpose of b (N, K); K is a multiple of 4 */
  packTransposed(b: Address, panels: Address, K: number, N: number): void;
  /** c (M, N) += a (M, K) · b (K, N), of which `panels` are the panels */
  multiply(a: Address, lda: number, panels: Address, c: Address, ldc: number, M: number, K: number, N: number): void;
  /** c (K, N) += aᵀ · b, with a (M, K) and b (M, N); K is a multiple of 4; scratch: min(M, 256) · (K + 8) numbers */
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
  /**
   * Finds the numbers of a matrix (M, N) that are not 0, where number (m, n) stands at x + m · rowStep + n · columnStep. In
   * `entries`, at a distance of `lde` ≥ 2N, each row has pairs of n, a whole number, and the number there, in the order of n;
   * counts (M), whole numbers, says how many. What stands behind them is of no use
   */
  findNonzeros(
    x: Address,
    rowStep: number,
    columnStep: number,
    entries: Address,
    lde: number,
    counts: Address,
    M: number,
    N: number,
  ): void;
  /** c (M, N) += a (M, K) · b (K, N), with the numbers of a from `findNonzeros` and the panels of b; N is a multiple of 8 */
  multiplySparse(
    entries: Address,
    lde: number,
    counts: Address,
    panels: Address,
    c: Address,
    ldc: number,
    M: number,
    K: number,
    N: number,
  ): void;

  /** Row m of y (M, N) = row ids[m] of the table: the product of a one-hot vector and the table, without the vector */
  gather(table: Address, ids: Address, y: Address, ldy: number, M: number, N: number): void;
  /** Row m of y (M, N) += row ids[m] of the table */
  gatherAdd(table: Address, ids: Address, y: Address, ldy: number, M: number, N: number): void;
  /** Row m of sums (M, N) = Σ row positions[i] of x for from[m] <= i < from[m + 1]: gradients by rows, over what names each */
  sumGroups(x: Address, ldx: number, from: Address, positions: Address, sums: Address, M: number, N: number): void;
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
  /**
   * Sets each number of x (M, N) to 0 with probability `rate`, and multiplies the others by 1 / (1 - rate). Row m draws from
   * the hash of keys[m] and the column, so that the same call on the gradient drops the same numbers.
   */
  dropout(x: Address, ldx: number, keys: Address, rate: number, M: number, N: number): void;

  /** h (rows, H) = tanh(h + before · W), a row for each sentence, of which the first `beforeRows` have a state before */
  elmanForward(
    before: Address,
    beforeRows: number,
    panels: Address,
    h: Address,
    rows: number,
    ld: number,
    H: number,
  ): void;
  /** dh *= 1 - h²; dBefore += dh · Wᵀ; the panels are those of the transpose */
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
  /**
   * z (rows, 4H: input, forget, candidate, output): on entry pre-activations, on return gates; c, tanhC and h (rows, H) are
   * overwritten
   */
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
  /** z: on entry gates, on return the gradient by the pre-activations; dcBefore is overwritten, dhBefore added to */
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
  /**
   * z (rows, 3H: reset, update, candidate): on entry pre-activations, on return gates; u (rows, H): on entry the candidate's
   * recurrent bias, on return its recurrent part; h (rows, H) is overwritten
   */
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
  /** z and u: on entry what `gruForward` left, on return their gradients; dBefore is added to */
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

  /**
   * c (M, N) += scales (N) · (a (M, K) · b (K, N)), where a and b are whole numbers of 16 bits. Like all of that kind, those
   * of a lie in pairs, so that `lda`, as any distance between such rows, counts pairs. `panels`, ⌈N / 8⌉ of [K / 2][8] pairs,
   * hold rows 2k and 2k + 1 of b side by side. No sum may be beyond 32 bits. K is a multiple of 4
   */
  multiplyQuantised(
    a: Address,
    lda: number,
    panels: Address,
    scales: Address,
    c: Address,
    ldc: number,
    M: number,
    K: number,
    N: number,
  ): void;
  /**
   * panels, as `multiplyQuantised` reads them, and scales (N) of b (K, N): columns are rounded as `quantiseColumns` does, so that
   * no sum of products with whole numbers up to `factor`, which stands for 1, is beyond 32 bits. K and N are multiples of 8
   */
  packQuantised(b: Address, panels: Address, scales: Address, K: number, N: number, factor: number): void;
  /**
   * x (M, N) in place: each row is rounded to the nearest whole numbers, halves up, times the smallest power of two with which its
   * largest number has at most `digits` binary digits after its first, as in `toByteRows`
   */
  roundRows(x: Address, M: number, N: number, digits: number): void;
  /** x (M, N) in place: the same for each column, as in `quantiseColumns`; N is a multiple of 4 */
  roundColumns(x: Address, M: number, N: number, digits: number): void;
  /**
   * q (M, N), numbers of 16 bits, and scales (M) whose products are nearest to the rows of x (M, N), halves to even. The
   * largest number of a row becomes `largest`, but a row below 1e-30 becomes 0. N is a multiple of 8
   */
  quantiseRows(
    x: Address,
    ldx: number,
    q: Address,
    ldq: number,
    scales: Address,
    largest: number,
    M: number,
    N: number,
  ): void;
  /**
   * Row m of y (M, N) = row m of x + scales[ids[m]] · row ids[m] of the table, numbers of 16 bits; N is a multiple of 8. With an
   * `ldx` of 0, all rows of x are one; x may be y
   */
  gatherAddQuantised(
    x: Address,
    ldx: number,
    table: Address,
    ldt: number,
    scales: Address,
    ids: Address,
    y: Address,
    ldy: number,
    M: number,
    N: number,
  ): void;
  /**
   * q (rows, H), numbers of 16 bits, = factor · tanh(z), to the nearest, halves to even. Here and in the next two, z are complete
   * pre-activations, tanh and σ are `shortTanh` and `shortSigmoid`, and H is a multiple of 8
   */
  elmanStates(z: Address, ldz: number, q: Address, ldq: number, factor: number, rows: number, H: number): void;
  /** z (rows, 4H), as in `lstmForward`; c (rows, H) from those `before`, which the first `beforeRows` have; q = factor · h */
  lstmStates(
    z: Address,
    ldz: number,
    before: Address,
    beforeRows: number,
    c: Address,
    ld: number,
    q: Address,
    ldq: number,
    factor: number,
    rows: number,
    H: number,
  ): void;
  /**
   * z (rows, 3H), as in `gruForward`, of which reset and update gates replace their pre-activations; u (rows, H): the
   * recurrent part of the candidate; h (rows, H) from those `before`; q = factor · h
   */
  gruStates(
    z: Address,
    ldz: number,
    u: Address,
    before: Address,
    beforeRows: number,
    h: Address,
    ld: number,
    q: Address,
    ldq: number,
    factor: number,
    rows: number,
    H: number,
  ): void;

  /** Each row of x (M, ld) becomes exp(x) / Σ exp(x) of its first K numbers; the others become 0 */
  softmax(x: Address, ld: number, M: number, K: number): void;
  /** losses (M) = -log p[target] of each row of p (M, ld) */
  crossEntropy(p: Address, ld: number, targets: Address, losses: Address, M: number): void;
  /** p (M, ld) = factor · (p - one-hot target) */
  crossEntropyBackward(p: Address, ld: number, targets: Address, factor: number, M: number): void;
  /**
   * losses (M) = -log of the probability that each row of p (M, ld) gives to what `targets` allows, and
   * p = factor · (p - p among these tags alone). A target is a tag, or -1 - s for the tags of set s, row s of `sets` (S, ld),
   * which are 1 there and all others 0. A set of all K tags gives a loss and a row of 0.
   */
  crossEntropyOfSets(
    p: Address,
    ld: number,
    targets: Address,
    sets: Address,
    losses: Address,
    factor: number,
    M: number,
    K: number,
  ): void;
  /** best (M), whole numbers, = the index of the largest of the first K numbers of each row, the first if some are equal */
  argmax(x: Address, ld: number, best: Address, M: number, K: number): void;

  /**
   * potentials (W² + 2W doubles) = exp of the weights (W² + 2W) of transitions from a tag (row) to a tag (column), start and
   * end; 0 where `allowed` is 0, as it is in the padding. W is K rounded up to a multiple of 4.
   */
  crfPotentials(weights: Address, allowed: Address, potentials: Address, W: number): void;
  /**
   * Returns -log of the probability of one sentence's tags, whose rows of x and targets are rows[0] to rows[T - 1]. These
   * rows of x, the logits, become factor · (marginal - one-hot target); pairs (W² + 2W doubles) += expected transitions
   * divided by their potentials; scratch: 2TW + 2W + T doubles
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
  /**
   * Returns -log of the probability of all paths of one sentence by tags that `targets` allows (Tsuboi et al. 2008,
   * equation 4). Targets are as in `crossEntropyOfSets`, `sets` is (S, W). Rows of x become factor · (marginal - marginal
   * among these paths alone); pairs += the difference of the expected transitions, divided by their potentials; the rest is
   * as in `crfLoss`; scratch: 2 (2TW + 2W + T + 1) doubles
   */
  crfLossOfSets(
    x: Address,
    ld: number,
    targets: Address,
    sets: Address,
    rows: Address,
    T: number,
    K: number,
    W: number,
    potentials: Address,
    factor: number,
    pairs: Address,
    scratch: Address,
  ): number;
  /** gradient (W² + 2W) += factor · (pairs · potentials - counts); counts (W² + 2W): those of the sentences' own tags */
  crfGradient(pairs: Address, potentials: Address, counts: Address, factor: number, gradient: Address, W: number): void;
  /**
   * sums, as doubles: (T, W) forward sums, scaled to add up to 1 in each step; (T, W) emissions, divided by the same factor
   * of their step; (T, W) backward sums times emissions; W numbers of working space; the total. The probability of a path
   * is the product of its start, emissions, transitions and end, divided by the total. Logits are multiplied by `inverse`;
   * the weights from which the potentials were made must have been, too.
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
  /** best[rows[t]] = the tags of the first best path by `masked` weights, -Infinity if not allowed; scratch: TW + 2W numbers */
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
}

/** The methods of `Kernels` that compute. */
export type KernelName = Exclude<keyof Kernels, keyof KernelMemory>;
