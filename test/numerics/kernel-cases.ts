import type { Address, Kernels } from '../../src/numerics/kernels.js';
import type { Random } from '../../src/numerics/random.js';

/**
 * Numbers that a kernel writes, and how they are to be read where they are no plain numbers; `scratch` may hold
 * anything.
 */
export type Output = readonly [from: Address, n: number, kind?: 'integers' | 'doubles' | 'scratch'];

/** One call of a kernel on random buffers; the same table serves correctness and speed. */
export interface KernelCase {
  readonly name: string;
  /** Fills the buffers and gives the call to make, and what it writes. */
  prepare(kernels: Kernels, random: Random): { run: () => unknown; outputs: readonly Output[] };
  /** Floating-point operations of one call, where speed is counted in them. */
  readonly operations?: number;
  /** Numbers, or steps of a sequence, that one call works on. */
  readonly elements: number;
}

/** A buffer of random numbers from -scale to scale, the same for the same generator state. */
export function randomBuffer(kernels: Kernels, random: Random, n: number, scale = 1): Address {
  const address = kernels.allocate(n);
  for (let i = 0; i < n; i++) kernels.memory[address + i] = Math.fround((2 * random.uniform() - 1) * scale);
  return address;
}

/** A buffer of random whole numbers from 0 to limit - 1. */
export function randomIntegers(kernels: Kernels, random: Random, n: number, limit: number): Address {
  const address = kernels.allocate(n);
  for (let i = 0; i < n; i++) kernels.integers[address + i] = random.below(limit);
  return address;
}

const pad = (n: number, to: number): number => Math.ceil(n / to) * to;

