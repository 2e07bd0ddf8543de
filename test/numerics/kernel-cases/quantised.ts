import type { Address, Kernels } from '../../../src/numerics/kernels.js';
import type { Random } from '../../../src/numerics/random.js';
import { type KernelCase, randomBuffer, randomIntegers, STEP_SIZES } from './case.js';

const FACTOR = 2047;

/** A buffer of n random numbers of 16 bits, in pairs, from -limit to limit. */
function randomPairs(kernels: Kernels, random: Random, n: number, limit: number): Address {
  const address = kernels.allocate(n / 2);
  const draw = (): number => random.below(2 * limit + 1) - limit;
  for (let i = 0; i < n / 2; i++) kernels.integers[address + i] = (draw() & 0xffff) | (draw() << 16);
  return address;
}

/** Products of numbers of 16 bits, and what makes such numbers. */
export function quantisedCases(): KernelCase[] {
  return [...productCases(), ...matrixCases(), ...roundingCases(), ...rowCases(), ...stateCases()];
}

function productCases(): KernelCase[] {
  const sizes = [
    [1, 4, 8],
    [1, 8, 40],
    [2, 8, 16],
    [3, 12, 24],
    [4, 16, 8],
    [5, 20, 64],
    [7, 32, 40],
    [8, 128, 384],
    [13, 256, 24],
  ] as const;
  return sizes.map(([M, K, N]) => ({
    name: `multiplyQuantised ${M}x${K}x${N}`,
    elements: M * K * N,
    operations: 2 * M * K * N,
    prepare(kernels, random) {
      const lda = K / 2 + 4;
      const a = randomPairs(kernels, random, 2 * M * lda, FACTOR);
      // No sum of 256 products reaches 32 bits.
      const panels = randomPairs(kernels, random, K * N, 4000);
      const scales = randomBuffer(kernels, random, N, 1e-6);
      const c = randomBuffer(kernels, random, M * (N + 8));
      return {
        run: () => kernels.multiplyQuantised(a, lda, panels, scales, c, N + 8, M, K, N),
        outputs: [[c, M * (N + 8)]],
      };
    },
  }));
}

/** Weights that are rounded in place, with rows and columns of 0, next to 0, of large numbers, and halfway between whole ones. */
function roundingCases(): KernelCase[] {
  const sizes = [
    [1, 4],
    [3, 5],
    [7, 16],
    [40, 100],
    [256, 384],
  ] as const;
  return sizes.flatMap(([M, N]) =>
    (['roundRows', 'roundColumns'] as const)
      .filter((kernel) => kernel === 'roundRows' || N % 4 === 0)
      .map((kernel) => ({
        name: `${kernel} ${M}x${N}`,
        elements: M * N,
        prepare(kernels: Kernels, random: Random) {
          const x = randomBuffer(kernels, random, M * N, 3);
          const factors = [1, 0, 2 ** -128, 1e14, 2 ** -13, 1e-3];
          for (let i = 0; i < M * N; i++) {
            const factor = factors[(kernel === 'roundRows' ? Math.floor(i / N) : i % N) % factors.length] ?? 1;
            const isHalf = factor === 2 ** -13;
            kernels.memory[x + i] = factor * (isHalf ? random.below(127) - 63.5 : (kernels.memory[x + i] ?? 0));
          }
          const digits = kernel === 'roundRows' ? 6 : 14;
          return { run: () => kernels[kernel](x, M, N, digits), outputs: [[x, M * N]] as const };
        },
      })),
  );
}

/** Matrices with columns of 0, of numbers next to 0, of large numbers, and of equal ones, whose sum asks for a larger step. */
function matrixCases(): KernelCase[] {
  const sizes = [
    [8, 8, FACTOR],
    [16, 24, 8191],
    [128, 40, FACTOR],
    [256, 16, 8191],
  ] as const;
  return sizes.map(([K, N, factor]) => ({
    name: `packQuantised ${K}x${N}`,
    elements: K * N,
    prepare(kernels, random) {
      const b = randomBuffer(kernels, random, K * N, 3);
      for (let k = 0; k < K; k++) {
        kernels.memory[b + k * N] = 0;
        kernels.memory[b + k * N + 1] = (kernels.memory[b + k * N + 1] ?? 0) * 2 ** -128;
        kernels.memory[b + k * N + 2] = (kernels.memory[b + k * N + 2] ?? 0) * 1e14;
        kernels.memory[b + k * N + 3] = 0.9;
        kernels.memory[b + k * N + 4] = 2 ** -14 * (random.below(9) - 4.5);
      }
      const panels = kernels.allocate((K * N) / 2);
      const scales = kernels.allocate(N);
      return {
        run: () => kernels.packQuantised(b, panels, scales, K, N, factor),
        outputs: [
          [panels, (K * N) / 2, 'integers'],
          [scales, N],
        ],
      };
    },
  }));
}

