import { roundVectors } from '../numerics/bytes.js';
import type { ParameterSpec } from '../numerics/parameters.js';
import { fromQuantisedColumns, quantiseColumns } from '../numerics/quantised-matrix.js';
import type { Network } from './network.js';

/** The types of numbers in which checkpoints store weights. */
export type WeightType = 'float32' | 'int16' | 'int8';

/**
 * Returns the type to which the weights of a finished training are rounded: rows of tables, which words name, to bytes with a
 * power of two for each row; matrices to 16 bits with a power of two for each column; biases not at all.
 */
export function roundedType({ kind }: Pick<ParameterSpec, 'kind'>): WeightType {
  if (kind === 'bias') return 'float32';
  return kind === 'matrix' ? 'int16' : 'int8';
}

/** Rounds the weights of a network as checkpoints store them. Rounded weights stay as they are. */
export function roundWeights({ kernels, weights, layout }: Network): void {
  const { memory } = kernels;
  for (const parameter of [...layout.dense, ...layout.tables]) {
    const { offset, height, width } = parameter;
    const start = weights + offset;
    const type = roundedType(parameter);
    if (type === 'float32') continue;
    const exact = Float32Array.from(memory.subarray(start, start + height * width));
    memory.set(
      type === 'int8' ? roundVectors(exact, width) : fromQuantisedColumns(quantiseColumns(exact, width)),
      start,
    );
  }
}
