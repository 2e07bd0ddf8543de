import { type Address, type KernelName, type Kernels, shifted } from '../../src/numerics/kernels.js';

/** What a kernel does to a buffer; the content of a buffer that it works in means nothing before and after. */
export type Mode = 'reads' | 'writes' | 'updates' | 'works in';

/** Consecutive numbers that a kernel may touch. */
export interface Extent {
  readonly mode: Mode;
  /** The name of the kernel's argument. */
  readonly argument: string;
  readonly from: Address;
  /** Numbers from there on; 0 if the kernel does not touch the buffer. */
  readonly n: number;
  /** Whether the numbers are pairs that hold a double each. */
  readonly isDouble: boolean;
}

/** A whole number in memory that counts columns of a row. */
export interface ColumnIndex {
  readonly argument: string;
  readonly index: number;
  readonly limit: number;
}

/** What one call of a kernel touches. What an access reads of `integers` has been yielded before. */
type Accesses = {
  readonly [Name in KernelName]: (
    integers: Int32Array,
    ...parameters: Parameters<Kernels[Name]>
  ) => Iterable<Extent | ColumnIndex>;
};

/** Returns n rounded up to whole vectors, which the fast kernels read and write. */
const vectors = (n: number): number => Math.ceil(n / 4) * 4;
/** Returns N rounded up to whole panels. */
const panelled = (N: number): number => Math.ceil(N / 8) * 8;
/** Returns the number of weights of a CRF whose rows are W wide: transitions, start and end. */
const crfSize = (W: number): number => W * W + 2 * W;

const numbers = (mode: Mode, argument: string, from: Address, n: number): Extent => {
  return { mode, argument, from, n, isDouble: false };
};

const doubles = (mode: Mode, argument: string, from: Address, n: number): Extent => {
  return { mode, argument, from, n: 2 * n, isDouble: true };
};

/** Yields the extents of M rows of N numbers that lie `ld` apart. */
function* rows(mode: Mode, argument: string, from: Address, M: number, ld: number, N: number): Generator<Extent> {
  for (let row = 0; row < M; row++) yield numbers(mode, argument, shifted(from, row * ld), N);
}

/** Yields the extents of the rows that an optimizer's step moves, in the table and in its moments. */
function* stepOfRows(
  integers: Int32Array,
  named: Address,
  M: number,
  N: number,
  blocks: Readonly<Record<string, Address>>,
): Generator<Extent> {
  yield numbers('reads', 'rows', named, M);
  for (const row of integers.subarray(named, named + M))
    for (const [argument, from] of Object.entries(blocks))
      yield numbers('updates', argument, shifted(from, row * N), N);
}

