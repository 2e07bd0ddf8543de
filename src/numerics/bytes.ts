import { doubleAt, floatAt } from './at.js';

/** Rows of numbers in one byte each, with a power of two for each row by which they are multiplied. */
export interface ByteRows {
  /** (rows, width) */
  readonly bytes: Int8Array;
  /** (rows), the exponents of the powers of two */
  readonly exponents: Int8Array;
}

/** The largest number of a byte; the smallest is its negative. */
const LARGEST = 127;

/** The powers of two are known for exponents from -128, the lowest of a byte, to its negative. */
const FARTHEST_EXPONENT = 128;
const POWERS = new Float64Array(2 * FARTHEST_EXPONENT + 1);
POWERS[FARTHEST_EXPONENT] = 1;
for (let exponent = 1; exponent <= FARTHEST_EXPONENT; exponent++) {
  POWERS[FARTHEST_EXPONENT + exponent] = 2 * powerOfTwo(exponent - 1);
  POWERS[FARTHEST_EXPONENT - exponent] = powerOfTwo(1 - exponent) / 2;
}

/** The smallest power of two that is normal in single precision is 2 to the power of this. */
const LOWEST_EXPONENT = -126;

/**
 * Rounds each row to whole numbers from -127 to 127, times the smallest power of two with which its largest number fits.
 * Rounded rows come back as they are.
 *
 * @param numbers (rows, width), finite
 */
export function toByteRows(numbers: Float32Array, width: number): ByteRows {
  const rows = width === 0 ? 0 : numbers.length / width;
  const bytes = new Int8Array(numbers.length);
  const exponents = new Int8Array(rows);
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * width;
    let largest = 0;
    for (let place = row * width; place < end; place++) largest = Math.max(largest, Math.abs(floatAt(numbers, place)));
    const exponent = smallestExponent(largest, LARGEST);
    const scale = powerOfTwo(-exponent);
    exponents[row] = exponent;
    for (let place = row * width; place < end; place++) bytes[place] = Math.round(floatAt(numbers, place) * scale);
  }
  return { bytes, exponents };
}

/** Returns the numbers that rows of bytes stand for, which single precision holds exactly. */
export function fromByteRows({ bytes, exponents }: ByteRows): Float32Array {
  const numbers = new Float32Array(bytes);
  const width = exponents.length === 0 ? 0 : bytes.length / exponents.length;
  for (let row = 0; row < exponents.length; row++) {
    const scale = powerOfTwo(exponents[row] ?? 0);
    for (let index = row * width; index < (row + 1) * width; index++) numbers[index] = floatAt(numbers, index) * scale;
  }
  return numbers;
}

/** Returns the numbers as rows of bytes hold them. */
export function roundVectors(numbers: Float32Array, width: number): Float32Array {
  return fromByteRows(toByteRows(numbers, width));
}

/**
 * Returns the smallest exponent from -126 on with which a number, divided by the power of two, rounds to at most `most`, and 0
 * for a number that becomes 0 even so.
 *
 * @param most a power of two less 1
 */
export function smallestExponent(largest: number, most: number): number {
  if (Math.round(largest * powerOfTwo(-LOWEST_EXPONENT)) === 0) return 0;
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, largest);
  // The bits hold the exponent with which the number is at least 1 and below 2; the number is to have as many digits as `most`.
  const digits = 31 - Math.clz32(most);
  const exponent = Math.max(LOWEST_EXPONENT, ((bits.getUint32(0) >>> 23) & 0xff) - 127 - digits);
  return Math.round(largest * powerOfTwo(-exponent)) > most ? exponent + 1 : exponent;
}

/** Returns 2 to the power of a whole number from -128 to 128, exactly. */
export function powerOfTwo(exponent: number): number {
  return doubleAt(POWERS, exponent + FARTHEST_EXPONENT);
}
