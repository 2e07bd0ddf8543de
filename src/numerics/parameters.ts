import type { Address, Kernels } from './kernels.js';

/** Panels are eight numbers wide, so that a matrix's columns, which others multiply, are padded to eights. */
const PADDING = 8;

/** A side of a matrix: as many blocks (gates, directions) of as many numbers, each padded by itself. */
export interface Side {
  readonly blocks: number;
  readonly size: number;
}

/**
 * Weights of one purpose. A table's rows are looked up one by one, and are not padded; a bias is one row; a given table
 * is not trained.
 */
export interface ParameterSpec {
  readonly name: string;
  readonly kind: 'matrix' | 'bias' | 'table' | 'given';
  /** The shape that people and checkpoints see, without padding. */
  readonly shape: readonly number[];
  readonly rows: Side;
  readonly columns: Side;
}

/** Where a parameter lies in every block of its layout. */
export type PlacedParameter<Spec extends ParameterSpec = ParameterSpec> = Spec & {
  /** From the beginning of the block. */
  readonly offset: number;
  /** With padding. */
  readonly height: number;
  /** With padding. */
  readonly width: number;
};

/**
 * How weights (or their moments, or averages) lie in one flat block: matrices and biases, then tables. What is given and
 * not trained lies in another block.
 */
export interface ParameterLayout<Spec extends ParameterSpec = ParameterSpec> {
  readonly dense: readonly PlacedParameter<Spec>[];
  readonly tables: readonly PlacedParameter<Spec>[];
  readonly given: readonly PlacedParameter<Spec>[];
  /** Numbers of the dense part, which comes first. */
  readonly denseSize: number;
  /** Numbers of the whole block. */
  readonly size: number;
  /** Numbers of the block of what is given. */
  readonly givenSize: number;
  /** Number of trained weights, without padding. */
  readonly count: number;
}

/** Rounded up to whole vectors. */
export function padded(size: number): number {
  return Math.ceil(size / PADDING) * PADDING;
}

/** A side of one block. */
export function side(size: number, blocks = 1): Side {
  return { blocks, size };
}

/** Product of a shape's dimensions. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** The numbers of a side, padding included. */
export function extent({ blocks, size }: Side): number {
  return blocks * padded(size);
}

/** Lays parameters out in the order in which they are given, but tables last. */
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

/** The places of a parameter's weights within its block, in the order of its shape, padding left out. */
export function* placesOf(parameter: PlacedParameter): Generator<number> {
  const { size } = parameter.columns;
  for (const start of runsOf(parameter)) for (let column = 0; column < size; column++) yield start + column;
}

/** Where the runs of weights begin that no padding parts, each as long as a block of columns. */
function* runsOf({ kind, rows, columns, offset, width }: PlacedParameter): Generator<number> {
  const rowStep = kind === 'matrix' ? padded(rows.size) : rows.size;
  for (let rowBlock = 0; rowBlock < rows.blocks; rowBlock++) {
    for (let row = 0; row < rows.size; row++) {
      const start = offset + (rowBlock * rowStep + row) * width;
      for (let block = 0; block < columns.blocks; block++) yield start + block * padded(columns.size);
    }
  }
}

/** A parameter's weights without padding, in the order of its shape. */
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

/** The same without a copy where the weights lie side by side: to be read at once, not kept. */
export function viewParameter(kernels: Kernels, block: Address, parameter: PlacedParameter): Float32Array {
  const { offset, height, width, shape } = parameter;
  const start = block + offset;
  const { memory } = kernels;
  const isWhole = height * width === sizeOf(shape) && memory instanceof Float32Array;
  return isWhole ? memory.subarray(start, start + height * width) : readParameter(kernels, block, parameter);
}

/** Sets a parameter's weights, given without padding in the order of its shape. */
export function writeParameter(
  kernels: Kernels,
  block: Address,
  parameter: PlacedParameter,
  weights: ArrayLike<number>,
): void {
  const { memory } = kernels;
  const { size } = parameter.columns;
  const numbers = weights instanceof Float32Array ? weights : Float64Array.from(weights);
  let index = 0;
  for (const start of runsOf(parameter)) {
    memory.set(numbers.subarray(index, index + size), block + start);
    index += size;
  }
}

/** Whether none of the numbers is infinite or NaN. */
export function areFinite(numbers: Float32Array): boolean {
  for (let index = 0; index < numbers.length; index++) if (!Number.isFinite(numbers[index])) return false;
  return true;
}
