import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

type Softmax = Pick<Kernels, 'softmax' | 'crossEntropy' | 'crossEntropyBackward' | 'argmax'>;

export function softmaxKernels(memory: ReferenceMemory): Softmax {
  const { round, exp, log } = memory;
  return {
    softmax(x, ld, M, K) {
      const { numbers } = memory;
      for (let m = 0; m < M; m++) {
        const row = x + m * ld;
        const largest = largestOf(numbers, row, K);
        const lanes: [number, number, number, number] = [0, 0, 0, 0];
        for (let k = 0; k < K; k++) {
          const e = exp(round((numbers[row + k] as number) - largest));
          numbers[row + k] = e;
          lanes[k % 4] = round((lanes[k % 4] as number) + e);
        }
        const sum = round(round(round(lanes[0] + lanes[1]) + lanes[2]) + lanes[3]);
        const inverse = round(1 / sum);
        for (let k = 0; k < K; k++) numbers[row + k] = round(numbers[row + k] * inverse);
        numbers.fill(0, row + K, row + ld);
      }
    },

    crossEntropy(p, ld, targets, losses, M) {
      const { numbers, integers } = memory;
      for (let m = 0; m < M; m++) numbers[losses + m] = -log(numbers[p + m * ld + integers[targets + m]] as number);
    },

    crossEntropyBackward(p, ld, targets, factor, M) {
      const { numbers, integers } = memory;
      const rounded = round(factor);
      for (let m = 0; m < M; m++) {
        const target = p + m * ld + (integers[targets + m] as number);
        numbers[target] = round((numbers[target] as number) - 1);
        for (let k = 0; k < ld; k++) numbers[p + m * ld + k] = round(numbers[p + m * ld + k] * rounded);
      }
    },

    argmax(x, ld, best, M, K) {
      const { numbers, integers } = memory;
      for (let m = 0; m < M; m++) {
        let place = 0;
        for (let k = 1; k < K; k++) if (numbers[x + m * ld + k] > numbers[x + m * ld + place]) place = k;
        integers[best + m] = place;
      }
    },
  };
}

/** The largest of K numbers. */
export function largestOf(numbers: ArrayLike<number>, from: number, K: number): number {
  let largest = numbers[from] as number;
  for (let k = 1; k < K; k++) if ((numbers[from + k] as number) > largest) largest = numbers[from + k] as number;
  return largest;
}
