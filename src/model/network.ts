import type { PackedMatrix } from '../layers/dense.js';
import { at } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import { readParameter, sizeOf, writeParameter } from '../numerics/parameters.js';
import type { Random } from '../numerics/random.js';
import {
  columnsOf,
  type NetworkLayout,
  type NetworkWidths,
  networkLayout,
  networkWidths,
  type PlacedNetworkParameter,
} from './layout.js';
import { isTrained, type NetworkPart, partsOf } from './parts/network-parts.js';
import { type NetworkPlan, nameAt, windowOffsets } from './plan.js';

/** A matrix that products read. */
export interface PlacedMatrix extends PackedMatrix {
  /** The place of its first number within every block of dense parameters. */
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

/** A part of a network and its place in memory. */
export interface PlacedPart {
  readonly part: NetworkPart;
  readonly isTrained: boolean;
  /** The table's first row, and the distance between its rows. */
  readonly rows: Address;
  readonly width: number;
  /** The first of the columns that the part fills, if it fills any. */
  readonly column: number;
}

/** A network's weights in memory, and the panels that products read, which `pack` makes from them. */
export class Network {
  readonly kernels: Kernels;
  readonly plan: NetworkPlan;
  readonly widths: NetworkWidths;
  readonly layout: NetworkLayout;
  /** The block of weights. */
  readonly weights: Address;
  /** The block of the given tables, which are not trained. */
  readonly given: Address;
  /** (W² + 2W): 1 where decoding may go from tag to tag, start, and end; 0 in the padding. */
  readonly allowed: Address;
  /** The input's parts, in the order of the layout. */
  readonly parts: readonly PlacedPart[];
  /** The offsets of the tokens whose rows the recurrence sees beside a token's own; the first is 0. */
  readonly offsets: readonly number[];
  readonly #places: ReadonlyMap<string, PlacedNetworkParameter>;
  readonly #matrices: ReadonlyMap<string, PlacedMatrix>;

  /** @param sharer a network of the same plan whose given tables this one uses */
  constructor(kernels: Kernels, plan: NetworkPlan, sharer?: Network) {
    this.kernels = kernels;
    this.plan = plan;
    this.widths = networkWidths(plan);
    this.layout = networkLayout(plan);
    this.weights = kernels.allocate(this.layout.size);
    this.given = sharer ? sharer.given : kernels.allocate(this.layout.givenSize);
    const { tags: W } = this.widths;
    this.allowed = kernels.allocate(W * W + 2 * W);
    this.offsets = windowOffsets(plan);
    const { dense, tables, given } = this.layout;
    this.#places = new Map([...dense, ...tables, ...given].map((place) => [place.name, place]));
    this.parts = this.#placeParts();
    this.#matrices = this.#placeMatrices();
    this.#writeAllowed();
  }

  /** Returns the place of a parameter's first number within every block that has it. */
  offsetOf(name: string): number {
    return this.#placeOf(name).offset;
  }

  /** Returns the address of a parameter's weights. */
  weightsOf(name: string): Address {
    return shifted(this.weights, this.offsetOf(name));
  }

  /** Returns a matrix by the name that its parameters have as `panels`. */
  panelsOf(name: string): PlacedMatrix {
    const matrix = this.#matrices.get(name);
    if (!matrix) throw new Error(`the network has no matrix ${name}`);
    return matrix;
  }

  /** Returns the input weights of all parts at one offset of the window as one matrix. */
  inputWeights(offset: number): PlacedMatrix {
    return this.panelsOf(nameAt('input', offset));
  }

  /** The number of matrices that `packMatrix` packs. */
  get matrixCount(): number {
    return this.#matrices.size;
  }

  /** Writes all panels from the current weights. */
  pack(): void {
    for (let index = 0; index < this.matrixCount; index++) this.packMatrix(index);
  }

  /** Returns a view of all weights, valid until more memory is allocated. */
  viewWeights(): ArrayLike<number> {
    return this.kernels.memory.subarray(this.weights, this.weights + this.layout.size);
  }

