import type { Address, Kernels } from '../numerics/kernels.js';
import type { Direction } from './elman.js';
import { type Steps, walkSteps } from './sequence.js';

/** Buffers of one direction of an LSTM. */
export interface LstmBuffers {
  /** (N, 4H), rows `ldz` apart: pre-activations, then gates, then their gradient */
  readonly z: Address;
  readonly ldz: number;
  /** (N, H) cell states */
  readonly c: Address;
  /** (N, H) tanh of the cell states */
  readonly tanhC: Address;
  /** (N, H) gradient by the cell states, zero before `lstmBackward` */
  readonly dc: Address;
}

/**
 * Long short-term memory (Hochreiter & Schmidhuber, 1997) with forget gates (Gers et al., 2000).
 *
 * @param panels of W (H, 4H: input, forget, candidate, output)
 * @param h (N, H), overwritten
 */
export function lstmForward(
  kernels: Kernels,
  steps: Steps,
  { direction, H, ld }: Direction,
  panels: Address,
  { z, ldz, c, tanhC }: LstmBuffers,
  h: Address,
): void {
  walkSteps(kernels, steps, direction, 'reading', ({ row, rows, before, beforeRows }) => {
    const from = before * ld;
    const to = row * ld;
    kernels.lstmForward(
      h + from,
      c + from,
      beforeRows,
      panels,
      z + row * ldz,
      ldz,
      c + to,
      tanhC + to,
      h + to,
      ld,
      rows,
      H,
    );
  });
}

/**
 * @param transposed panels of Wᵀ
 * @param dh (N, H): in, the loss's gradient by h; added to on the way
 */
export function lstmBackward(
  kernels: Kernels,
  steps: Steps,
  { direction, H, ld }: Direction,
  transposed: Address,
  { z, ldz, c, tanhC, dc }: LstmBuffers,
  dh: Address,
): void {
  walkSteps(kernels, steps, direction, 'reverse', ({ row, rows, before, beforeRows }) => {
    const from = before * ld;
    const to = row * ld;
    kernels.lstmBackward(
      z + row * ldz,
      ldz,
      c + from,
      beforeRows,
      tanhC + to,
      dh + to,
      dc + to,
      ld,
      rows,
      transposed,
      dh + from,
      dc + from,
      H,
    );
  });
}
