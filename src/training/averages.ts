import type { Network } from '../model/network.js';
import { type Address, shifted } from '../numerics/kernels.js';

/** The number of weights of a piece; pieces are large, because the work on a weight is light. */
const CHUNK = 65_536;

/** The moving averages of all weights of a network, also of rows that no word names. Threads can share them. */
export class Averages {
  readonly #network: Network;
  /** The block of the averages, laid out as that of the weights. */
  readonly block: Address;

  constructor(network: Network) {
    this.#network = network;
    this.block = network.kernels.allocate(network.layout.size);
  }

  /** The number of pieces of `follow`. */
  get pieces(): number {
    return Math.ceil(this.#network.layout.size / CHUNK);
  }

  /** Moves one piece of the averages towards the weights: average += rate · (weight - average). */
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
