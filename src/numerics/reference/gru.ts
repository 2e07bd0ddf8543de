import { at } from '../at.js';
import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

/** Creates one time step, forward and backward, of the cell whose equations stand in src/layers/gru.ts. */
export function gruKernels(memory: ReferenceMemory, multiply: Kernels['multiply']) {
  const { round, tanh, sigmoid } = memory;
  return {
    gruForward(before, beforeRows, gatePanels, candidatePanels, z, ldz, u, h, ld, rows, H) {
      multiply(before, ld, gatePanels, z, ldz, beforeRows, H, 2 * H);
      multiply(before, ld, candidatePanels, u, ld, beforeRows, H, H);
      const x = memory.numbers;
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < H; j++) {
          const gate = z + row * ldz + j;
          const place = row * ld + j;
          const r = sigmoid(at(x, gate));
          const s = sigmoid(at(x, gate + H));
          const n = tanh(round(at(x, gate + 2 * H) + round(r * at(x, u + place))));
          const earlier = row < beforeRows ? at(x, before + place) : 0;
          x[gate] = r;
          x[gate + H] = s;
          x[gate + 2 * H] = n;
          x[h + place] = round(round(round(1 - s) * n) + round(s * earlier));
        }
      }
    },

    gruBackward(z, ldz, u, before, beforeRows, dh, ld, rows, gatePanels, candidatePanels, dBefore, H) {
      const x = memory.numbers;
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < H; j++) {
          const gate = z + row * ldz + j;
          const place = row * ld + j;
          const r = at(x, gate);
          const s = at(x, gate + H);
          const n = at(x, gate + 2 * H);
          const d = at(x, dh + place);
          const earlier = row < beforeRows ? at(x, before + place) : 0;
          const dn = round(round(d * round(1 - s)) * round(1 - round(n * n)));
          x[gate] = round(round(dn * at(x, u + place)) * round(r * round(1 - r)));
          x[gate + H] = round(round(d * round(earlier - n)) * round(s * round(1 - s)));
          x[gate + 2 * H] = dn;
          x[u + place] = round(dn * r);
          if (row < beforeRows) x[dBefore + place] = round(at(x, dBefore + place) + round(d * s));
        }
      }
      multiply(z, ldz, gatePanels, dBefore, ld, beforeRows, 2 * H, H);
      multiply(u, ld, candidatePanels, dBefore, ld, beforeRows, H, H);
    },
  } satisfies Partial<Kernels>;
}
