import { at } from '../at.js';
import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

/** Creates one time step, forward and backward, of the cell whose equations stand in src/layers/lstm.ts. */
export function lstmKernels(memory: ReferenceMemory, multiply: Kernels['multiply']) {
  const { round, tanh, sigmoid } = memory;
  return {
    lstmForward(hBefore, cBefore, beforeRows, panels, z, ldz, c, tanhC, h, ld, rows, H) {
      multiply(hBefore, ld, panels, z, ldz, beforeRows, H, 4 * H);
      const x = memory.numbers;
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < H; j++) {
          const gate = z + r * ldz + j;
          const place = r * ld + j;
          const i = sigmoid(at(x, gate));
          const f = sigmoid(at(x, gate + H));
          const g = tanh(at(x, gate + 2 * H));
          const o = sigmoid(at(x, gate + 3 * H));
          const earlier = r < beforeRows ? at(x, cBefore + place) : 0;
          const cell = round(round(f * earlier) + round(i * g));
          const t = tanh(cell);
          x[gate] = i;
          x[gate + H] = f;
          x[gate + 2 * H] = g;
          x[gate + 3 * H] = o;
          x[c + place] = cell;
          x[tanhC + place] = t;
          x[h + place] = round(o * t);
        }
      }
    },

    lstmBackward(z, ldz, cBefore, beforeRows, tanhC, dh, dc, ld, rows, panels, dhBefore, dcBefore, H) {
      const x = memory.numbers;
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < H; j++) {
          const gate = z + r * ldz + j;
          const place = r * ld + j;
          const i = at(x, gate);
          const f = at(x, gate + H);
          const g = at(x, gate + 2 * H);
          const o = at(x, gate + 3 * H);
          const t = at(x, tanhC + place);
          const d = at(x, dh + place);
          const earlier = r < beforeRows ? at(x, cBefore + place) : 0;
          const dCell = round(at(x, dc + place) + round(round(d * o) * round(1 - round(t * t))));
          x[gate] = round(round(dCell * g) * round(i * round(1 - i)));
          x[gate + H] = round(round(dCell * earlier) * round(f * round(1 - f)));
          x[gate + 2 * H] = round(round(dCell * i) * round(1 - round(g * g)));
          x[gate + 3 * H] = round(round(d * t) * round(o * round(1 - o)));
          if (r < beforeRows) x[dcBefore + place] = round(dCell * f);
        }
      }
      multiply(z, ldz, panels, dhBefore, ld, beforeRows, 4 * H, H);
    },
  } satisfies Partial<Kernels>;
}
