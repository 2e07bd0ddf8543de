import type { PackedMatrix } from '../layers/dense.js';
import type { OneHotTable } from '../layers/one-hot.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import {
  type ParameterLayout,
  type PlacedParameter,
  readParameter,
  sizeOf,
  writeParameter,
} from '../numerics/parameters.js';
import type { Random } from '../numerics/random.js';
import { drawWeights } from './initial-weights.js';
import { type NetworkWidths, networkLayout, networkWidths } from './layout.js';
import {
  cellOf,
  directionsOf,
  inputName,
  layerPrefix,
  listWideTables,
  type NetworkPlan,
  oneHotFeatures,
  READINGS,
  readingName,
  wideOffsets,
  windowOffsets,
} from './plan.js';

interface MatrixPlace extends PackedMatrix {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

/** A table whose rows are added to the logits of the tokens that see the word at one wide offset. */
export interface WideTable extends Omit<OneHotTable, 'column'> {
  /** Number of the offset. */
  readonly place: number;
}

/** A table of letters; the last states of its readings fill columns, one reading after the other. */
export interface LetterTable extends OneHotTable {
  /** How many letters of a word are read each way. */
  readonly letters: number;
}

/** A network's weights in memory, and the panels that products read, which `pack` makes from them. */
export class Network {
  readonly kernels: Kernels;
  readonly plan: NetworkPlan;
  readonly widths: NetworkWidths;
  readonly layout: ParameterLayout;
  /** Of the block of weights. */
  readonly weights: Address;
  /** Of the block of what is given and not trained. */
  readonly given: Address;
  /** (W² + 2W): 1 where decoding may go from tag to tag, start and end; 0 behind K. */
  readonly allowed: Address;
  /** Where the trained tables lie whose rows meet the recurrence, and the columns that these fill. */
  readonly tables: readonly OneHotTable[];
  /** The same of the table that is given, if there is one. */
  readonly givenTables: readonly OneHotTable[];
  /** The same of the table of letters, if there is one. */
  readonly letterTables: readonly LetterTable[];
  /** Where the tables lie whose rows are added to the logits. */
  readonly wideTables: readonly WideTable[];
  /** Where the tokens stand whose rows the recurrence sees from a token; 0, itself, first. */
  readonly offsets: readonly number[];
  /** The same for all whose rows are looked at; the recurrence's, or the wide ones, are the first of them. */
  readonly seenOffsets: readonly number[];
  readonly #places: ReadonlyMap<string, PlacedParameter>;
  readonly #matrices = new Map<string, MatrixPlace>();

  /** @param sharer a network of the same plan, which has what is given */
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
    const wide = wideOffsets(plan);
    this.seenOffsets = wide.length > this.offsets.length ? wide : this.offsets;
    this.tables = this.#placeTables();
    this.givenTables = this.layout.given.map(({ offset, width }) => {
      return { table: this.given + offset, width, feature: plan.features.length - 1, column: this.widths.trainedInput };
    });
    this.wideTables = this.#placeWideTables();
    this.letterTables = this.#placeLetterTables();
    this.#places = new Map([...this.layout.dense, ...this.layout.tables].map((place) => [place.name, place]));
    const { input, recurrence, states, tags, H } = this.widths;
    if (plan.input === 'concatenate') {
      for (const offset of this.offsets)
        this.#addMatrix(inputName(offset), inputName(offset, plan.features[0]?.name), input, recurrence);
    }
    for (const { width } of this.letterTables)
      for (const reading of READINGS)
        this.#addMatrix(readingName(reading), `${readingName(reading)}.weights`, width, width);
    for (let layer = 0; layer < plan.layers; layer++) {
      const prefix = layerPrefix(layer);
      if (layer > 0) this.#addMatrix(`${prefix}input`, `${prefix}input.weights`, states, recurrence);
      for (const direction of directionsOf(plan)) {
        for (const { name, gates } of cellOf(plan).matrices) {
          const parameter = `${prefix}${direction}.${name}`;
          this.#addMatrix(parameter, parameter, H, gates.length * H);
        }
      }
    }
    this.#addMatrix('output', 'output.weights', states, tags);
    this.#writeAllowed();
  }

  /** Where a parameter begins within every block of this layout. */
  offsetOf(name: string): number {
    return this.#placeOf(name).offset;
  }

  /** Where a parameter's weights begin. */
  weightsOf(name: string): Address {
    return this.weights + this.offsetOf(name);
  }

