import { at } from '../at.js';
import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

/** Creates one time step, forward and backward, of the cell whose equations stand in src/layers/elman.ts. */
export function elmanKernels(memory: ReferenceMemory, multiply: Kernels['multiply']) {
  const { round, tanh } = memory;
  return {
    elmanForward(before, beforeRows, panels, h, rows, ld, H) {
      multiply(before, ld, panels, h, ld, beforeRows, H, H);
      const x = memory.numbers;
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < H; j++) x[h + r * ld + j] = tanh(at(x, h + r * ld + j));
      }
    },

    elmanBackward(h, dh, rows, ld, panels, dBefore, beforeRows, H) {
      const x = memory.numbers;
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < H; j++) {
          const y = at(x, h + r * ld + j);
          x[dh + r * ld + j] = round(at(x, dh + r * ld + j) * round(1 - round(y * y)));
        }
      }
      multiply(dh, ld, panels, dBefore, ld, beforeRows, H, H);
    },
  } satisfies Partial<Kernels>;
}
