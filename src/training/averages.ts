import type { Network } from '../model/network.js';
import { type Address, shifted } from '../numerics/kernels.js';

/** The work is light, so that its pieces are large. */
const CHUNK = 65_536;

/** A moving average of every weight of a network, rows that no word names included. Threads that make the same share it. */
export class Averages {
  readonly #network: Network;
  /** Where they lie, as the weights do. */
  readonly block: Address;

  constructor(network: Network) {
    this.#network = network;
    this.block = network.kernels.allocate(network.layout.size);
  }

  /** Pieces of `follow`. */
  get pieces(): number {
    return Math.ceil(this.#network.layout.size / CHUNK);
  }

  /** Draws one piece of the averages to the weights: average += rate · (weight - average). */
  follow(piece: number, rate: number): void {
    const { kernels, layout, weights } = this.#network;
    const offset = piece * CHUNK;
    kernels.movingAverage(
      shifted(weights, offset),
      shifted(this.block, offset),
      rate,
      Math.min(CHUNK, layout.size - offset),
    );
  }

  /** Exchanges the averages and the weights. */
  exchange(): void {
    const { kernels, layout } = this.#network;
    const averages = kernels.memory.subarray(this.block, this.block + layout.size);
    const copy = Float32Array.from(averages);
    averages.set(this.#network.copyWeights());
    this.#network.setWeights(copy);
  }
}
