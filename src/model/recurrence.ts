import type { CellLayer, Direction, RecurrentWeights, StateGradientVisitor } from '../layers/cell.js';
import type { Steps } from '../layers/sequence.js';
import { type Address, shifted } from '../numerics/kernels.js';
import type { Network } from './network.js';
import { cellOf, directionsOf, layerPrefix } from './plan.js';

/** A direction of a layer and its parameters. */
interface WeightedDirection extends Direction {
  /** The prefix of the names of its parameters. */
  readonly prefix: string;
  readonly weights: RecurrentWeights;
}

/** One recurrent layer of a network, in one or both directions, with its buffers. */
export class Recurrence {
  readonly #network: Network;
  readonly #layer: CellLayer;
  readonly #directions: readonly WeightedDirection[];
  readonly #scratch: Address;

  /**
   * @param layer the number of the layer from 0
   * @param capacity the largest number of tokens of a shard
   * @param scratch min(capacity, 256) · (H + 8)
   */
  constructor(network: Network, layer: number, capacity: number, scratch: Address) {
    const { plan, widths } = network;
    const { gates, H, states, recurrence } = widths;
    this.#network = network;
    this.#scratch = scratch;
    this.#layer = cellOf(plan).createLayer(network.kernels, capacity, { H, ld: states, ldz: recurrence });
    this.#directions = directionsOf(plan).map((reading, index) => {
      const prefix = `${layerPrefix(layer)}${reading}.`;
      const weights: RecurrentWeights = {
        matrix: (name) => network.panelsOf(`${prefix}${name}`),
        bias: (name) => network.weightsOf(`${prefix}${name}`),
      };
      return { reading, column: index * H, gateColumn: index * gates * H, prefix, weights };
    });
  }

  /** (N, recurrence): the output of the input layer, which `forward` reads. */
  get z(): Address {
    return this.#layer.z;
  }

  /** (N, states): the hidden states that `forward` wrote. */
  get h(): Address {
    return this.#layer.h;
  }

  /** Computes the hidden states `h` from `z`. */
  forward(steps: Steps): void {
    for (const direction of this.#directions) this.#layer.forward(steps, direction, direction.weights);
  }

  /**
   * Goes back through the layer.
   *
   * @param dh (N, states), the loss's gradient by the hidden states; overwritten
   * @param gradient block of the dense parameters' gradients, added to
   * @param visit called as the cell's, for each direction
   * @returns the gradient (N, recurrence) by `z`
   */
  backward(steps: Steps, dh: Address, gradient: Address, visit?: StateGradientVisitor): Address {
    for (const direction of this.#directions) {
      const { prefix, weights } = direction;
      const gradientOf = (name: string): Address => shifted(gradient, this.#network.offsetOf(`${prefix}${name}`));
      this.#layer.backward(steps, direction, weights, dh, gradientOf, this.#scratch, visit);
    }
    return cellOf(this.#network.plan).isInPlace ? dh : this.z;
  }
}
