import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

const PANEL = 8;

type Product = Pick<Kernels, 'pack' | 'packTransposed' | 'multiply' | 'multiplyTransposed'>;

export function productKernels(memory: ReferenceMemory): Product {
  const { round } = memory;
  return {
    pack(b, panels, K, N) {
      const x = memory.numbers;
      for (let n = 0; n < N; n++) {
        for (let k = 0; k < K; k++) x[panelPlace(panels, k, n, K)] = x[b + k * N + n] as number;
      }
    },

    packTransposed(b, panels, K, N) {
      const x = memory.numbers;
      for (let n = 0; n < N; n++) {
        for (let k = 0; k < K; k++) x[panelPlace(panels, k, n, K)] = x[b + n * K + k] as number;
      }
    },

    multiply(a, lda, panels, c, ldc, M, K, N) {
      const x = memory.numbers;
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) {
          let sum = x[c + m * ldc + n] as number;
          for (let k = 0; k < K; k++) sum = round(sum + round(x[a + m * lda + k] * x[panelPlace(panels, k, n, K)]));
          x[c + m * ldc + n] = sum;
        }
      }
    },

    multiplyTransposed(a, lda, b, ldb, c, ldc, M, K, N) {
      const x = memory.numbers;
      for (let m = 0; m < M; m++) {
        for (let k = 0; k < K; k++) {
          const factor = x[a + m * lda + k] as number;
          for (let n = 0; n < N; n++) {
            x[c + k * ldc + n] = round(x[c + k * ldc + n] + round(factor * x[b + m * ldb + n]));
          }
        }
      }
    },
  };
}

/** Where the element (k, n) of a matrix of K rows lies in panels. */
function panelPlace(panels: number, k: number, n: number, K: number): number {
  return panels + (n - (n % PANEL)) * K + k * PANEL + (n % PANEL);
}
