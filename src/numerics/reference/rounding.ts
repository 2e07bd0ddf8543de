import { at } from '../at.js';
import { powerOfTwo, smallestExponent } from '../bytes.js';
import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

/** Creates the kernels that round weights in place, as checkpoints store them. */
export function roundingKernels(memory: ReferenceMemory) {
  /** Rounds `count` numbers that lie `step` apart with one power of two. */
  const round = (x: number, count: number, step: number, digits: number): void => {
    const { numbers } = memory;
    let largest = 0;
    for (let i = 0; i < count; i++) largest = Math.max(largest, Math.abs(at(numbers, x + i * step)));
    const exponent = smallestExponent(largest, 2 ** (digits + 1) - 1);
    const [factor, scale] = [powerOfTwo(-exponent), powerOfTwo(exponent)];
    for (let i = 0; i < count; i++) {
      const place = x + i * step;
      // Adding 0 makes 0 of -0, as whole numbers know but one.
      numbers[place] = (Math.round(at(numbers, place) * factor) + 0) * scale;
    }
  };
  return {
    roundRows(x, M, N, digits) {
      for (let m = 0; m < M; m++) round(x + m * N, N, 1, digits);
    },

    roundColumns(x, M, N, digits) {
      for (let n = 0; n < N; n++) round(x + n, M, N, digits);
    },
  } satisfies Partial<Kernels>;
}
