import type { Address, Kernels } from '../../../src/numerics/kernels.js';
import { type KernelCase, randomBuffer, randomIntegers } from './case.js';

/** Rows of tables and activations. */
export function rowCases(): KernelCase[] {
  const sizes = [
    [1, 4],
    [3, 8],
    [5, 16],
    [8, 28],
    [9, 104],
    [16, 256],
  ] as const;
  return sizes.flatMap(([M, N]): KernelCase[] => {
    const V = 11;
    const ld = N + 4;
    const withRows = (
      name: string,
      call: (kernels: Kernels, table: Address, ids: Address, rows: Address, sum: Address) => unknown,
    ): KernelCase => ({
      name: `${name} ${M}x${N}`,
      elements: name === 'fill' ? N : M * N,
      prepare(kernels, random) {
        const table = randomBuffer(kernels, random, V * N);
        const ids = randomIntegers(kernels, random, M, V);
        const rows = randomBuffer(kernels, random, Math.max(M, V) * ld);
        const sum = randomBuffer(kernels, random, M * ld);
        return {
          run: () => call(kernels, table, ids, rows, sum),
          outputs: [
            [table, V * N],
            [rows, Math.max(M, V) * ld],
            [sum, M * ld],
          ],
        };
      },
    });
    return [
      sumGroupsCase(M, N),
      withRows('gather', (k, table, ids, rows) => k.gather(table, ids, rows, ld, M, N)),
      withRows('gatherAdd', (k, table, ids, rows) => k.gatherAdd(table, ids, rows, ld, M, N)),
      withRows('fillRows', (k, table, _ids, rows) => k.fillRows(table, rows, ld, M, N)),
      withRows('addRowSums', (k, _table, _ids, rows, sum) => k.addRowSums(rows, ld, sum, M, N)),
      withRows('copyRows', (k, _table, _ids, rows, sum) => k.copyRows(rows, ld, sum, ld, M, N)),
      withRows('fill', (k, _table, _ids, rows) => k.fill(rows, 0.1, N)),
      withRows('add', (k, _table, _ids, rows, sum) => k.add(rows, sum, M * N)),
      withRows('add in place', (k, _table, _ids, rows) => k.add(rows, rows, M * N)),
      withRows('dropout', (k, _table, ids, rows) => k.dropout(rows, ld, ids, 0.3, M, N)),
      withRows('sumOfSquares', (k, _table, _ids, rows, sum) => {
        k.memory[sum] = k.sumOfSquares(rows, M * N);
      }),
      withRows('movingAverage', (k, _table, _ids, rows, sum) => k.movingAverage(rows, sum, 0.01, M * N)),
    ];
  });
}

/** Groups of none, one, two and three rows, and again. */
function sumGroupsCase(M: number, N: number): KernelCase {
  const V = 11;
  const ld = N + 4;
  const sizes = Array.from({ length: M }, (_, m) => m % 4);
  const before = 3;
  const end = sizes.reduce((sum, size) => sum + size, before);
  return {
    name: `sumGroups ${M}x${N}`,
    elements: (end - before) * N,
    prepare(kernels, random) {
      const x = randomBuffer(kernels, random, V * ld);
      const from = kernels.allocate(M + 1);
      let place = before;
      for (const [m, size] of sizes.entries()) {
        kernels.integers[from + m] = place;
        place += size;
      }
      kernels.integers[from + M] = place;
      const positions = randomIntegers(kernels, random, end, V);
      const sums = randomBuffer(kernels, random, M * N);
      return {
        run: () => kernels.sumGroups(x, ld, from, positions, sums, M, N),
        outputs: [[sums, M * N]],
      };
    },
  };
}
