import type { Address, Kernels } from '../../../src/numerics/kernels.js';
import type { Random } from '../../../src/numerics/random.js';
import { type KernelCase, pad, randomBuffer } from './case.js';

/** Products of matrices, at and around the tile and the panel. */
export function productCases(): KernelCase[] {
  const sizes = [
    [1, 1, 8],
    [1, 3, 32],
    [1, 7, 40],
    [2, 4, 8],
    [3, 5, 16],
    [4, 8, 24],
    [5, 12, 8],
    [7, 9, 16],
    [8, 16, 8],
    [9, 17, 64],
    [16, 128, 128],
    [33, 20, 40],
    [259, 4, 8],
  ] as const;
  return sizes.flatMap(([M, K, N]): KernelCase[] => {
    const K4 = pad(K, 4);
    return [
      {
        name: `multiply ${M}x${K}x${N}`,
        elements: M * K * N,
        operations: 2 * M * K * N,
        prepare(kernels, random) {
          const a = randomBuffer(kernels, random, M * K4);
          const b = randomBuffer(kernels, random, K * N);
          const c = randomBuffer(kernels, random, M * (N + 8));
          const panels = kernels.allocate(K * N);
          kernels.pack(b, panels, K, N);
          return {
            run: () => kernels.multiply(a, K4, panels, c, N + 8, M, K, N),
            outputs: [
              [c, M * (N + 8)],
              [panels, K * N],
            ],
          };
        },
      },
      ...sparseCases(M, K, N),
      {
        name: `packTransposed ${K4}x${N}`,
        elements: K4 * N,
        prepare(kernels, random) {
          const b = randomBuffer(kernels, random, K4 * N);
          const panels = kernels.allocate(K4 * N);
          return { run: () => kernels.packTransposed(b, panels, K4, N), outputs: [[panels, K4 * N]] };
        },
      },
      {
        name: `multiplyTransposed ${M}x${K4}x${N}`,
        elements: M * K4 * N,
        operations: 2 * M * K4 * N,
        prepare(kernels, random) {
          const a = randomBuffer(kernels, random, M * (K4 + 4));
          const b = randomBuffer(kernels, random, M * (N + 8));
          const c = randomBuffer(kernels, random, K4 * (N + 8));
          const scratch = kernels.allocate(Math.min(M, 256) * (K4 + 8));
          return {
            run: () => kernels.multiplyTransposed(a, K4 + 4, b, N + 8, c, N + 8, M, K4, N, scratch),
            outputs: [
              [c, K4 * (N + 8)],
              [scratch, Math.min(M, 256) * (K4 + 8), 'scratch'],
            ],
          };
        },
      },
    ];
  });
}

/** A matrix (M, K) by its rows and a matrix (K, M) by its columns, each half zeros, and a product with what is left. */
function sparseCases(M: number, K: number, N: number): KernelCase[] {
  const [ldx, lde] = [K + 3, 2 * K + 2];
  return [
    ...[
      { by: 'rows', rowStep: ldx, columnStep: 1, size: M * ldx },
      { by: 'columns', rowStep: 1, columnStep: M + 1, size: K * (M + 1) },
    ].map(
      ({ by, rowStep, columnStep, size }): KernelCase => ({
        name: `findNonzeros ${M}x${K} by ${by}`,
        elements: M * K,
        prepare(kernels, random) {
          const x = halfZeros(kernels, random, size);
          const entries = kernels.allocate(M * lde);
          const counts = kernels.allocate(M);
          return {
            run: () => kernels.findNonzeros(x, rowStep, columnStep, entries, lde, counts, M, K),
            outputs: [
              [counts, M, 'integers'],
              [entries, M * lde, 'scratch'],
            ],
          };
        },
      }),
    ),
    {
      name: `multiplySparse ${M}x${K}x${N}`,
      elements: M * K * N,
      operations: M * K * N,
      prepare(kernels, random) {
        const x = halfZeros(kernels, random, M * ldx);
        const entries = kernels.allocate(M * lde);
        const counts = kernels.allocate(M);
        const panels = randomBuffer(kernels, random, K * N);
        const c = randomBuffer(kernels, random, M * (N + 8));
        kernels.findNonzeros(x, ldx, 1, entries, lde, counts, M, K);
        return {
          run: () => kernels.multiplySparse(entries, lde, counts, panels, c, N + 8, M, K, N),
          outputs: [[c, M * (N + 8)]],
        };
      },
    },
  ];
}

/** A buffer of random numbers of which about half are 0, the first is not. */
function halfZeros(kernels: Kernels, random: Random, n: number): Address {
  const address = randomBuffer(kernels, random, n);
  for (let i = 1; i < n; i++) if (random.below(2) === 0) kernels.memory[address + i] = 0;
  return address;
}
