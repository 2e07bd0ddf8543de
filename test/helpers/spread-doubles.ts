import type { Address, Kernels } from '../../src/numerics/kernels.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';

/**
 * Plain kernels in double precision that leave the sums of a random field where `loadDouble` looks for them. In double
 * precision a double takes one place, and these kernels spread what `crfSums` computes over two.
 */
export function createSpreadKernels(): Kernels {
  const plain = createDoubleKernels();
  const spread = (from: Address, n: number): void => {
    const { memory } = plain;
    for (let index = n - 1; index > 0; index--) memory[from + 2 * index] = memory[from + index];
  };
  return Object.assign(Object.create(plain), {
    crfSums(...all: Parameters<Kernels['crfSums']>) {
      plain.crfSums(...all);
      const [, , , T, , W, potentials, , sums] = all;
      spread(potentials, W * W + 2 * W);
      spread(sums, 3 * T * W + W + 1);
    },
  });
}