function productCases(): KernelCase[] {
  const sizes = [
    [1, 1, 8], [1, 3, 32], [1, 7, 40], [2, 4, 8], [3, 5, 16], [4, 8, 24], [5, 12, 8], [7, 9, 16], [8, 16, 8],
    [9, 17, 64], [16, 128, 128], [33, 20, 40], [259, 4, 8],
  ] as const; // biome-ignore format: a table
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

function cellCases(): KernelCase[] {
  const sizes = [[1, 0, 8], [1, 1, 8], [3, 2, 16], [5, 5, 24], [8, 3, 40], [8, 8, 128]] as const; // biome-ignore format: a table
  return sizes.flatMap(([rows, beforeRows, H]): KernelCase[] => {
    const ld = 2 * H;
    const buffers = (kernels: Kernels, random: Random, count: number, scale = 1): Address[] =>
      Array.from({ length: count }, () => randomBuffer(kernels, random, rows * ld, scale));
    const suffix = `${rows} rows, ${beforeRows} before, H ${H}`;
    return [
      {
        name: `elmanForward ${suffix}`,
        elements: rows * H,
        operations: 2 * beforeRows * H * H,
        prepare(kernels, random) {
          const [before, h] = buffers(kernels, random, 2, 3) as [Address, Address];
          const panels = randomBuffer(kernels, random, H * H);
          return {
            run: () => kernels.elmanForward(before, beforeRows, panels, h, rows, ld, H),
            outputs: [[h, rows * ld]],
          };
        },
      },
      {
        name: `elmanBackward ${suffix}`,
        elements: rows * H,
        operations: 2 * beforeRows * H * H,
        prepare(kernels, random) {
          const [h, dh, dBefore] = buffers(kernels, random, 3) as [Address, Address, Address];
          const panels = randomBuffer(kernels, random, H * H);
          return {
            run: () => kernels.elmanBackward(h, dh, rows, ld, panels, dBefore, beforeRows, H),
            outputs: [
              [dh, rows * ld],
              [dBefore, rows * ld],
            ],
          };
        },
      },
      {
        name: `lstmForward ${suffix}`,
        elements: rows * H,
        operations: 8 * beforeRows * H * H,
        prepare(kernels, random) {
          const [hBefore, cBefore, c, tanhC, h] = buffers(kernels, random, 5) as [
            Address,
            Address,
            Address,
            Address,
            Address,
          ];
          const z = randomBuffer(kernels, random, rows * 8 * H, 4);
          const panels = randomBuffer(kernels, random, 4 * H * H);
          return {
            run: () => kernels.lstmForward(hBefore, cBefore, beforeRows, panels, z, 8 * H, c, tanhC, h, ld, rows, H),
            outputs: [
              [z, rows * 8 * H],
              [c, rows * ld],
              [tanhC, rows * ld],
              [h, rows * ld],
            ],
          };
        },
      },
      {
        name: `lstmBackward ${suffix}`,
        elements: rows * H,
        operations: 8 * beforeRows * H * H,
        prepare(kernels, random) {
          const [cBefore, tanhC, dh, dc, dhBefore] = buffers(kernels, random, 5) as [
            Address,
            Address,
            Address,
            Address,
            Address,
          ];
          const dcBefore = randomBuffer(kernels, random, rows * ld);
          const z = randomBuffer(kernels, random, rows * 8 * H);
          const panels = randomBuffer(kernels, random, 4 * H * H);
          return {
            run: () =>
              kernels.lstmBackward(
                z,
                8 * H,
                cBefore,
                beforeRows,
                tanhC,
                dh,
                dc,
                ld,
                rows,
                panels,
                dhBefore,
                dcBefore,
                H,
              ),
            outputs: [
              [z, rows * 8 * H],
              [dhBefore, rows * ld],
              [dcBefore, rows * ld],
            ],
          };
        },
      },
      {
        name: `gruForward ${suffix}`,
        elements: rows * H,
        operations: 6 * beforeRows * H * H,
        prepare(kernels, random) {
          const [before, u, h] = buffers(kernels, random, 3) as [Address, Address, Address];
          const z = randomBuffer(kernels, random, rows * 6 * H, 4);
          const gates = randomBuffer(kernels, random, 2 * H * H);
          const candidate = randomBuffer(kernels, random, H * H);
          return {
            run: () => kernels.gruForward(before, beforeRows, gates, candidate, z, 6 * H, u, h, ld, rows, H),
            outputs: [
              [z, rows * 6 * H],
              [u, rows * ld],
              [h, rows * ld],
            ],
          };
        },
      },
      {
        name: `gruBackward ${suffix}`,
        elements: rows * H,
        operations: 6 * beforeRows * H * H,
        prepare(kernels, random) {
          const [u, before, dh, dBefore] = buffers(kernels, random, 4) as [Address, Address, Address, Address];
          const z = randomBuffer(kernels, random, rows * 6 * H);
          const gates = randomBuffer(kernels, random, 2 * H * H);
          const candidate = randomBuffer(kernels, random, H * H);
          return {
            run: () => kernels.gruBackward(z, 6 * H, u, before, beforeRows, dh, ld, rows, gates, candidate, dBefore, H),
            outputs: [
              [z, rows * 6 * H],
              [u, rows * ld],
              [dBefore, rows * ld],
            ],
          };
        },
      },
    ];
  });
}

function rowCases(): KernelCase[] {
  const sizes = [[1, 4], [3, 8], [5, 16], [8, 28], [9, 104], [16, 256]] as const; // biome-ignore format: a table
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
      withRows('gather', (k, table, ids, rows) => k.gather(table, ids, rows, ld, M, N)),
      withRows('gatherAdd', (k, table, ids, rows) => k.gatherAdd(table, ids, rows, ld, M, N)),
      withRows('sumPositions', (k, _table, ids, rows, sum) => k.sumPositions(rows, ld, ids, M >> 1, M, sum, N)),
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
      withRows('sgd', (k, _table, _ids, rows, sum) => k.sgd(rows, sum, 0.7, 0.1, M * N)),
      withRows('movingAverage', (k, _table, _ids, rows, sum) => k.movingAverage(rows, sum, 0.01, M * N)),
    ];
  });
}

function optimizerCases(): KernelCase[] {
  return [4, 8, 20, 256].flatMap((n): KernelCase[] => {
    const squares = (kernels: Kernels, random: Random): Address => {
      const v = randomBuffer(kernels, random, n);
      for (let i = 0; i < n; i++) kernels.memory[v + i] = Math.abs(kernels.memory[v + i] as number);
      return v;
    };
    return [
      {
        name: `momentum ${n}`,
        elements: n,
        prepare(kernels, random) {
          const [w, dw, v] = [0, 0, 0].map(() => randomBuffer(kernels, random, n)) as [Address, Address, Address];
          return {
            run: () => kernels.momentum(w, dw, v, 0.5, 0.1, 0.9, n),
            outputs: [
              [w, n],
              [v, n],
            ],
          };
        },
      },
      {
        name: `adam ${n}`,
        elements: n,
        prepare(kernels, random) {
          const [w, dw, m] = [0, 0, 0].map(() => randomBuffer(kernels, random, n)) as [Address, Address, Address];
          const v = squares(kernels, random);
          return {
            run: () => kernels.adam(w, dw, m, v, 0.5, 0.002, 0.9, 0.999, 1e-8, n),
            outputs: [
              [w, n],
              [m, n],
              [v, n],
            ],
          };
        },
      },
    ];
  });
}

