import type { Address, Kernels } from '../../../src/numerics/kernels.js';
import { type KernelCase, pad, randomBuffer, randomIntegers, setTargets } from './case.js';

/** Probabilities, losses and the best tag. */
export function outputCases(): KernelCase[] {
  const sizes = [
    [1, 1],
    [2, 3],
    [3, 4],
    [4, 5],
    [5, 8],
    [8, 9],
    [16, 17],
    [9, 30],
  ] as const;
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
      {
        name: `crossEntropyOfSets ${M}x${K}`,
        elements: M * K,
        prepare(kernels, random) {
          const x = randomBuffer(kernels, random, M * ld, 6);
          const targets = randomIntegers(kernels, random, M, K);
          const sets = setTargets(kernels, targets, M, K, ld);
          const losses = kernels.allocate(M);
          return {
            run() {
              kernels.softmax(x, ld, M, K);
              kernels.crossEntropyOfSets(x, ld, targets, sets, losses, 0.3, M, K);
            },
            outputs: [
              [x, M * ld],
              [losses, M],
            ],
          };
        },
      },
      withLogits('argmax', (k, x, _targets, losses) => k.argmax(x, ld, losses, M, K), 'integers'),
    ];
  });
}
