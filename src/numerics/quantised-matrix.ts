import { at, doubleAt, floatAt } from './at.js';
import { powerOfTwo, smallestExponent } from './bytes.js';
import { type Address, type Kernels, LARGEST_INTEGER } from './kernels.js';

/** Columns of whole numbers from -32,767 to 32,767, each with a power of two by which its numbers are multiplied. */
export interface QuantisedColumns {
  /** (rows, columns) */
  readonly integers: Int16Array;
  /** (columns), the exponents of the powers of two */
  readonly exponents: Int8Array;
}

/** A matrix that `multiplyQuantised` reads. */
export interface QuantisedMatrix {
  readonly panels: Address;
  /** (columns): the numbers by which sums are multiplied */
  readonly scales: Address;
}

/** The whole number that stands for a state of 1: states have 12 bits. */
export const STATE_FACTOR = 2047;

/** The whole number that stands for the largest column of a word: columns have 14 bits, as weights of such a matrix about have. */
export const COLUMN_FACTOR = 8191;

/**
 * Rounds each column to the nearest whole numbers, halves up, times the smallest power of two with which its largest number
 * fits into 16 bits, and the sum of its absolute values is at most `mostSum`.
 *
 * @param weights (rows, columns), finite
 */
export function quantiseColumns(
  weights: Float32Array,
  columns: number,
  mostSum = Number.POSITIVE_INFINITY,
): QuantisedColumns {
  const integers = new Int16Array(weights.length);
  const { largest, sums } = measureColumns(weights, columns);
  const rows = weights.length / columns;
  const exponents = Int8Array.from({ length: columns }, (_, column) => {
    let exponent = smallestExponent(doubleAt(largest, column), LARGEST_INTEGER);
    // Rounding lowers the sum by half of a step for each row at most: with a smaller exponent it cannot fit.
    while (doubleAt(sums, column) * powerOfTwo(-exponent) - rows / 2 > mostSum) exponent++;
    return exponent;
  });
  for (const column of exponents.keys())
    while (roundColumn(weights, column, columns, at(exponents, column), integers) > mostSum)
      exponents[column] = at(exponents, column) + 1;
  return { integers, exponents };
}

/** Returns the largest absolute value of each column, and the sum of its absolute values. */
function measureColumns(weights: Float32Array, columns: number): { largest: Float64Array; sums: Float64Array } {
  const [largest, sums] = [new Float64Array(columns), new Float64Array(columns)];
  for (let start = 0; start < weights.length; start += columns)
    for (let column = 0; column < columns; column++) {
      const size = Math.abs(floatAt(weights, start + column));
      largest[column] = Math.max(doubleAt(largest, column), size);
      sums[column] = doubleAt(sums, column) + size;
    }
  return { largest, sums };
}

/** Returns the numbers that quantised columns stand for, which single precision holds exactly. */
export function fromQuantisedColumns({ integers, exponents }: QuantisedColumns): Float32Array {
  const scales = Float64Array.from(exponents, powerOfTwo);
  const numbers = new Float32Array(integers);
  for (let start = 0; start < numbers.length; start += scales.length)
    for (let column = 0; column < scales.length; column++)
      numbers[start + column] = floatAt(numbers, start + column) * doubleAt(scales, column);
  return numbers;
}

/** Rounds one column, and returns the sum of its absolute values. */
function roundColumn(
  weights: Float32Array,
  column: number,
  columns: number,
  exponent: number,
  integers: Int16Array,
): number {
  const factor = powerOfTwo(-exponent);
  let sum = 0;
  for (let place = column; place < weights.length; place += columns) {
    const rounded = Math.round(floatAt(weights, place) * factor);
    integers[place] = rounded;
    sum += Math.abs(rounded);
  }
  return sum;
}

/** Allocates the memory of a matrix (rows, columns); both are multiples of 8. */
export function allocateQuantised(kernels: Kernels, rows: number, columns: number): QuantisedMatrix {
  return { panels: kernels.allocate((rows * columns) / 2), scales: kernels.allocate(columns) };
}