  /** Copies all weights in the order of the layout, padding included. */
  copyWeights(): Float32Array {
    return Float32Array.from(this.viewWeights());
  }

  /** Sets all weights to those that `copyWeights` returned for a network of the same plan. */
  setWeights(weights: Float32Array): void {
    this.kernels.memory.set(weights, this.weights);
    this.pack();
  }

  /** Sets the rows of the given table to `numbers` (rows - 1, width); the first, of words without a vector, stays 0. */
  setVectors(numbers: Float32Array): void {
    for (const place of this.layout.given) {
      const rows = new Float32Array(sizeOf(place.shape));
      rows.set(numbers, rows.length - numbers.length);
      writeParameter(this.kernels, this.given, place, rows);
    }
  }

  /** Copies the numbers that `setVectors` set. */
  copyVectors(): Float32Array {
    const [place] = this.layout.given;
    return place ? readParameter(this.kernels, this.given, place).subarray(place.shape[1]) : new Float32Array(0);
  }

  /** Writes the panels of one matrix, given by its number from 0. */
  packMatrix(index: number): void {
    const { offset, panels, transposed, rows, columns } = at([...this.#matrices.values()], index);
    this.kernels.pack(shifted(this.weights, offset), panels, rows, columns);
    this.kernels.packTransposed(shifted(this.weights, offset), transposed, columns, rows);
  }

  /**
   * Sets all weights to the initial ones of a training, drawn parameter by parameter in their `drawOrder`, so that
   * those of a network without some part are the same as with it.
   */
  initialise(random: Random): void {
    for (const parameter of [...this.layout.dense, ...this.layout.tables].sort((a, b) => a.drawOrder - b.drawOrder))
      writeParameter(this.kernels, this.weights, parameter, initialWeights(parameter, random));
    this.pack();
  }

  /** Writes the transitions that the plan allows in the layout of the CRF's weights, whose rows are padded. */
  #writeAllowed(): void {
    const { tags: W } = this.widths;
    const { tags: K, allowed } = this.plan;
    for (let row = 0; row < K + 2; row++) {
      const target = this.allowed + (row < K ? row : row - K + W) * W;
      this.kernels.memory.set(allowed.subarray(row * K, (row + 1) * K), target);
    }
  }

  #placeParts(): PlacedPart[] {
    let column = 0;
    return partsOf(this.plan).map((part) => {
      const { offset, width } = this.#placeOf(part.rows.name);
      const block = isTrained(part) ? this.weights : this.given;
      const placed = { part, isTrained: isTrained(part), rows: shifted(block, offset), width, column };
      column += columnsOf(part);
      return placed;
    });
  }

  /** Allocates the panels of each matrix; parameters that form one matrix follow one another in the layout. */
  #placeMatrices(): Map<string, PlacedMatrix> {
    const sizes = new Map<string, { offset: number; rows: number; columns: number }>();
    for (const { panels, offset, height, width } of this.layout.dense) {
      if (panels === undefined) continue;
      const above = sizes.get(panels);
      sizes.set(panels, { offset: above?.offset ?? offset, rows: (above?.rows ?? 0) + height, columns: width });
    }
    return new Map(
      [...sizes].map(([name, size]) => {
        const n = size.rows * size.columns;
        return [name, { ...size, panels: this.kernels.allocate(n), transposed: this.kernels.allocate(n) }];
      }),
    );
  }

  #placeOf(name: string): PlacedNetworkParameter {
    const place = this.#places.get(name);
    if (!place) throw new Error(`the network has no parameter ${name}`);
    return place;
  }
}

/** Returns the initial weights of a parameter, without padding in the order of its shape. */
function initialWeights({ initial, columns, shape }: PlacedNetworkParameter, random: Random): Float32Array {
  const weights = new Float32Array(sizeOf(shape));
  if ('bound' in initial)
    for (let index = 0; index < weights.length; index++) weights[index] = (2 * random.uniform() - 1) * initial.bound;
  else
    for (let start = 0, block = 0; start < weights.length; start += columns.size, block++)
      weights.fill(at(initial.constants, block % columns.blocks), start, start + columns.size);
  return weights;
}
