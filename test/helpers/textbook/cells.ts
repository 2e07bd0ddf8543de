import { type Address, type Kernels, shifted } from '../../../src/numerics/kernels.js';
import { panelPlace } from './products.js';
import { each, sigmoid, sum } from './sums.js';

type Cells = Pick<
  Kernels,
  'elmanForward' | 'elmanBackward' | 'lstmForward' | 'lstmBackward' | 'gruForward' | 'gruBackward'
>;

export function textbookCells(kernels: Kernels): Cells {
  /** Column n of row · W, and 0 where there is no row. */
  function product(hasRow: boolean, row: Address, panels: Address, K: number, n: number): number {
    const { memory: x } = kernels;
    return hasRow ? sum(K, (k) => x[row + k] * x[panelPlace(panels, K, k, n)]) : 0;
  }

  return {
    elmanForward(before, beforeRows, panels, h, rows, ld, H) {
      const { memory: x } = kernels;
      each(rows, H, (r, j) => {
        x[h + r * ld + j] = Math.tanh(
          x[h + r * ld + j] + product(r < beforeRows, shifted(before, r * ld), panels, H, j),
        );
      });
    },

    elmanBackward(h, dh, rows, ld, panels, dBefore, beforeRows, H) {
      const { memory: x } = kernels;
      each(rows, H, (r, j) => {
        x[dh + r * ld + j] *= 1 - x[h + r * ld + j] ** 2;
      });
      each(beforeRows, H, (r, j) => {
        x[dBefore + r * ld + j] += product(true, shifted(dh, r * ld), panels, H, j);
      });
    },

    lstmForward(hBefore, cBefore, beforeRows, panels, z, ldz, c, tanhC, h, ld, rows, H) {
      const { memory: x } = kernels;
      each(rows, 4 * H, (r, n) => {
        const sums = x[z + r * ldz + n] + product(r < beforeRows, shifted(hBefore, r * ld), panels, H, n);
        x[z + r * ldz + n] = Math.floor(n / H) === 2 ? Math.tanh(sums) : sigmoid(sums);
      });
      each(rows, H, (r, j) => {
        const [i, f, g, o] = [0, 1, 2, 3].map((gate) => x[z + r * ldz + gate * H + j]);
        const place = r * ld + j;
        x[c + place] = (r < beforeRows ? f * x[cBefore + place] : 0) + i * g;
        x[tanhC + place] = Math.tanh(x[c + place]);
        x[h + place] = o * x[tanhC + place];
      });
    },

    lstmBackward(z, ldz, cBefore, beforeRows, tanhC, dh, dc, ld, rows, panels, dhBefore, dcBefore, H) {
      const { memory: x } = kernels;
      each(rows, H, (r, j) => {
        const place = r * ld + j;
        const [i, f, g, o] = [0, 1, 2, 3].map((gate) => x[z + r * ldz + gate * H + j]);
        const dCell = x[dc + place] + x[dh + place] * o * (1 - x[tanhC + place] ** 2);
        const gradients = [
          dCell * g * i * (1 - i),
          r < beforeRows ? dCell * x[cBefore + place] * f * (1 - f) : 0,
          dCell * i * (1 - g ** 2),
          x[dh + place] * x[tanhC + place] * o * (1 - o),
        ];
        for (const [gate, gradient] of gradients.entries()) x[z + r * ldz + gate * H + j] = gradient;
        if (r < beforeRows) x[dcBefore + place] = dCell * f;
      });
      each(beforeRows, H, (r, j) => {
        x[dhBefore + r * ld + j] += product(true, shifted(z, r * ldz), panels, 4 * H, j);
      });
    },

    gruForward(before, beforeRows, gatePanels, candidatePanels, z, ldz, u, h, ld, rows, H) {
      const { memory: x } = kernels;
      each(rows, 2 * H, (row, n) => {
        x[z + row * ldz + n] = sigmoid(
          x[z + row * ldz + n] + product(row < beforeRows, shifted(before, row * ld), gatePanels, H, n),
        );
      });
      each(rows, H, (row, j) => {
        const place = row * ld + j;
        const [r, s] = [0, 1].map((gate) => x[z + row * ldz + gate * H + j]);
        x[u + place] += product(row < beforeRows, shifted(before, row * ld), candidatePanels, H, j);
        const n = Math.tanh(x[z + row * ldz + 2 * H + j] + r * x[u + place]);
        x[z + row * ldz + 2 * H + j] = n;
        x[h + place] = (1 - s) * n + (row < beforeRows ? s * x[before + place] : 0);
      });
    },

    gruBackward(z, ldz, u, before, beforeRows, dh, ld, rows, gatePanels, candidatePanels, dBefore, H) {
      const { memory: x } = kernels;
      each(rows, H, (row, j) => {
        const place = row * ld + j;
        const [r, s, n] = [0, 1, 2].map((gate) => x[z + row * ldz + gate * H + j]);
        const earlier = row < beforeRows ? x[before + place] : 0;
        const dn = x[dh + place] * (1 - s) * (1 - n ** 2);
        x[z + row * ldz + j] = dn * x[u + place] * r * (1 - r);
        x[z + row * ldz + H + j] = x[dh + place] * (earlier - n) * s * (1 - s);
        x[z + row * ldz + 2 * H + j] = dn;
        x[u + place] = dn * r;
        if (row < beforeRows) x[dBefore + place] += x[dh + place] * s;
      });
      each(beforeRows, H, (row, j) => {
        x[dBefore + row * ld + j] +=
          product(true, shifted(z, row * ldz), gatePanels, 2 * H, j) +
          product(true, shifted(u, row * ld), candidatePanels, H, j);
      });
    },
  };
}
