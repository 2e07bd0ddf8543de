import type { Kernels } from '../../../src/numerics/kernels.js';
import { each, sum } from './sums.js';

export function textbookSoftmax(
  kernels: Kernels,
): Pick<Kernels, 'softmax' | 'crossEntropy' | 'crossEntropyBackward' | 'crossEntropyOfSets' | 'argmax'> {
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
    crossEntropyOfSets(p, ld, targets, sets, losses, factor, M, K) {
      const { memory: x, integers } = kernels;
      for (let m = 0; m < M; m++) {
        const row = [...x.subarray(p + m * ld, p + m * ld + K)];
        const allowed = allowedTags(kernels, integers[targets + m], sets, ld, K);
        const total = allowed.reduce((sum, tag) => sum + row[tag], 0);
        const isOpen = allowed.length === K && integers[targets + m] < 0;
        x[losses + m] = isOpen ? 0 : -Math.log(total);
        for (let k = 0; k < ld; k++) {
          const among = allowed.includes(k) ? row[k] / total : 0;
          x[p + m * ld + k] = isOpen ? 0 : factor * ((k < K ? row[k] : x[p + m * ld + k]) - among);
        }
      }
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

/** The tags that a target allows. */
export function allowedTags(
  { memory }: Pick<Kernels, 'memory'>,
  target: number,
  sets: number,
  ld: number,
  K: number,
): number[] {
  if (target >= 0) return [target];
  return Array.from({ length: K }, (_, tag) => tag).filter((tag) => memory[sets + (-1 - target) * ld + tag] !== 0);
}
