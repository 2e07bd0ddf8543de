import type { Address, Kernels } from '../numerics/kernels.js';
import type { Direction } from './elman.js';
import { type Steps, walkSteps } from './sequence.js';

/** Buffers of one direction of a GRU. */
export interface GruBuffers {
  /** (N, 3H), rows `ldz` apart: pre-activations, then gates, then their gradient */
  readonly z: Address;
  readonly ldz: number;
  /** (N, H): the candidate's recurrent bias, then its recurrent part, then its gradient */
  readonly u: Address;
}

/**
 * Gated recurrent unit (Cho et al., 2014), the reset gate behind the product, as cuDNN and PyTorch have it.
 *
 * @param gates panels of Wg (H, 2H: reset, update)
 * @param candidate panels of Wn (H, H)
 * @param h (N, H), overwritten
 */
export function gruForward(
  kernels: Kernels,
  steps: Steps,
  { direction, H, ld }: Direction,
  gates: Address,
  candidate: Address,
  { z, ldz, u }: GruBuffers,
  h: Address,
): void {
  walkSteps(kernels, steps, direction, 'reading', ({ row, rows, before, beforeRows }) => {
    kernels.gruForward(
      h + before * ld,
      beforeRows,
      gates,
      candidate,
      z + row * ldz,
      ldz,
      u + row * ld,
      h + row * ld,
      ld,
      rows,
      H,
    );
  });
}

/**
 * @param gates panels of Wgᵀ
 * @param candidate panels of Wnᵀ
 * @param h (N, H), the hidden states
 * @param dh (N, H): in, the loss's gradient by h; added to on the way
 */
export function gruBackward(
  kernels: Kernels,
  steps: Steps,
  { direction, H, ld }: Direction,
  gates: Address,
  candidate: Address,
  { z, ldz, u }: GruBuffers,
  h: Address,
  dh: Address,
): void {
  walkSteps(kernels, steps, direction, 'reverse', ({ row, rows, before, beforeRows }) => {
    kernels.gruBackward(
      z + row * ldz,
      ldz,
      u + row * ld,
      h + before * ld,
      beforeRows,
      dh + row * ld,
      ld,
      rows,
      gates,
      candidate,
      dh + before * ld,
      H,
    );
  });
}
