import { type Address, type Kernels, shifted } from '../../../src/numerics/kernels.js';
import type { Random } from '../../../src/numerics/random.js';
import { type KernelCase, randomBuffer } from './case.js';

/** The number of rows of a table. */
const V = 7;

/** Gradient descent on one row, as dense weights are, and on several rows of a table. */
export function optimizerCases(): KernelCase[] {
  const sizes = [
    [1, 4],
    [1, 256],
    [2, 8],
    [5, 20],
    [7, 104],
  ] as const;
  return sizes.flatMap(([M, N]): KernelCase[] => {
    /** @param run makes the call, on a table and its moments (V, N), the rows (M) and their gradient (M, N) */
    const withTable = (
      name: string,
      run: (kernels: Kernels, table: Address, rows: Address, gradient: Address, moments: [Address, Address]) => unknown,
    ): KernelCase => ({
      name: `${name} ${M}x${N}`,
      elements: M * N,
      prepare(kernels, random) {
        const table = randomBuffer(kernels, random, V * N);
        const rows = distinctRows(kernels, random, M);
        const gradient = randomBuffer(kernels, random, M * N);
        const mean = randomBuffer(kernels, random, V * N);
        const square = randomBuffer(kernels, random, V * N);
        for (let i = square; i < square + V * N; i++) kernels.memory[i] = Math.abs(kernels.memory[i] as number);
        return {
          run: () => run(kernels, table, rows, gradient, [mean, square]),
          outputs: [
            [table, V * N],
            [mean, V * N],
            [square, V * N],
          ],
        };
      },
    });
    return [
      withTable('sgd', (k, w, rows, dw) => k.sgd(w, rows, dw, 0.7, 0.1, M, N)),
      withTable('momentum', (k, w, rows, dw, [v]) => k.momentum(w, rows, dw, v, 0.5, 0.1, 0.9, M, N)),
      withTable('adam', (k, w, rows, dw, [m, v]) => k.adam(w, rows, dw, m, v, 0.5, 0.002, 0.9, 0.999, 1e-8, M, N)),
      {
        name: `squaresOfRows ${M}x${N}`,
        elements: M * N,
        prepare(kernels, random) {
          const x = randomBuffer(kernels, random, M * N);
          const squares = kernels.allocate(2 * M);
          return {
            run: () => kernels.squaresOfRows(x, squares, M, N),
            outputs: Array.from({ length: M }, (_, m) => [shifted(squares, 2 * m), 2, 'doubles'] as const),
          };
        },
      },
    ];
  });
}

/** A buffer of the numbers of M rows of a table, each once, in any order. */
function distinctRows(kernels: Kernels, random: Random, M: number): Address {
  const left = Array.from({ length: V }, (_, row) => row);
  const rows = kernels.allocate(M);
  for (let m = 0; m < M; m++) kernels.integers[rows + m] = left.splice(random.below(left.length), 1)[0] as number;
  return rows;
}
