import { shifted } from '../numerics/kernels.js';
import type { ParameterSpec } from '../numerics/parameters.js';
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

/** The binary digits after its first that the largest number of a row or column has, in bytes and in 16 bits. */
const DIGITS = { int8: 6, int16: 14 } as const;

/** Rounds the weights of a network as checkpoints store them. Rounded weights stay as they are. */
export function roundWeights({ kernels, weights, layout }: Network): void {
  for (const parameter of [...layout.dense, ...layout.tables]) {
    const { offset, height, width } = parameter;
    const start = shifted(weights, offset);
    const type = roundedType(parameter);
    if (type === 'int8') kernels.roundRows(start, height, width, DIGITS.int8);
    if (type === 'int16') kernels.roundColumns(start, height, width, DIGITS.int16);
  }
}
