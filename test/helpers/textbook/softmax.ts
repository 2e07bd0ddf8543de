import type { Kernels } from '../../../src/numerics/kernels.js';
import { each, sum } from './sums.js';

export function textbookSoftmax(
  kernels: Kernels,
): Pick<Kernels, 'softmax' | 'crossEntropy' | 'crossEntropyBackward' | 'argmax'> {
  return {
    softmax(logits, ld, M, K) {
      const { memory: x } = kernels;
      for (let m = 0; m < M; m++) {
        const row = logits + m * ld;
        const total = sum(K, (k) => Math.exp(x[row + k]));
        for (let k = 0; k < ld; k++) x[row + k] = k < K ? Math.exp(x[row + k]) / total : 0;
      }
    },
    crossEntropy(p, ld, targets, losses, M) {
      const { memory: x, integers } = kernels;
      each(M, 1, (m) => {
        x[losses + m] = -Math.log(x[p + m * ld + integers[targets + m]]);
      });
    },
    crossEntropyBackward(p, ld, targets, factor, M) {
      const { memory: x, integers } = kernels;
      each(M, ld, (m, k) => {
        x[p + m * ld + k] = factor * (x[p + m * ld + k] - (k === integers[targets + m] ? 1 : 0));
      });
    },
    argmax(rows, ld, best, M, K) {
      const { memory: x, integers } = kernels;
      for (let m = 0; m < M; m++) {
        const row = [...x.subarray(rows + m * ld, rows + m * ld + K)];
        integers[best + m] = row.indexOf(Math.max(...row));
      }
    },
  };
}
