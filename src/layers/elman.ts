import type { Address, Kernels } from '../numerics/kernels.js';
import { type Steps, walkSteps } from './sequence.js';

/** One direction of a recurrent layer: where its numbers lie. */
export interface Direction {
  readonly direction: 'forward' | 'backward';
  /** H, padded. */
  readonly H: number;
  /** Distance between rows of states. */
  readonly ld: number;
}

/**
 * The simple recurrent layer of Elman (1990): h<t> = tanh(x<t> + Wh·h<t-1>), h<0> = 0, the same weights at every step.
 *
 * @param panels of Wh (H, H), from the state before (row) to the state after (column)
 * @param h (N, H): in, what the input layer gave; out, the hidden states
 */
export function elmanForward(
  kernels: Kernels,
  steps: Steps,
  { direction, H, ld }: Direction,
  panels: Address,
  h: Address,
): void {
  walkSteps(kernels, steps, direction, 'reading', ({ row, rows, before, beforeRows }) => {
    kernels.elmanForward(h + before * ld, beforeRows, panels, h + row * ld, rows, ld, H);
  });
}

/**
 * Back-propagation through time (Werbos, 1990), from the last word read to the first.
 *
 * @param transposed panels of Whᵀ
 * @param h (N, H), the hidden states that `elmanForward` gave
 * @param dh (N, H): in, the loss's gradient by h; out, its gradient by the layer's input
 */
export function elmanBackward(
  kernels: Kernels,
  steps: Steps,
  { direction, H, ld }: Direction,
  transposed: Address,
  h: Address,
  dh: Address,
): void {
  walkSteps(kernels, steps, direction, 'reverse', ({ row, rows, before, beforeRows }) => {
    kernels.elmanBackward(h + row * ld, dh + row * ld, rows, ld, transposed, dh + before * ld, beforeRows, H);
  });
}