function outputCases(): KernelCase[] {
  const sizes = [[1, 1], [2, 3], [3, 4], [4, 5], [5, 8], [8, 9], [16, 17], [9, 30]] as const; // biome-ignore format: a table
  return sizes.flatMap(([M, K]): KernelCase[] => {
    const ld = pad(K, 8);
    const withLogits = (
      name: string,
      call: (kernels: Kernels, x: Address, targets: Address, losses: Address) => unknown,
      kind?: 'integers',
    ): KernelCase => ({
      name: `${name} ${M}x${K}`,
      elements: M * K,
      prepare(kernels, random) {
        const x = randomBuffer(kernels, random, M * ld, 6);
        const targets = randomIntegers(kernels, random, M, K);
        const losses = kernels.allocate(M);
        return {
          run: () => call(kernels, x, targets, losses),
          outputs: [[x, M * ld], kind ? [losses, M, kind] : [losses, M]],
        };
      },
    });
    const softmaxThen = (k: Kernels, x: Address, call: () => void): void => {
      k.softmax(x, ld, M, K);
      call();
    };
    return [
      withLogits('softmax', (k, x) => k.softmax(x, ld, M, K)),
      withLogits('crossEntropy', (k, x, targets, losses) =>
        softmaxThen(k, x, () => k.crossEntropy(x, ld, targets, losses, M)),
      ),
      withLogits('crossEntropyBackward', (k, x, targets) =>
        softmaxThen(k, x, () => k.crossEntropyBackward(x, ld, targets, 0.3, M)),
      ),
      withLogits('argmax', (k, x, _targets, losses) => k.argmax(x, ld, losses, M, K), 'integers'),
    ];
  });
}

function crfCases(): KernelCase[] {
  const sizes = [[1, 1], [1, 3], [2, 4], [5, 5], [9, 9], [40, 17]] as const; // biome-ignore format: a table
  return sizes.map(([T, K]): KernelCase => {
    const W = pad(K, 4);
    const n = W * W + 2 * W;
    return {
      name: `crf ${T} steps, ${K} tags`,
      elements: T,
      prepare(kernels, random) {
        const x = randomBuffer(kernels, random, T * W, 5);
        const path = kernels.allocate(T * W);
        kernels.copyRows(x, W, path, W, T, W);
        const weights = randomBuffer(kernels, random, n, 2);
        const allowed = kernels.allocate(n);
        const masked = kernels.allocate(n);
        const counts = kernels.allocate(n);
        for (let i = 0; i < n; i++) {
          const isInside = i % W < K && (i < K * W || i >= W * W);
          const isAllowed = isInside && (i % 5 !== 1 || K < 4);
          kernels.memory[allowed + i] = isAllowed ? 1 : 0;
          kernels.memory[masked + i] = isAllowed ? (kernels.memory[weights + i] as number) : Number.NEGATIVE_INFINITY;
          kernels.memory[counts + i] = i % 3;
        }
        const targets = randomIntegers(kernels, random, T, K);
        const rows = kernels.allocate(T);
        for (let t = 0; t < T; t++) kernels.integers[rows + t] = T - 1 - t;
        const potentials = kernels.allocate(2 * n);
        const pairs = kernels.allocate(2 * n);
        const gradient = randomBuffer(kernels, random, n);
        const best = kernels.allocate(T);
        const loss = kernels.allocate(1);
        const scratch = kernels.allocate(2 * (2 * T * W + 2 * W + T));
        return {
          run() {
            kernels.crfPotentials(weights, allowed, potentials, W);
            kernels.viterbi(path, W, rows, T, K, W, masked, best, scratch);
            kernels.memory[loss] = kernels.crfLoss(
              x,
              W,
              targets,
              rows,
              T,
              K,
              W,
              weights,
              potentials,
              0.25,
              pairs,
              scratch,
            );
            kernels.crfGradient(pairs, potentials, counts, 0.25, gradient, W);
          },
          outputs: [
            [x, T * W],
            [potentials, 2 * n, 'doubles'],
            [pairs, 2 * n, 'doubles'],
            [gradient, n],
            [best, T, 'integers'],
            [loss, 1],
            [scratch, 2 * (2 * T * W + 2 * W + T), 'scratch'],
          ],
        };
      },
    };
  });
}

/** Every kernel, at and around the vector width. */
export const KERNEL_CASES: readonly KernelCase[] = [
  ...productCases(),
  ...cellCases(),
  ...rowCases(),
  ...optimizerCases(),
  ...outputCases(),
  ...crfCases(),
];
