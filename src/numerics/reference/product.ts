import { at, integerAt } from '../at.js';
import { type Kernels, PANEL } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

/** Creates the matrix products. */
export function productKernels(memory: ReferenceMemory) {
  const { round } = memory;
  return {
    pack(b, panels, K, N) {
      const x = memory.numbers;
      for (let n = 0; n < N; n++) {
        for (let k = 0; k < K; k++) x[panelPlace(panels, k, n, K)] = at(x, b + k * N + n);
      }
    },

    packTransposed(b, panels, K, N) {
      const x = memory.numbers;
      for (let n = 0; n < N; n++) {
        for (let k = 0; k < K; k++) x[panelPlace(panels, k, n, K)] = at(x, b + n * K + k);
      }
    },

    multiply(a, lda, panels, c, ldc, M, K, N) {
      const x = memory.numbers;
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) {
          let sum = at(x, c + m * ldc + n);
          for (let k = 0; k < K; k++) {
            sum = round(sum + round(at(x, a + m * lda + k) * at(x, panelPlace(panels, k, n, K))));
          }
          x[c + m * ldc + n] = sum;
        }
      }
    },

    findNonzeros(x, rowStep, columnStep, entries, lde, counts, M, N) {
      const { numbers, integers } = memory;
      for (let m = 0; m < M; m++) {
        let count = 0;
        for (let n = 0; n < N; n++) {
          const number = at(numbers, x + m * rowStep + n * columnStep);
          const entry = entries + m * lde + 2 * count;
          integers[entry] = n;
          numbers[entry + 1] = number;
          if (number !== 0) count++;
        }
        integers[counts + m] = count;
      }
    },

    multiplySparse(entries, lde, counts, panels, c, ldc, M, K, N) {
      const { numbers: x, integers } = memory;
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) {
          let sum = at(x, c + m * ldc + n);
          for (let place = 0; place < integerAt(integers, counts + m); place++) {
            const entry = entries + m * lde + 2 * place;
            const k = integerAt(integers, entry);
            sum = round(sum + round(at(x, entry + 1) * at(x, panelPlace(panels, k, n, K))));
          }
          x[c + m * ldc + n] = sum;
        }
      }
    },

    multiplyTransposed(a, lda, b, ldb, c, ldc, M, K, N) {
      const x = memory.numbers;
      for (let m = 0; m < M; m++) {
        for (let k = 0; k < K; k++) {
          const factor = at(x, a + m * lda + k);
          for (let n = 0; n < N; n++) {
            const sum = at(x, c + k * ldc + n);
            x[c + k * ldc + n] = round(sum + round(factor * at(x, b + m * ldb + n)));
          }
        }
      }
    },
  } satisfies Partial<Kernels>;
}

/** Returns the address within panels of element (k, n) of a matrix with K rows. */
function panelPlace(panels: number, k: number, n: number, K: number): number {
  return panels + (n - (n % PANEL)) * K + k * PANEL + (n % PANEL);
}
