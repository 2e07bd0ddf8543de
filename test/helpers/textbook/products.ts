import { type Address, type Kernels, shifted } from '../../../src/numerics/kernels.js';
import { each, sum } from './sums.js';

/** Where the element (k, n) of a matrix of K rows lies in panels ⌈N / 8⌉ of [K][8]. */
export function panelPlace(panels: Address, K: number, k: number, n: number): Address {
  return shifted(panels, (Math.floor(n / 8) * K + k) * 8 + (n % 8));
}

export function textbookProducts(
  kernels: Kernels,
): Pick<Kernels, 'pack' | 'packTransposed' | 'multiply' | 'multiplyTransposed'> {
  return {
    pack(b, panels, K, N) {
      const x = kernels.memory;
      each(K, N, (k, n) => {
        x[panelPlace(panels, K, k, n)] = x[b + k * N + n];
      });
    },
    packTransposed(b, panels, K, N) {
      const x = kernels.memory;
      each(K, N, (k, n) => {
        x[panelPlace(panels, K, k, n)] = x[b + n * K + k];
      });
    },
    multiply(a, lda, panels, c, ldc, M, K, N) {
      const x = kernels.memory;
      each(M, N, (m, n) => {
        x[c + m * ldc + n] += sum(K, (k) => x[a + m * lda + k] * x[panelPlace(panels, K, k, n)]);
      });
    },
    multiplyTransposed(a, lda, b, ldb, c, ldc, M, K, N) {
      const x = kernels.memory;
      each(K, N, (k, n) => {
        x[c + k * ldc + n] += sum(M, (m) => x[a + m * lda + k] * x[b + m * ldb + n]);
      });
    },
  };
}
