import type { AdamRates, Kernels, Numbers } from '../../src/numerics/kernels.js';

/** The arithmetic that the right answer of a kernel is worked out with. */
export interface Arithmetic {
  round(x: number): number;
  exp(x: number): number;
  log(x: number): number;
  tanh(x: number): number;
}

export interface KernelSizes {
  readonly M: number;
  readonly K: number;
  readonly N: number;
  /** Rows of a table. */
  readonly V: number;
  /** (M), from 0 to V - 1 */
  readonly ids: Int32Array;
  /** (M), from 0 to K - 1 */
  readonly targets: Int32Array;
}

/** One kernel, the blocks it takes, and what must stand in each block that it writes, number by number. */
export interface KernelCase {
  readonly name: string;
  /** Length of each block. */
  readonly blocks: (sizes: KernelSizes) => readonly number[];
  /** Which blocks may hold only positive numbers. */
  readonly positive?: readonly number[];
  readonly run: (kernels: Kernels, blocks: readonly Numbers[], sizes: KernelSizes) => void;
  /** By the block's number, what each of its numbers must become. */
  readonly expected: (
    before: readonly Numbers[],
    sizes: KernelSizes,
    arithmetic: Arithmetic,
  ) => Readonly<Record<number, (index: number) => number>>;
}

const FACTOR = 0.3;
const RATE = 0.7;
const INERTIA = 0.9;
const ADAM: AdamRates = { rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-3 };

/** `start` and every term after it, in ascending order, rounded after each. */
function sum({ round }: Arithmetic, start: number, count: number, term: (index: number) => number): number {
  let total = start;
  for (let index = 0; index < count; index++) total = round(total + term(index));
  return total;
}