  panelsOf(name: string): PackedMatrix {
    return this.#matrices.get(name) as MatrixPlace;
  }

  /** The input weights of one offset of the window. */
  inputPanels(offset: number): PackedMatrix {
    return this.panelsOf(inputName(offset));
  }

  /** Number of matrices that have panels. */
  get matrixCount(): number {
    return this.#matrices.size;
  }

  /** Makes all panels from the weights, as they now are. */
  pack(): void {
    for (let index = 0; index < this.matrixCount; index++) this.packMatrix(index);
  }

  /** All weights where they lie in memory, for as long as nothing takes more of it. */
  viewWeights(): ArrayLike<number> {
    return this.kernels.memory.subarray(this.weights, this.weights + this.layout.size);
  }

  /** A copy of all weights, as they lie in memory. */
  copyWeights(): Float32Array {
    return Float32Array.from(this.viewWeights());
  }

  /** Sets all weights to what `copyWeights` of a network of the same plan gave. */
  setWeights(weights: Float32Array): void {
    this.kernels.memory.set(weights, this.weights);
    this.pack();
  }

  /**
   * Sets the rows of the given table, but its first: that of words without a vector stays 0.
   *
   * @param numbers (rows - 1, width)
   */
  setVectors(numbers: Float32Array): void {
    for (const place of this.layout.given) {
      const rows = new Float32Array(sizeOf(place.shape));
      rows.set(numbers, rows.length - numbers.length);
      writeParameter(this.kernels, this.given, place, rows);
    }
  }

  /** What `setVectors` set. */
  copyVectors(): Float32Array {
    const [place] = this.layout.given;
    return place ? readParameter(this.kernels, this.given, place).subarray(place.shape[1]) : new Float32Array(0);
  }

  /** Makes the panels of one matrix, by its number from 0. */
  packMatrix(index: number): void {
    const { offset, panels, transposed, rows, columns } = [...this.#matrices.values()][index] as MatrixPlace;
    this.kernels.pack(this.weights + offset, panels, rows, columns);
    this.kernels.packTransposed(this.weights + offset, transposed, columns, rows);
  }

  /** Sets all weights to what chance draws for the beginning of a training. */
  initialise(random: Random): void {
    for (const [parameter, weights] of drawWeights(this.layout, this.plan, random))
      writeParameter(this.kernels, this.weights, parameter, weights);
    this.pack();
  }

  /** Lays what the plan allows out as the weights of the CRF lie, whose rows are padded. */
  #writeAllowed(): void {
    const { tags: W } = this.widths;
    const { tags: K, allowed } = this.plan;
    for (let row = 0; row < K + 2; row++) {
      const target = this.allowed + (row < K ? row : row - K + W) * W;
      for (let column = 0; column < K; column++)
        this.kernels.memory[target + column] = allowed[row * K + column] as number;
    }
  }

  #placeTables(): OneHotTable[] {
    let column = 0;
    const trained = this.layout.tables.slice(0, oneHotFeatures(this.plan).length);
    return trained.map(({ offset, width }, feature) => {
      const placed = { table: this.weights + offset, width, feature, column };
      if (this.plan.input === 'concatenate') column += width;
      return placed;
    });
  }

  #placeWideTables(): WideTable[] {
    const placed = this.layout.tables.slice(this.tables.length);
    return listWideTables(this.plan).map(({ feature, place }, index) => {
      const { offset } = placed[index] as PlacedParameter;
      return { table: this.weights + offset, width: this.widths.tags, feature, place };
    });
  }

  #placeLetterTables(): LetterTable[] {
    const placed = this.layout.tables.slice(this.tables.length + this.wideTables.length);
    const feature = this.tables.length;
    const { letters = 0 } = this.plan.features[feature] ?? {};
    return placed.map(({ offset, width }) => {
      const column = this.widths.trainedInput - READINGS.length * width;
      return { table: this.weights + offset, width, feature, column, letters };
    });
  }

  #addMatrix(name: string, parameter: string, rows: number, columns: number): void {
    const panels = this.kernels.allocate(rows * columns);
    const transposed = this.kernels.allocate(rows * columns);
    this.#matrices.set(name, { offset: this.offsetOf(parameter), panels, transposed, rows, columns });
  }

  #placeOf(name: string): PlacedParameter {
    const place = this.#places.get(name);
    if (!place) throw new Error(`the network has no parameter ${name}`);
    return place;
  }
}