function rowCases(): KernelCase[] {
  const sizes = [
    [1, 8],
    [3, 16],
    [5, 40],
    [9, 104],
    [16, 256],
  ] as const;
  return sizes.flatMap(([M, N]): KernelCase[] => [
    {
      name: `quantiseRows ${M}x${N}`,
      elements: M * N,
      prepare(kernels, random) {
        const x = randomBuffer(kernels, random, M * (N + 4), 1 + random.below(3) * 20);
        kernels.memory.fill(M > 3 ? 1e-32 : 3, x, x + N);
        const q = kernels.allocate(M * (N / 2 + 4));
        const scales = kernels.allocate(M);
        return {
          run: () => kernels.quantiseRows(x, N + 4, q, N / 2 + 4, scales, M > 4 ? 32_767 : FACTOR, M, N),
          outputs: [
            [q, M * (N / 2 + 4), 'integers'],
            [scales, M],
          ],
        };
      },
    },
    ...(['its own rows', 'a bias'] as const).map(
      (base): KernelCase => ({
        name: `gatherAddQuantised ${M}x${N} to ${base}`,
        elements: M * N,
        prepare(kernels, random) {
          const V = 11;
          const ldt = N / 2 + 4;
          const table = randomPairs(kernels, random, 2 * V * ldt, 32_767);
          const scales = randomBuffer(kernels, random, V, 1e-4);
          const ids = randomIntegers(kernels, random, M, V);
          const y = randomBuffer(kernels, random, M * (N + 4));
          const [x, ldx] = base === 'a bias' ? [randomBuffer(kernels, random, N), 0] : [y, N + 4];
          return {
            run: () => kernels.gatherAddQuantised(x, ldx, table, ldt, scales, ids, y, N + 4, M, N),
            outputs: [[y, M * (N + 4)]],
          };
        },
      }),
    ),
  ]);
}

/** One step of each cell from complete pre-activations. */
function stateCases(): KernelCase[] {
  return STEP_SIZES.flatMap(([rows, beforeRows, H]): KernelCase[] => {
    const ld = 2 * H;
    const ldq = H + 4;
    const suffix = `${rows} rows, ${beforeRows} before, H ${H}`;
    const states = (
      name: string,
      gates: number,
      call: (kernels: Kernels, z: Address, ldz: number, others: readonly Address[], q: Address) => void,
    ): KernelCase => ({
      name: `${name} ${suffix}`,
      elements: rows * H,
      prepare(kernels, random) {
        const ldz = 2 * gates * H;
        const z = randomBuffer(kernels, random, rows * ldz, 8);
        const others = Array.from({ length: 3 }, () => randomBuffer(kernels, random, rows * ld));
        const q = kernels.allocate(rows * ldq);
        return {
          run: () => call(kernels, z, ldz, others, q),
          outputs: [
            [z, rows * ldz],
            ...others.map((address) => [address, rows * ld] as const),
            [q, rows * ldq, 'integers'],
          ],
        };
      },
    });
    return [
      states('elmanStates', 1, (kernels, z, ldz, _, q) => kernels.elmanStates(z, ldz, q, ldq, FACTOR, rows, H)),
      states('lstmStates', 4, (kernels, z, ldz, [before, c], q) =>
        kernels.lstmStates(z, ldz, before, beforeRows, c, ld, q, ldq, FACTOR, rows, H),
      ),
      states('gruStates', 3, (kernels, z, ldz, [u, before, h], q) =>
        kernels.gruStates(z, ldz, u, before, beforeRows, h, ld, q, ldq, FACTOR, rows, H),
      ),
    ];
  });
}