/** Every kernel that adds products, moves rows or works on one number at a time. */
export const kernelCases: readonly KernelCase[] = [
  {
    name: 'multiply',
    blocks: ({ M, K, N }) => [M * K, K * N, M * N],
    run: (kernels, [a, b, c], { M, K, N }) => kernels.multiply(a, b, c, M, K, N),
    expected: ([a, b, c], { K, N }, by) => ({
      2: (at) => sum(by, c[at], K, (k) => by.round(a[Math.floor(at / N) * K + k] * b[k * N + (at % N)])),
    }),
  },
  {
    name: 'multiplyByTransposed',
    blocks: ({ M, K, N }) => [M * K, N * K, M * N],
    run: (kernels, [a, b, c], { M, K, N }) => kernels.multiplyByTransposed(a, b, c, M, K, N),
    expected: ([a, b, c], { K, N }, by) => ({
      2: (at) => sum(by, c[at], K, (k) => by.round(a[Math.floor(at / N) * K + k] * b[(at % N) * K + k])),
    }),
  },
  {
    name: 'multiplyTransposed',
    blocks: ({ M, K, N }) => [M * K, M * N, K * N],
    run: (kernels, [a, b, c], { M, K, N }) => kernels.multiplyTransposed(a, b, c, M, K, N),
    expected: ([a, b, c], { M, K, N }, by) => ({
      2: (at) => sum(by, c[at], M, (m) => by.round(a[m * K + Math.floor(at / N)] * b[m * N + (at % N)])),
    }),
  },
  {
    name: 'addTableRows',
    blocks: ({ M, N, V }) => [V * N, M * N],
    run: (kernels, [table, rows], { M, N, ids }) => kernels.addTableRows(table, ids, rows, M, N),
    expected: ([table, rows], { N, ids }, { round }) => ({
      1: (at) => round(rows[at] + table[ids[Math.floor(at / N)] * N + (at % N)]),
    }),
  },
  {
    name: 'addToTableRows',
    blocks: ({ M, N, V }) => [M * N, V * N],
    run: (kernels, [rows, table], { M, N, ids }) => kernels.addToTableRows(rows, ids, table, M, N),
    expected: ([rows, table], { N, ids }, by) => ({
      1: (at) => {
        const named = [...ids.keys()].filter((m) => ids[m] === Math.floor(at / N));
        return sum(by, table[at], named.length, (which) => rows[named[which] * N + (at % N)]);
      },
    }),
  },
  {
    name: 'addBias',
    blocks: ({ M, N }) => [M * N, N],
    run: (kernels, [x, bias], { M, N }) => kernels.addBias(x, bias, M, N),
    expected: ([x, bias], { N }, { round }) => ({ 0: (at) => round(x[at] + bias[at % N]) }),
  },
  {
    name: 'addRowSums',
    blocks: ({ M, N }) => [M * N, N],
    run: (kernels, [x, sums], { M, N }) => kernels.addRowSums(x, sums, M, N),
    expected: ([x, sums], { M, N }, by) => ({ 1: (at) => sum(by, sums[at], M, (m) => x[m * N + at]) }),
  },
  {
    name: 'tanh',
    blocks: ({ N }) => [N],
    run: (kernels, [x], { N }) => kernels.tanh(x, N),
    expected: ([x], _, { tanh }) => ({ 0: (at) => tanh(x[at]) }),
  },
  {
    name: 'tanhBackward',
    blocks: ({ N }) => [N, N],
    run: (kernels, [y, dx], { N }) => kernels.tanhBackward(y, dx, N),
    expected: ([y, dx], _, { round }) => ({ 1: (at) => round(dx[at] * round(1 - round(y[at] * y[at]))) }),
  },
  {
    name: 'softmax',
    blocks: ({ M, K }) => [M * K],
    run: (kernels, [x], { M, K }) => kernels.softmax(x, M, K),
    expected: ([x], { K }, by) => ({
      0: (at) => {
        const row = x.subarray(at - (at % K), at - (at % K) + K);
        const exps = Array.from(row, (logit) => by.exp(by.round(logit - Math.max(...row))));
        const inverse = by.round(1 / sum(by, 0, K, (k) => exps[k]));
        return by.round(exps[at % K] * inverse);
      },
    }),
  },
  {
    name: 'crossEntropy',
    blocks: ({ M, K }) => [M * K, M],
    positive: [0],
    run: (kernels, [p, losses], { M, K, targets }) => kernels.crossEntropy(p, targets, losses, M, K),
    expected: ([p], { K, targets }, { log }) => ({ 1: (at) => -log(p[at * K + targets[at]]) }),
  },
  {
    name: 'add',
    blocks: ({ N }) => [N, N],
    run: (kernels, [x, y], { N }) => kernels.add(x, y, N),
    expected: ([x, y], _, { round }) => ({ 1: (at) => round(y[at] + x[at]) }),
  },
  {
    name: 'scale',
    blocks: ({ N }) => [N],
    run: (kernels, [x], { N }) => kernels.scale(x, FACTOR, N),
    expected: ([x], _, { round }) => ({ 0: (at) => round(x[at] * round(FACTOR)) }),
  },
  {
    name: 'sgd',
    blocks: ({ N }) => [N, N],
    run: (kernels, [w, dw], { N }) => kernels.sgd(w, dw, RATE, N),
    expected: ([w, dw], _, { round }) => ({ 0: (at) => round(w[at] - round(round(RATE) * dw[at])) }),
  },
  {
    name: 'momentum',
    blocks: ({ N }) => [N, N, N],
    run: (kernels, [w, dw, v], { N }) => kernels.momentum(w, dw, v, RATE, INERTIA, N),
    expected: ([w, dw, v], _, { round }) => {
      const velocity = (at: number): number => round(round(round(INERTIA) * v[at]) + dw[at]);
      return { 2: velocity, 0: (at) => round(w[at] - round(round(RATE) * velocity(at))) };
    },
  },
  {
    name: 'adam',
    blocks: ({ N }) => [N, N, N, N],
    positive: [3],
    run: (kernels, [w, dw, m, v], { N }) => kernels.adam(w, dw, m, v, ADAM, N),
    expected: ([w, dw, m, v], _, { round }) => {
      const [beta1, beta2] = [round(ADAM.beta1), round(ADAM.beta2)];
      const mean = (at: number): number => round(round(beta1 * m[at]) + round(round(1 - beta1) * dw[at]));
      const square = (at: number): number =>
        round(round(beta2 * v[at]) + round(round(1 - beta2) * round(dw[at] * dw[at])));
      const divisor = (at: number): number => round(round(Math.sqrt(square(at))) + round(ADAM.epsilon));
      const weight = (at: number): number => round(w[at] - round(round(round(ADAM.rate) * mean(at)) / divisor(at)));
      return { 0: weight, 2: mean, 3: square };
    },
  },
];