/** What each kernel reads and writes, by the contract of `Kernels`, at the granularity of the fast kernels. */
export const KERNEL_ACCESSES: Accesses = {
  *pack(_, b, panels, K, N) {
    yield* rows('reads', 'b', b, K, N, panelled(N));
    yield numbers('writes', 'panels', panels, K * panelled(N));
  },
  *packTransposed(_, b, panels, K, N) {
    yield numbers('reads', 'b', b, panelled(N) * vectors(K));
    yield numbers('writes', 'panels', panels, panelled(N) * vectors(K));
  },
  *multiply(_, a, lda, panels, c, ldc, M, K, N) {
    yield* rows('reads', 'a', a, M, lda, K);
    yield numbers('reads', 'panels', panels, M > 0 ? K * panelled(N) : 0);
    yield* rows('updates', 'c', c, M, ldc, panelled(N));
  },
  *multiplyTransposed(_, a, lda, b, ldb, c, ldc, M, K, N, scratch) {
    yield* rows('reads', 'a', a, M, lda, vectors(K));
    yield* rows('reads', 'b', b, M, ldb, panelled(N));
    yield* rows('updates', 'c', c, M > 0 ? vectors(K) : 0, ldc, panelled(N));
    yield numbers('works in', 'scratch', scratch, Math.min(M, 256) * (vectors(K) + 8));
  },
  *findNonzeros(_, x, rowStep, columnStep, entries, lde, counts, M, N) {
    for (let row = 0; row < M; row++) yield* rows('reads', 'x', shifted(x, row * rowStep), N, columnStep, 1);
    yield* rows('writes', 'entries', entries, M, lde, 2 * N);
    yield numbers('writes', 'counts', counts, M);
  },
  *multiplySparse(integers, entries, lde, counts, panels, c, ldc, M, K, N) {
    yield numbers('reads', 'counts', counts, M);
    for (const [row, count] of integers.subarray(counts, counts + M).entries())
      yield numbers('reads', 'entries', shifted(entries, row * lde), 2 * count);
    yield numbers('reads', 'panels', panels, M > 0 ? K * panelled(N) : 0);
    yield* rows('updates', 'c', c, M, ldc, panelled(N));
  },

  *gather(integers, table, ids, y, ldy, M, N) {
    yield numbers('reads', 'ids', ids, M);
    for (const id of integers.subarray(ids, ids + M))
      yield numbers('reads', 'table', shifted(table, id * N), vectors(N));
    yield* rows('writes', 'y', y, M, ldy, vectors(N));
  },
  *gatherAdd(integers, table, ids, y, ldy, M, N) {
    yield numbers('reads', 'ids', ids, M);
    for (const id of integers.subarray(ids, ids + M))
      yield numbers('reads', 'table', shifted(table, id * N), vectors(N));
    yield* rows('updates', 'y', y, M, ldy, vectors(N));
  },
  *sumGroups(integers, x, ldx, from, positions, sums, M, N) {
    yield numbers('reads', 'from', from, M > 0 ? M + 1 : 0);
    for (let m = 0; m < M; m++) {
      const [first = 0, end = 0] = integers.subarray(from + m);
      yield numbers('reads', 'positions', shifted(positions, first), end - first);
      for (const row of integers.subarray(positions + first, positions + end))
        yield numbers('reads', 'x', shifted(x, row * ldx), vectors(N));
    }
    yield numbers('updates', 'sums', sums, M * vectors(N));
  },
  *fillRows(_, bias, y, ldy, M, N) {
    yield numbers('reads', 'bias', bias, M > 0 ? N : 0);
    yield* rows('writes', 'y', y, M, ldy, N);
  },
  *addRowSums(_, x, ldx, sum, M, N) {
    yield* rows('reads', 'x', x, M, ldx, vectors(N));
    yield numbers('updates', 'sum', sum, M > 0 ? vectors(N) : 0);
  },
  *copyRows(_, x, ldx, y, ldy, M, N) {
    yield* rows('reads', 'x', x, M, ldx, N);
    yield* rows('writes', 'y', y, M, ldy, N);
  },
  *fill(_, x, _value, n) {
    yield numbers('writes', 'x', x, vectors(n));
  },
  *add(_, x, y, n) {
    yield numbers('reads', 'x', x, vectors(n));
    yield numbers('updates', 'y', y, vectors(n));
  },
  *dropout(_, x, ldx, keys, _rate, M, N) {
    yield numbers('reads', 'keys', keys, M);
    yield* rows('updates', 'x', x, M, ldx, vectors(N));
  },

  *elmanForward(_, before, beforeRows, panels, h, M, ld, H) {
    yield* rows('reads', 'before', before, beforeRows, ld, H);
    yield numbers('reads', 'panels', panels, beforeRows > 0 ? H * panelled(H) : 0);
    yield* rows('updates', 'h', h, M, ld, H);
  },
  *elmanBackward(_, h, dh, M, ld, panels, dBefore, beforeRows, H) {
    yield* rows('reads', 'h', h, M, ld, H);
    yield* rows('updates', 'dh', dh, M, ld, H);
    yield numbers('reads', 'panels', panels, beforeRows > 0 ? H * panelled(H) : 0);
    yield* rows('updates', 'dBefore', dBefore, beforeRows, ld, panelled(H));
  },
  *lstmForward(_, hBefore, cBefore, beforeRows, panels, z, ldz, c, tanhC, h, ld, M, H) {
    yield* rows('reads', 'hBefore', hBefore, beforeRows, ld, H);
    yield* rows('reads', 'cBefore', cBefore, beforeRows, ld, H);
    yield numbers('reads', 'panels', panels, beforeRows > 0 ? H * panelled(4 * H) : 0);
    yield* rows('updates', 'z', z, M, ldz, 4 * H);
    yield* rows('writes', 'c', c, M, ld, H);
    yield* rows('writes', 'tanhC', tanhC, M, ld, H);
    yield* rows('writes', 'h', h, M, ld, H);
  },
  *lstmBackward(_, z, ldz, cBefore, beforeRows, tanhC, dh, dc, ld, M, panels, dhBefore, dcBefore, H) {
    yield* rows('updates', 'z', z, M, ldz, 4 * H);
    yield* rows('reads', 'cBefore', cBefore, beforeRows, ld, H);
    yield* rows('reads', 'tanhC', tanhC, M, ld, H);
    yield* rows('reads', 'dh', dh, M, ld, H);
    yield* rows('reads', 'dc', dc, M, ld, H);
    yield numbers('reads', 'panels', panels, beforeRows > 0 ? 4 * H * panelled(H) : 0);
    yield* rows('updates', 'dhBefore', dhBefore, beforeRows, ld, panelled(H));
    yield* rows('writes', 'dcBefore', dcBefore, beforeRows, ld, H);
  },
  *gruForward(_, before, beforeRows, gatePanels, candidatePanels, z, ldz, u, h, ld, M, H) {
    yield* rows('reads', 'before', before, beforeRows, ld, H);
    yield numbers('reads', 'gatePanels', gatePanels, beforeRows > 0 ? H * panelled(2 * H) : 0);
    yield numbers('reads', 'candidatePanels', candidatePanels, beforeRows > 0 ? H * panelled(H) : 0);
    yield* rows('updates', 'z', z, M, ldz, 3 * H);
    yield* rows('updates', 'u', u, M, ld, panelled(H));
    yield* rows('writes', 'h', h, M, ld, H);
  },
  *gruBackward(_, z, ldz, u, before, beforeRows, dh, ld, M, gatePanels, candidatePanels, dBefore, H) {
    yield* rows('updates', 'z', z, M, ldz, 3 * H);
    yield* rows('updates', 'u', u, M, ld, H);
    yield* rows('reads', 'before', before, beforeRows, ld, H);
    yield* rows('reads', 'dh', dh, M, ld, H);
    yield numbers('reads', 'gatePanels', gatePanels, beforeRows > 0 ? 2 * H * panelled(H) : 0);
    yield numbers('reads', 'candidatePanels', candidatePanels, beforeRows > 0 ? H * panelled(H) : 0);
    yield* rows('updates', 'dBefore', dBefore, beforeRows, ld, panelled(H));
  },

  *multiplyQuantised(_, a, lda, panels, scales, c, ldc, M, K, N) {
    yield* rows('reads', 'a', a, M, lda, K / 2);
    yield numbers('reads', 'panels', panels, M > 0 ? (K * panelled(N)) / 2 : 0);
    yield numbers('reads', 'scales', scales, M > 0 ? panelled(N) : 0);
    yield* rows('updates', 'c', c, M, ldc, panelled(N));
  },
  *packQuantised(_, b, panels, scales, K, N) {
    yield numbers('reads', 'b', b, K * N);
    yield numbers('writes', 'panels', panels, (K * N) / 2);
    yield numbers('writes', 'scales', scales, N);
  },
  *roundRows(_, x, M, N) {
    yield numbers('updates', 'x', x, M * N);
  },
  *roundColumns(_, x, M, N) {
    yield numbers('updates', 'x', x, M * N);
  },
  *quantiseRows(_, x, ldx, q, ldq, scales, _largest, M, N) {
    yield* rows('reads', 'x', x, M, ldx, N);
    yield* rows('updates', 'q', q, M, ldq, N / 2);
    yield numbers('writes', 'scales', scales, M);
  },
  *gatherAddQuantised(integers, x, ldx, table, ldt, scales, ids, y, ldy, M, N) {
    yield numbers('reads', 'ids', ids, M);
    for (const id of integers.subarray(ids, ids + M)) {
      yield numbers('reads', 'table', shifted(table, id * ldt), N / 2);
      yield numbers('reads', 'scales', shifted(scales, id), 1);
    }
    yield* rows('reads', 'x', x, M, ldx, N);
    yield* rows('writes', 'y', y, M, ldy, N);
  },
  *elmanStates(_, z, ldz, q, ldq, _factor, M, H) {
    yield* rows('reads', 'z', z, M, ldz, H);
    yield* rows('updates', 'q', q, M, ldq, H / 2);
  },
  *lstmStates(_, z, ldz, before, beforeRows, c, ld, q, ldq, _factor, M, H) {
    yield* rows('reads', 'z', z, M, ldz, 4 * H);
    yield* rows('reads', 'before', before, beforeRows, ld, H);
    yield* rows('writes', 'c', c, M, ld, H);
    yield* rows('updates', 'q', q, M, ldq, H / 2);
  },
  *gruStates(_, z, ldz, u, before, beforeRows, h, ld, q, ldq, _factor, M, H) {
    yield* rows('updates', 'z', z, M, ldz, 3 * H);
    yield* rows('reads', 'u', u, M, ld, H);
    yield* rows('reads', 'before', before, beforeRows, ld, H);
    yield* rows('writes', 'h', h, M, ld, H);
    yield* rows('updates', 'q', q, M, ldq, H / 2);
  },

  *softmax(_, x, ld, M, _K) {
    yield numbers('updates', 'x', x, M * ld);
  },
  *crossEntropy(integers, p, ld, targets, losses, M) {
    yield numbers('reads', 'targets', targets, M);
    for (const [row, index] of integers.subarray(targets, targets + M).entries()) {
      yield { argument: 'targets', index, limit: ld };
      yield numbers('reads', 'p', shifted(p, row * ld + index), 1);
    }
    yield numbers('writes', 'losses', losses, M);
  },
  *crossEntropyBackward(integers, p, ld, targets, _factor, M) {
    yield numbers('reads', 'targets', targets, M);
    for (const index of integers.subarray(targets, targets + M)) yield { argument: 'targets', index, limit: ld };
    yield numbers('updates', 'p', p, M * ld);
  },
  *crossEntropyOfSets(integers, p, ld, targets, sets, losses, _factor, M) {
    yield numbers('reads', 'targets', targets, M);
    for (const target of integers.subarray(targets, targets + M))
      if (target < 0) yield numbers('reads', 'sets', shifted(sets, (-1 - target) * ld), ld);
      else yield { argument: 'targets', index: target, limit: ld };
    yield numbers('updates', 'p', p, M * ld);
    yield numbers('writes', 'losses', losses, M);
  },
  *argmax(_, x, ld, best, M, K) {
    yield* rows('reads', 'x', x, M, ld, K);
    yield numbers('writes', 'best', best, M);
  },

  *crfPotentials(_, weights, allowed, potentials, W) {
    yield numbers('reads', 'weights', weights, crfSize(W));
    yield numbers('reads', 'allowed', allowed, crfSize(W));
    yield doubles('writes', 'potentials', potentials, crfSize(W));
  },
  *crfLoss(integers, x, ld, targets, sentence, T, K, W, weights, potentials, _factor, pairs, scratch) {
    yield numbers('reads', 'rows', sentence, T);
    for (const row of integers.subarray(sentence, sentence + T)) {
      yield numbers('updates', 'x', shifted(x, row * ld), W);
      yield numbers('reads', 'targets', shifted(targets, row), 1);
      for (const index of integers.subarray(targets + row, targets + row + 1))
        yield { argument: 'targets', index, limit: K };
    }
    yield numbers('reads', 'weights', weights, crfSize(W));
    yield doubles('reads', 'potentials', potentials, crfSize(W));
    yield doubles('updates', 'pairs', pairs, crfSize(W));
    yield doubles('works in', 'scratch', scratch, 2 * T * W + 2 * W + T);
  },
  *crfLossOfSets(integers, x, ld, targets, sets, sentence, T, K, W, potentials, _factor, pairs, scratch) {
    yield numbers('reads', 'rows', sentence, T);
    for (const row of integers.subarray(sentence, sentence + T)) {
      yield numbers('updates', 'x', shifted(x, row * ld), W);
      yield numbers('reads', 'targets', shifted(targets, row), 1);
      for (const target of integers.subarray(targets + row, targets + row + 1))
        if (target < 0) yield numbers('reads', 'sets', shifted(sets, (-1 - target) * W), W);
        else yield { argument: 'targets', index: target, limit: K };
    }
    yield doubles('reads', 'potentials', potentials, crfSize(W));
    yield doubles('updates', 'pairs', pairs, crfSize(W));
    yield doubles('works in', 'scratch', scratch, 2 * (2 * T * W + 2 * W + T + 1));
  },
  *crfGradient(_, pairs, potentials, counts, _factor, gradient, W) {
    yield doubles('reads', 'pairs', pairs, crfSize(W));
    yield doubles('reads', 'potentials', potentials, crfSize(W));
    yield numbers('reads', 'counts', counts, crfSize(W));
    yield numbers('updates', 'gradient', gradient, crfSize(W));
  },
  *crfSums(integers, x, ld, sentence, T, _K, W, potentials, _inverse, sums) {
    yield numbers('reads', 'rows', sentence, T);
    for (const row of integers.subarray(sentence, sentence + T)) yield numbers('reads', 'x', shifted(x, row * ld), W);
    yield doubles('reads', 'potentials', potentials, crfSize(W));
    yield doubles('updates', 'sums', sums, 3 * T * W + W + 1);
  },
  *viterbi(integers, x, ld, sentence, T, _K, W, masked, best, scratch) {
    yield numbers('reads', 'rows', sentence, T);
    for (const row of integers.subarray(sentence, sentence + T)) {
      yield numbers('reads', 'x', shifted(x, row * ld), W);
      yield numbers('writes', 'best', shifted(best, row), 1);
    }
    yield numbers('reads', 'masked', masked, crfSize(W));
    yield numbers('works in', 'scratch', scratch, T * W + 2 * W);
  },

  *sumOfSquares(_, x, n) {
    yield numbers('reads', 'x', x, vectors(n));
  },
  *squaresOfRows(_, x, squares, M, N) {
    yield numbers('reads', 'x', x, M * vectors(N));
    yield doubles('writes', 'squares', squares, M);
  },
  *sgd(integers, w, rows, dw, _factor, _rate, M, N) {
    yield* stepOfRows(integers, rows, M, N, { w });
    yield numbers('reads', 'dw', dw, M * N);
  },
  *momentum(integers, w, rows, dw, v, _factor, _rate, _inertia, M, N) {
    yield* stepOfRows(integers, rows, M, N, { w, v });
    yield numbers('reads', 'dw', dw, M * N);
  },
  *adam(integers, w, rows, dw, m, v, _factor, _rate, _beta1, _beta2, _epsilon, M, N) {
    yield* stepOfRows(integers, rows, M, N, { w, m, v });
    yield numbers('reads', 'dw', dw, M * N);
  },
  *movingAverage(_, w, average, _rate, n) {
    yield numbers('reads', 'w', w, vectors(n));
    yield numbers('updates', 'average', average, vectors(n));
  },
};
