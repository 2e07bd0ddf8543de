import { type Address, type Kernels, shifted } from '../numerics/kernels.js';

/** The layout of words' letters in memory: those of a word are adjacent, and all words have the same number. */
export interface Spelling {
  /** M, the number of words. */
  readonly M: number;
  /** L, the number of letters of a word, in the order of reading. */
  readonly L: number;
  /** H, padded. */
  readonly H: number;
  /** The distance between words; letters are H apart. */
  readonly ld: number;
}

/**
 * Reads words letter by letter with the recurrent layer of Elman (1990): h<l> = tanh(x<l> + Wh·h<l-1>), h<0> = 0.
 *
 * @param panels the panels of Wh (H, H), from the previous state (row) to the next state (column)
 * @param h (M, L, H): on entry the rows of the letters, on return the states
 */
export function readingForward(kernels: Kernels, { M, L, H, ld }: Spelling, panels: Address, h: Address): void {
  for (let letter = 0; letter < L; letter++) {
    const state = shifted(h, letter * H);
    kernels.elmanForward(shifted(state, -H), letter === 0 ? 0 : M, panels, state, M, ld, H);
  }
}

/**
 * Computes gradients by back-propagation through time (Werbos, 1990), from the last letter to the first.
 *
 * @param transposed the panels of Whᵀ
 * @param h (M, L, H), the states from `readingForward`
 * @param dh (M, L, H): on entry the loss's gradient by h, on return its gradient by the rows of the letters
 */
export function readingBackward(
  kernels: Kernels,
  { M, L, H, ld }: Spelling,
  transposed: Address,
  h: Address,
  dh: Address,
): void {
  for (let letter = L - 1; letter >= 0; letter--) {
    const own = letter * H;
    kernels.elmanBackward(
      shifted(h, own),
      shifted(dh, own),
      M,
      ld,
      transposed,
      shifted(dh, own - H),
      letter === 0 ? 0 : M,
      H,
    );
  }
}

/**
 * Adds the gradient by the weights, letter by letter and word by word.
 *
 * @param dh (M, L, H), the gradient from `readingBackward`
 * @param dWeights (H, H), added to
 * @param scratch min(M, 256) · (H + 8)
 */
export function addReadingGradient(
  kernels: Kernels,
  { M, L, H, ld }: Spelling,
  h: Address,
  dh: Address,
  dWeights: Address,
  scratch: Address,
): void {
  for (let letter = 1; letter < L; letter++) {
    const own = letter * H;
    kernels.multiplyTransposed(shifted(h, own - H), ld, shifted(dh, own), ld, dWeights, H, M, H, H, scratch);
  }
}
