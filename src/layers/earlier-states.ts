import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import type { Direction, LayerSize } from './cell.js';
import { type Steps, walkSteps } from './sequence.js';

/** The previous state of each token, kept to sum the gradient by recurrent weights over all tokens at once. */
export class EarlierStates {
  readonly #kernels: Kernels;
  readonly #size: LayerSize;
  /** (N, ld), 0 where a sentence begins */
  readonly #states: Address;

  constructor(kernels: Kernels, N: number, size: LayerSize) {
    this.#kernels = kernels;
    this.#size = size;
    this.#states = kernels.allocate(N * size.ld);
  }

  /**
   * Copies each state of one direction to the next token in the order of reading.
   *
   * @param h (N, ld)
   */
  collect(steps: Steps, { reading, column }: Direction, h: Address): void {
    const kernels = this.#kernels;
    const { H, ld } = this.#size;
    const from = shifted(h, column);
    const to = shifted(this.#states, column);
    walkSteps(kernels, steps, reading, 'reading', ({ row, rows, before, beforeRows }) => {
      kernels.copyRows(shifted(from, before * ld), ld, shifted(to, row * ld), ld, beforeRows, H);
      for (let r = beforeRows; r < rows; r++) kernels.fill(shifted(to, (row + r) * ld), 0, H);
    });
  }

  /**
   * Adds the gradient by a recurrent matrix of one direction.
   *
   * @param dz (N, width), rows `ldz` apart: the gradient by the pre-activations to which the matrix leads
   * @param dWeights (H, width), added to
   * @param scratch min(N, 256) · (H + 8)
   */
  addGradient(
    { N }: Steps,
    { column }: Direction,
    dz: Address,
    ldz: number,
    width: number,
    dWeights: Address,
    scratch: Address,
  ): void {
    const { H, ld } = this.#size;
    this.#kernels.multiplyTransposed(shifted(this.#states, column), ld, dz, ldz, dWeights, width, N, H, width, scratch);
  }
}
