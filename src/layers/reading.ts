import { type Address, type Kernels, shifted } from '../numerics/kernels.js';

/** How the letters of some words lie in memory: those of a word one after the other, all words with as many. */
export interface Spelling {
  /** M, the number of words. */
  readonly M: number;
  /** L, letters of a word, from the first that is read to the last. */
  readonly L: number;
  /** H, padded. */
  readonly H: number;
  /** Distance between words; letters are H apart. */
  readonly ld: number;
}

/**
 * Reads words letter by letter with the simple recurrent layer of Elman (1990): h<l> = tanh(x<l> + Wh·h<l-1>), h<0> = 0.
 *
 * @param panels of Wh (H, H), from the state before (row) to the state after (column)
 * @param h (M, L, H): in, the rows of the letters; out, the states
 */
export function readingForward(kernels: Kernels, { M, L, H, ld }: Spelling, panels: Address, h: Address): void {
  for (let letter = 0; letter < L; letter++) {
    const state = shifted(h, letter * H);
    kernels.elmanForward(shifted(state, -H), letter === 0 ? 0 : M, panels, state, M, ld, H);
  }
}

/**
 * Back-propagation through time (Werbos, 1990), from the last letter to the first.
 *
 * @param transposed panels of Whᵀ
 * @param h (M, L, H), the states that `readingForward` gave
 * @param dh (M, L, H): in, the loss's gradient by h; out, its gradient by the rows of the letters
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
 * The rest of it: what all words say of the weights, letter by letter and word by word.
 *
 * @param dh (M, L, H), what `readingBackward` left
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
