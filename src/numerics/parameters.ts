import { floatAt } from './at.js';
import { type Address, type Kernels, PANEL } from './kernels.js';

/** The largest weight with which no sum of products overflows; far beyond what training gives. */
export const LARGEST_NUMBER = 1e15;

/** One side of a matrix: a number of blocks (gates, directions) of the same size, each padded separately. */
export interface Side {
  readonly blocks: number;
  readonly size: number;
}

/**
 * The weights that one part of the network needs. The number of a table's rows, which are looked up one by one, is not
 * padded; a bias is one row; a table of the kind `given` is not trained.
 */
export interface ParameterSpec {
  readonly name: string;
  readonly kind: 'matrix' | 'bias' | 'table' | 'given';
  /** The shape without padding, as checkpoints have it. */
  readonly shape: readonly number[];
  readonly rows: Side;
  readonly columns: Side;
}

/** The place of a parameter in every block of its layout. */
export type PlacedParameter<Spec extends ParameterSpec = ParameterSpec> = Spec & {
  /** Numbers from the beginning of the block. */
  readonly offset: number;
  /** Number of rows, with padding. */
  readonly height: number;
  /** Number of columns, with padding. */
  readonly width: number;
};

/**
 * The places of weights (or of their moments or averages) in one flat block: matrices and biases, then tables. Given
 * tables, which are not trained, lie in a block of their own.
 */
export interface ParameterLayout<Spec extends ParameterSpec = ParameterSpec> {
  readonly dense: readonly PlacedParameter<Spec>[];
  readonly tables: readonly PlacedParameter<Spec>[];
  readonly given: readonly PlacedParameter<Spec>[];
  /** Size of the dense part, which comes first. */
  readonly denseSize: number;
  /** Size of the whole block. */
  readonly size: number;
  /** Size of the block of given tables. */
  readonly givenSize: number;
  /** Number of trained weights, without padding. */
  readonly count: number;
}

/** Returns a size rounded up to a multiple of the width of a panel, in which a product reads its second factor. */
export function padded(size: number): number {
  return Math.ceil(size / PANEL) * PANEL;
}

/** Creates a side. */
export function side(size: number, blocks = 1): Side {
  return { blocks, size };
}

/** Returns the product of a shape's dimensions. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** Returns the length of a side, padding included. */
export function extent({ blocks, size }: Side): number {
  return blocks * padded(size);
}

/** Lays parameters out in the given order, but tables after all others. */
export function layOutParameters<Spec extends ParameterSpec>(specs: readonly Spec[]): ParameterLayout<Spec> {
  let offset = 0;
  const place = (spec: Spec): PlacedParameter<Spec> => {
    const width = extent(spec.columns);
    const height = spec.kind === 'matrix' ? extent(spec.rows) : spec.rows.size;
    const placed = { ...spec, offset, height, width };
    offset += height * width;
    return placed;
  };
  const dense = specs.filter(({ kind }) => kind === 'matrix' || kind === 'bias').map(place);
  const denseSize = offset;
  const tables = specs.filter(({ kind }) => kind === 'table').map(place);
  const size = offset;
  offset = 0;
  const given = specs.filter(({ kind }) => kind === 'given').map(place);
  const count = [...dense, ...tables].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return { dense, tables, given, denseSize, size, givenSize: offset, count };
}

/** Yields the places of a parameter's weights within its block in the order of its shape, without the padding. */
export function* placesOf(parameter: PlacedParameter): Generator<number> {
  const { size } = parameter.columns;
  for (const start of runsOf(parameter)) for (let column = 0; column < size; column++) yield start + column;
}

/** Returns the beginnings of the runs of weights between which padding lies, each as long as a block of columns. */
function runsOf({ kind, rows, columns, offset, width }: PlacedParameter): Int32Array {
  const rowStep = kind === 'matrix' ? padded(rows.size) : rows.size;
  const runs = new Int32Array(rows.blocks * rows.size * columns.blocks);
  let index = 0;
  for (let rowBlock = 0; rowBlock < rows.blocks; rowBlock++) {
    for (let row = 0; row < rows.size; row++) {
      const start = offset + (rowBlock * rowStep + row) * width;
      for (let block = 0; block < columns.blocks; block++) runs[index++] = start + block * padded(columns.size);
    }
  }
  return runs;
}

/** Copies a parameter's weights without padding, in the order of its shape. */
export function readParameter(kernels: Kernels, block: Address, parameter: PlacedParameter): Float32Array {
  const { memory } = kernels;
  const { size } = parameter.columns;
  const weights = new Float32Array(sizeOf(parameter.shape));
  let index = 0;
  for (const start of runsOf(parameter)) {
    weights.set(memory.subarray(block + start, block + start + size), index);
    index += size;
  }
  return weights;
}

/**
 * Returns a parameter's weights without padding, in the order of its shape: a view of memory, not a copy, if no padding
 * lies between them. Read it at once; it changes with the memory.
 */
export function viewParameter(kernels: Kernels, block: Address, parameter: PlacedParameter): Float32Array {
  const { offset, height, width } = parameter;
  const start = block + offset;
  const { memory } = kernels;
  const isWhole = isWithoutPadding(parameter) && memory instanceof Float32Array;
  return isWhole ? memory.subarray(start, start + height * width) : readParameter(kernels, block, parameter);
}

/**
 * Sets a parameter's weights.
 *
 * @param weights without padding, in the order of the parameter's shape
 */
export function writeParameter(
  kernels: Kernels,
  block: Address,
  parameter: PlacedParameter,
  weights: ArrayLike<number>,
): void {
  const { memory } = kernels;
  const { size } = parameter.columns;
  const numbers = weights instanceof Float32Array ? weights : Float64Array.from(weights);
  if (isWithoutPadding(parameter)) {
    memory.set(numbers, block + parameter.offset);
    return;
  }
  let index = 0;
  for (const start of runsOf(parameter)) {
    memory.set(numbers.subarray(index, index + size), block + start);
    index += size;
  }
}

function isWithoutPadding({ height, width, shape }: PlacedParameter): boolean {
  return height * width === sizeOf(shape);
}

/** Tells whether all numbers are between -bound and bound, and so finite. */
export function areWithin(numbers: Float32Array, bound: number): boolean {
  for (let index = 0; index < numbers.length; index++) if (!(Math.abs(floatAt(numbers, index)) <= bound)) return false;
  return true;
}

/** Tells whether none of the numbers is infinite or NaN. */
export function areFinite(numbers: Float32Array): boolean {
  for (let index = 0; index < numbers.length; index++) if (!Number.isFinite(numbers[index])) return false;
  return true;
}
