import type { Steps } from '../../src/layers/sequence.js';
import type { Kernels } from '../../src/numerics/kernels.js';

/** Lengths of the sentences of a batch, longest first. */
export const BATCHES: readonly (readonly number[])[] = [[1], [2], [60], [1, 1, 1], [20, 7, 7, 2, 1], [4, 4, 4]];

/** Lays out sentences of these lengths, longest first. */
export function layOutSteps(kernels: Kernels, lengths: readonly number[]): Steps {
  const T = lengths[0] ?? 0;
  const start = kernels.allocate(T + 1);
  let N = 0;
  for (let t = 0; t <= T; t++) {
    kernels.integers[start + t] = N;
    N += lengths.filter((length) => length > t).length;
  }
  return { T, N, start };
}

/** The rows of one sentence of the batch, in the order of its words. */
export function rowsOf({ integers }: Kernels, { start }: Steps, sentence: number, length: number): number[] {
  return Array.from({ length }, (_, t) => integers[start + t] + sentence);
}
