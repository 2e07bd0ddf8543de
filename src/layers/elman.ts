import type { Kernels, Numbers } from '../numerics/kernels.js';
import type { Steps } from './sequence.js';

/**
 * The simple recurrent layer of Elman (1990): h<t> = tanh(x<t> + Wh·h<t-1>), h<0> = 0, the same weights at every step.
 *
 * @param weights Wh (H, H), from the state before (row) to the state after (column)
 * @param h (N, H): in, what the input layer gave; out, the hidden states
 */
export function elmanForward(kernels: Kernels, steps: Steps, weights: Numbers, h: Numbers, H: number): void {
  for (let t = 0; t < steps.T; t++) {
    const rows = rowsOf(steps, t);
    const now = h.subarray(rows.from * H, rows.to * H);
    if (t > 0) kernels.multiply(statesBefore(steps, t, h, H), weights, now, rows.count, H, H);
    kernels.tanh(now, rows.count * H);
  }
}

/**
 * Back-propagation through time (Werbos, 1990), from the last word to the first.
 *
 * @param h (N, H), the hidden states that `elmanForward` gave
 * @param dh (N, H): in, the loss's gradient by h; out, its gradient by the layer's input
 * @param dWeights (H, H), added to
 */
export function elmanBackward(
  kernels: Kernels,
  steps: Steps,
  weights: Numbers,
  h: Numbers,
  dh: Numbers,
  dWeights: Numbers,
  H: number,
): void {
  for (let t = steps.T - 1; t >= 0; t--) {
    const rows = rowsOf(steps, t);
    const dNow = dh.subarray(rows.from * H, rows.to * H);
    kernels.tanhBackward(h.subarray(rows.from * H, rows.to * H), dNow, rows.count * H);
    if (t === 0) continue;
    kernels.multiplyByTransposed(dNow, weights, statesBefore(steps, t, dh, H), rows.count, H, H);
    kernels.multiplyTransposed(statesBefore(steps, t, h, H), dNow, dWeights, rows.count, H, H);
  }
}

function rowsOf({ start }: Steps, t: number): { from: number; to: number; count: number } {
  const from = start[t] as number;
  const to = start[t + 1] as number;
  return { from, to, count: to - from };
}

/** The states of step t - 1 of the sentences that go on at step t. */
function statesBefore(steps: Steps, t: number, h: Numbers, H: number): Numbers {
  const from = steps.start[t - 1] as number;
  return h.subarray(from * H, (from + rowsOf(steps, t).count) * H);
}
