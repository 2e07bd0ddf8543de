import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

/** One time step of the cell whose equations stand in src/layers/elman.ts. */
export function elmanKernels(
  memory: ReferenceMemory,
  multiply: Kernels['multiply'],
): Pick<Kernels, 'elmanForward' | 'elmanBackward'> {
  const { round, tanh } = memory;
  return {
    elmanForward(before, beforeRows, panels, h, rows, ld, H) {
      multiply(before, ld, panels, h, ld, beforeRows, H, H);
      const x = memory.numbers;
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < H; j++) x[h + r * ld + j] = tanh(x[h + r * ld + j] as number);
      }
    },

    elmanBackward(h, dh, rows, ld, panels, dBefore, beforeRows, H) {
      const x = memory.numbers;
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < H; j++) {
          const y = x[h + r * ld + j] as number;
          x[dh + r * ld + j] = round(x[dh + r * ld + j] * round(1 - round(y * y)));
        }
      }
      multiply(dh, ld, panels, dBefore, ld, beforeRows, H, H);
    },
  };
}
