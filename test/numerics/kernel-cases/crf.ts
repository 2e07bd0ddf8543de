import { type KernelCase, pad, randomBuffer, randomIntegers, setTargets } from './case.js';

/** The conditional random field, from potentials to the best path. */
export function crfCases(): KernelCase[] {
  const sizes = [
    [1, 1],
    [1, 3],
    [2, 4],
    [5, 5],
    [9, 9],
    [40, 17],
  ] as const;
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
        const tempered = kernels.allocate(T * W);
        kernels.copyRows(x, W, tempered, W, T, W);
        const sums = kernels.allocate(2 * (3 * T * W + W + 1));
        return {
          run() {
            kernels.crfPotentials(weights, allowed, potentials, W);
            kernels.crfSums(tempered, W, rows, T, K, W, potentials, 0.7, sums);
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
            [sums, 2 * (3 * T * W + W + 1), 'doubles'],
            [best, T, 'integers'],
            [loss, 1],
            [scratch, 2 * (2 * T * W + 2 * W + T), 'scratch'],
          ],
        };
      },
    };
  });
}

/** The conditional random field where tags are not known. */
export function crfOfSetsCases(): KernelCase[] {
  const sizes = [
    [1, 1],
    [2, 4],
    [5, 5],
    [9, 9],
    [40, 17],
  ] as const;
  return sizes.map(([T, K]): KernelCase => {
    const W = pad(K, 4);
    const n = W * W + 2 * W;
    return {
      name: `crfLossOfSets ${T} steps, ${K} tags`,
      elements: T,
      prepare(kernels, random) {
        const x = randomBuffer(kernels, random, T * W, 5);
        const weights = randomBuffer(kernels, random, n, 2);
        const allowed = kernels.allocate(n);
        for (let i = 0; i < n; i++) kernels.memory[allowed + i] = i % W < K && (i < K * W || i >= W * W) ? 1 : 0;
        const targets = randomIntegers(kernels, random, T, K);
        const sets = setTargets(kernels, targets, T, K, W);
        const rows = kernels.allocate(T);
        for (let t = 0; t < T; t++) kernels.integers[rows + t] = T - 1 - t;
        const potentials = kernels.allocate(2 * n);
        const pairs = kernels.allocate(2 * n);
        const loss = kernels.allocate(1);
        const scratch = kernels.allocate(4 * (2 * T * W + 2 * W + T + 1));
        return {
          run() {
            kernels.crfPotentials(weights, allowed, potentials, W);
            kernels.memory[loss] = kernels.crfLossOfSets(
              ...([x, W, targets, sets, rows, T, K, W, potentials, 0.25, pairs, scratch] as const),
            );
          },
          outputs: [
            [x, T * W],
            [potentials, 2 * n, 'doubles'],
            [pairs, 2 * n, 'doubles'],
            [loss, 1],
            [scratch, 4 * (2 * T * W + 2 * W + T + 1), 'scratch'],
          ],
        };
      },
    };
  });
}
