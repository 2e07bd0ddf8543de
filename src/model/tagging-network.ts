import { shifted } from '../numerics/kernels.js';
import { allocateQuantised, COLUMN_FACTOR, type QuantisedMatrix, STATE_FACTOR } from '../numerics/quantised-matrix.js';
import type { Network } from './network.js';
import { cellOf, directionsOf, layerPrefix, type NetworkPlan, nameAt, windowOffsets } from './plan.js';

/**
 * A network as tagging computes with it: its matrices, but those of parts, are rounded to 16 bits. Tables, biases and the CRF
 * are the network's own. Threads that create the same network share its memory.
 */
export class TaggingNetwork {
  readonly network: Network;
  readonly #matrices: ReadonlyMap<string, TaggingMatrix>;

  /** Allocates the memory, which `quantise` fills. */
  constructor(network: Network) {
    const { kernels, plan } = network;
    this.network = network;
    const allocate =
      (factor: number) =>
      (name: string): [string, TaggingMatrix] => {
        const { rows, columns } = network.panelsOf(name);
        return [name, { ...allocateQuantised(kernels, rows, columns), factor }];
      };
    this.#matrices = new Map([
      ...wordMatrices(plan).map(allocate(COLUMN_FACTOR)),
      ...stateMatrices(plan).map(allocate(STATE_FACTOR)),
    ]);
  }

  /** Rounds the network's current weights. */
  quantise(): void {
    const { network } = this;
    for (const [name, matrix] of this.#matrices) {
      const { offset, rows, columns } = network.panelsOf(name);
      const { panels, scales, factor } = matrix;
      network.kernels.packQuantised(shifted(network.weights, offset), panels, scales, rows, columns, factor);
    }
  }

  /** Returns a matrix by the name that its parameters have as `panels`. */
  matrix(name: string): QuantisedMatrix {
    const matrix = this.#matrices.get(name);
    if (!matrix) throw new Error(`tagging has no matrix ${name}`);
    return matrix;
  }
}

/** A matrix, and the whole number that stands for 1 in what it multiplies. */
interface TaggingMatrix extends QuantisedMatrix {
  readonly factor: number;
}

/** Returns the names of the matrices that multiply the columns of words. */
function wordMatrices(plan: NetworkPlan): string[] {
  return plan.input === 'concatenate' ? windowOffsets(plan).map((offset) => nameAt('input', offset)) : [];
}

/** Returns the names of the matrices that multiply states. */
function stateMatrices(plan: NetworkPlan): string[] {
  const { matrices } = cellOf(plan);
  const layers = Array.from({ length: plan.layers }, (_, layer) => layerPrefix(layer));
  return [
    ...layers.slice(1).map((prefix) => `${prefix}input.weights`),
    ...layers.flatMap((prefix) =>
      directionsOf(plan).flatMap((direction) => matrices.map(({ name }) => `${prefix}${direction}.${name}`)),
    ),
    'output.weights',
  ];
}
