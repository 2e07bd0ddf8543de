import type { Address, Kernels } from '../../../src/numerics/kernels.js';
import type { Random } from '../../../src/numerics/random.js';
import { type KernelCase, randomBuffer } from './case.js';

/** Gradient descent. */
export function optimizerCases(): KernelCase[] {
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
