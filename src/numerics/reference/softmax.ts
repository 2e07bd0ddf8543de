import { at } from '../at.js';
import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

/** Creates the kernels of the softmax output layer. */
export function softmaxKernels(memory: ReferenceMemory) {
  const { round, exp, log } = memory;
  return {
    softmax(x, ld, M, K) {
      const { numbers } = memory;
      for (let m = 0; m < M; m++) {
        const row = x + m * ld;
        const largest = largestOf(numbers, row, K);
        const lanes: [number, number, number, number] = [0, 0, 0, 0];
        for (let k = 0; k < K; k++) {
          const e = exp(round(at(numbers, row + k) - largest));
          numbers[row + k] = e;
          lanes[k % 4] = round(at(lanes, k % 4) + e);
        }
        const sum = round(round(round(lanes[0] + lanes[1]) + lanes[2]) + lanes[3]);
        const inverse = round(1 / sum);
        for (let k = 0; k < K; k++) numbers[row + k] = round(at(numbers, row + k) * inverse);
        numbers.fill(0, row + K, row + ld);
      }
    },

    crossEntropy(p, ld, targets, losses, M) {
      const { numbers, integers } = memory;
      for (let m = 0; m < M; m++) {
        numbers[losses + m] = -log(at(numbers, p + m * ld + at(integers, targets + m)));
      }
    },

    crossEntropyBackward(p, ld, targets, factor, M) {
      const { numbers, integers } = memory;
      const rounded = round(factor);
      for (let m = 0; m < M; m++) {
        const target = p + m * ld + at(integers, targets + m);
        numbers[target] = round(at(numbers, target) - 1);
        for (let k = 0; k < ld; k++) numbers[p + m * ld + k] = round(at(numbers, p + m * ld + k) * rounded);
      }
    },

    crossEntropyOfSets(p, ld, targets, sets, losses, factor, M, K) {
      const { numbers, integers } = memory;
      const rounded = round(factor);
      for (let m = 0; m < M; m++) {
        const row = p + m * ld;
        const target = at(integers, targets + m);
        const isAllowed = tagsAllowedBy(numbers, target, sets, ld);
        let count = 0;
        let sum = 0;
        for (let k = 0; k < K; k++) {
          if (!isAllowed(k)) continue;
          count++;
          sum = round(sum + at(numbers, row + k));
        }
        numbers[losses + m] = target < 0 && count === K ? 0 : -log(sum);
        for (let k = 0; k < ld; k++) {
          const own = at(numbers, row + k);
          const among = k < K && isAllowed(k) ? round(own / sum) : 0;
          numbers[row + k] = target < 0 && count === K ? 0 : round(rounded * round(own - among));
        }
      }
    },

    argmax(x, ld, best, M, K) {
      const { numbers, integers } = memory;
      for (let m = 0; m < M; m++) {
        let place = 0;
        for (let k = 1; k < K; k++) if (at(numbers, x + m * ld + k) > at(numbers, x + m * ld + place)) place = k;
        integers[best + m] = place;
      }
    },
  } satisfies Partial<Kernels>;
}

/** Returns the largest of K numbers. */
export function largestOf(numbers: ArrayLike<number>, from: number, K: number): number {
  let largest = at(numbers, from);
  for (let k = 1; k < K; k++) if (at(numbers, from + k) > largest) largest = at(numbers, from + k);
  return largest;
}

/** Returns a function that tells which tags a target allows: itself, or -1 - s the tags of row s of `sets`. */
export function tagsAllowedBy(
  numbers: ArrayLike<number>,
  target: number,
  sets: number,
  ld: number,
): (tag: number) => boolean {
  return (tag) => (target < 0 ? at(numbers, sets + (-1 - target) * ld + tag) !== 0 : tag === target);
}
