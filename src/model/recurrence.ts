import { type Direction, elmanBackward, elmanForward } from '../layers/elman.js';
import { feedforward, feedforwardBackward } from '../layers/feedforward.js';
import { type GruBuffers, gruBackward, gruForward } from '../layers/gru.js';
import { type LstmBuffers, lstmBackward, lstmForward } from '../layers/lstm.js';
import { type Steps, walkSteps } from '../layers/sequence.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import type { Network } from './network.js';
import { directionsOf, layerPrefix } from './plan.js';

/** Columns of one direction of reading. */
interface Lane extends Direction {
  /** In the states. */
  readonly column: number;
  /** In the input of the recurrence. */
  readonly gateColumn: number;
}

/** One recurrent layer of a network, in one or both directions, with the buffers for it. */
export class Recurrence {
  readonly #network: Network;
  readonly #kernels: Kernels;
  readonly #prefix: string;
  readonly #lanes: readonly Lane[];
  /** (N, recurrence): pre-activations, then gates; of the Elman cell, the states themselves */
  readonly z: Address;
  /** (N, states), hidden states */
  readonly h: Address;
  /** (N, states), those of the step before */
  readonly #earlier: Address;
  /** (N, states): cell states, their tanh and their gradient; of the GRU, the candidate's recurrent part */
  readonly #c: Address;
  readonly #tanhC: Address;
  readonly #dc: Address;
  readonly #u: Address;
  readonly #scratch: Address;

  /**
   * @param layer from 0
   * @param capacity the largest number of tokens that go through together
   * @param scratch min(capacity, 256) · (H + 8)
   */
  constructor(network: Network, layer: number, capacity: number, scratch: Address) {
    const { kernels, plan, widths } = network;
    const { gates, H, states } = widths;
    const allocateFor = (cell: string): Address => (plan.cell === cell ? kernels.allocate(capacity * states) : 0);
    this.#network = network;
    this.#prefix = layerPrefix(layer);
    this.#kernels = kernels;
    this.#lanes = directionsOf(plan).map((direction, index) => {
      return { direction, H, ld: states, column: index * H, gateColumn: index * gates * H };
    });
    this.z = kernels.allocate(capacity * widths.recurrence);
    this.h = gates === 1 ? this.z : kernels.allocate(capacity * states);
    this.#earlier = plan.cell === 'feedforward' ? 0 : kernels.allocate(capacity * states);
    this.#c = allocateFor('lstm');
    this.#tanhC = allocateFor('lstm');
    this.#dc = allocateFor('lstm');
    this.#u = allocateFor('gru');
    this.#scratch = scratch;
  }

  /** Makes the hidden states `h` from what the input layer left in `z`. */
  forward(steps: Steps): void {
    const kernels = this.#kernels;
    for (const lane of this.#lanes) {
      const h = this.h + lane.column;
      const panels = (name: string): Address =>
        this.#network.panelsOf(`${this.#prefix}${lane.direction}.${name}`).panels;
      switch (this.#network.plan.cell) {
        case 'feedforward':
          feedforward(kernels, steps.N, lane, h);
          break;
        case 'elman':
          elmanForward(kernels, steps, lane, panels('weights'), h);
          break;
        case 'lstm':
          lstmForward(kernels, steps, lane, panels('weights'), this.#lstm(lane), h);
          break;
        case 'gru': {
          const bias = this.#network.weightsOf(`${this.#prefix}${lane.direction}.candidate.bias`);
          kernels.fillRows(bias, this.#u + lane.column, lane.ld, steps.N, lane.H);
          gruForward(kernels, steps, lane, panels('gates'), panels('candidate'), this.#gru(lane), h);
        }
      }
    }
  }

  /**
   * @param dh (N, states), the loss's gradient by the hidden states; overwritten
   * @param gradient block of the dense parameters' gradients, added to
   * @returns where the gradient by what stood in `z` (N, recurrence) is
   */
  backward(steps: Steps, dh: Address, gradient: Address): Address {
    const kernels = this.#kernels;
    const { cell } = this.#network.plan;
    if (cell === 'lstm') kernels.fill(this.#dc, 0, steps.N * this.#network.widths.states);
    for (const lane of this.#lanes) {
      const { direction, column, ld, H } = lane;
      const transposed = (name: string): Address =>
        this.#network.panelsOf(`${this.#prefix}${direction}.${name}`).transposed;
      const addTo = (name: string, dz: Address, ldz: number, width: number): void => {
        const target = gradient + this.#network.offsetOf(`${this.#prefix}${direction}.${name}`);
        kernels.multiplyTransposed(
          this.#earlier + column,
          ld,
          dz,
          ldz,
          target,
          width,
          steps.N,
          H,
          width,
          this.#scratch,
        );
      };
      if (cell !== 'feedforward') this.#collectEarlier(steps, lane);
      const h = this.h + column;
      const d = dh + column;
      if (cell === 'feedforward') feedforwardBackward(kernels, steps.N, lane, h, d);
      else if (cell === 'elman') {
        elmanBackward(kernels, steps, lane, transposed('weights'), h, d);
        addTo('weights', d, ld, H);
      } else if (cell === 'lstm') {
        const buffers = this.#lstm(lane);
        lstmBackward(kernels, steps, lane, transposed('weights'), buffers, d);
        addTo('weights', buffers.z, buffers.ldz, 4 * H);
      } else {
        const buffers = this.#gru(lane);
        gruBackward(kernels, steps, lane, transposed('gates'), transposed('candidate'), buffers, h, d);
        addTo('gates', buffers.z, buffers.ldz, 2 * H);
        addTo('candidate', buffers.u, ld, H);
        const dBias = gradient + this.#network.offsetOf(`${this.#prefix}${direction}.candidate.bias`);
        kernels.addRowSums(buffers.u, ld, dBias, steps.N, H);
      }
    }
    return this.h === this.z ? dh : this.z;
  }

  /** Puts beside each token the state that its own came from, 0 where there is none. */
  #collectEarlier(steps: Steps, { direction, H, ld, column }: Lane): void {
    const kernels = this.#kernels;
    const h = this.h + column;
    const earlier = this.#earlier + column;
    walkSteps(kernels, steps, direction, 'reading', ({ row, rows, before, beforeRows }) => {
      kernels.copyRows(h + before * ld, ld, earlier + row * ld, ld, beforeRows, H);
      for (let r = beforeRows; r < rows; r++) kernels.fill(earlier + (row + r) * ld, 0, H);
    });
  }

  #lstm({ column, gateColumn }: Lane): LstmBuffers {
    return {
      z: this.z + gateColumn,
      ldz: this.#network.widths.recurrence,
      c: this.#c + column,
      tanhC: this.#tanhC + column,
      dc: this.#dc + column,
    };
  }

  #gru({ column, gateColumn }: Lane): GruBuffers {
    return { z: this.z + gateColumn, ldz: this.#network.widths.recurrence, u: this.#u + column };
  }
}
