import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

type Cells = Pick<
  Kernels,
  'elmanForward' | 'elmanBackward' | 'lstmForward' | 'lstmBackward' | 'gruForward' | 'gruBackward'
>;

export function cellKernels(memory: ReferenceMemory, multiply: Kernels['multiply']): Cells {
  const { round, tanh } = memory;
  const sigmoid = (x: number): number => round(round(tanh(round(x * 0.5)) * 0.5) + 0.5);
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

    lstmForward(hBefore, cBefore, beforeRows, panels, z, ldz, c, tanhC, h, ld, rows, H) {
      multiply(hBefore, ld, panels, z, ldz, beforeRows, H, 4 * H);
      const x = memory.numbers;
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < H; j++) {
          const gate = z + r * ldz + j;
          const place = r * ld + j;
          const i = sigmoid(x[gate] as number);
          const f = sigmoid(x[gate + H] as number);
          const g = tanh(x[gate + 2 * H] as number);
          const o = sigmoid(x[gate + 3 * H] as number);
          const earlier = r < beforeRows ? (x[cBefore + place] as number) : 0;
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
          const i = x[gate] as number;
          const f = x[gate + H] as number;
          const g = x[gate + 2 * H] as number;
          const o = x[gate + 3 * H] as number;
          const t = x[tanhC + place] as number;
          const d = x[dh + place] as number;
          const earlier = r < beforeRows ? (x[cBefore + place] as number) : 0;
          const dCell = round(x[dc + place] + round(round(d * o) * round(1 - round(t * t))));
          x[gate] = round(round(dCell * g) * round(i * round(1 - i)));
          x[gate + H] = round(round(dCell * earlier) * round(f * round(1 - f)));
          x[gate + 2 * H] = round(round(dCell * i) * round(1 - round(g * g)));
          x[gate + 3 * H] = round(round(d * t) * round(o * round(1 - o)));
          if (r < beforeRows) x[dcBefore + place] = round(dCell * f);
        }
      }
      multiply(z, ldz, panels, dhBefore, ld, beforeRows, 4 * H, H);
    },

    gruForward(before, beforeRows, gatePanels, candidatePanels, z, ldz, u, h, ld, rows, H) {
      multiply(before, ld, gatePanels, z, ldz, beforeRows, H, 2 * H);
      multiply(before, ld, candidatePanels, u, ld, beforeRows, H, H);
      const x = memory.numbers;
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < H; j++) {
          const gate = z + row * ldz + j;
          const place = row * ld + j;
          const r = sigmoid(x[gate] as number);
          const s = sigmoid(x[gate + H] as number);
          const n = tanh(round(x[gate + 2 * H] + round(r * x[u + place])));
          const earlier = row < beforeRows ? (x[before + place] as number) : 0;
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
          const r = x[gate] as number;
          const s = x[gate + H] as number;
          const n = x[gate + 2 * H] as number;
          const d = x[dh + place] as number;
          const earlier = row < beforeRows ? (x[before + place] as number) : 0;
          const dn = round(round(d * round(1 - s)) * round(1 - round(n * n)));
          x[gate] = round(round(dn * x[u + place]) * round(r * round(1 - r)));
          x[gate + H] = round(round(d * round(earlier - n)) * round(s * round(1 - s)));
          x[gate + 2 * H] = dn;
          x[u + place] = round(dn * r);
          if (row < beforeRows) x[dBefore + place] = round(x[dBefore + place] + round(d * s));
        }
      }
      multiply(z, ldz, gatePanels, dBefore, ld, beforeRows, 2 * H, H);
      multiply(u, ld, candidatePanels, dBefore, ld, beforeRows, H, H);
    },
  };
}
