import * as z from 'zod';
import { badInput } from '../errors.js';
import {
  decodeFloats,
  decodeIntegers,
  decodeSignedBytes,
  encodeBytesInPieces,
  encodeFloatsInPieces,
  encodeIntegersInPieces,
} from '../numerics/base64.js';
import { fromByteRows, toByteRows } from '../numerics/bytes.js';
import { areFinite, areWithin, LARGEST_NUMBER, type PlacedParameter, sizeOf } from '../numerics/parameters.js';
import { fromQuantisedColumns, quantiseColumns } from '../numerics/quantised-matrix.js';
import { listOf } from './few-problems.js';
import { type NetworkLayout, type PlacedNetworkParameter, parametersOf } from './layout.js';
import { roundedType, type WeightType } from './rounded-weights.js';

/** More than any parameter has. */
const MOST_DIMENSIONS = 8;

/** The number of UTF-16 units of a problem that a message shows. */
const LONGEST_PROBLEM = 600;

/** The bytes of a number of each type. */
const BYTES: Readonly<Record<WeightType, number>> = { float32: 4, int16: 2, int8: 1 };

const shape = listOf(z.int().min(0), { atMost: MOST_DIMENSIONS });
const base64 = z.union([z.string(), z.instanceof(Uint8Array)]);

/** The schema of numbers in single precision: base64 of little-endian float32, as a string or as its bytes. */
export const storedFloats = z.strictObject({ shape, type: z.literal('float32'), data: base64 });

/**
 * The schema of a parameter in a checkpoint: floats, numbers of 16 bits with the exponent of a power of two for each column, or
 * of 8 bits with one for each row.
 */
export const storedParameter = z.discriminatedUnion('type', [
  storedFloats,
  z.strictObject({ shape, type: z.literal('int16'), exponents: z.string(), data: base64 }),
  z.strictObject({ shape, type: z.literal('int8'), exponents: z.string(), data: base64 }),
]);

type StoredParameter = z.output<typeof storedParameter>;

/** Yields the JSON of a parameter: its weights are rounded ones if they were, else floats. */
export function* encodeParameter(parameter: PlacedNetworkParameter, weights: Float32Array): Generator<string> {
  const { type, exponents, data } = encodeRounded(parameter, weights) ?? {
    type: 'float32',
    exponents: undefined,
    data: encodeFloatsInPieces(weights),
  };
  yield `{"shape":${JSON.stringify(parameter.shape)},"type":"${type}",`;
  if (exponents) yield `"exponents":"${[...encodeBytesInPieces(exponents)].join('')}",`;
  yield '"data":"';
  yield* data;
  yield '"}';
}

/** Returns the type in which a parameter is stored, and its size without base64, in bytes. */
export function storedSize(
  parameter: PlacedNetworkParameter,
  weights: Float32Array,
): { readonly type: WeightType; readonly bytes: number } {
  const { type, exponents } = encodeRounded(parameter, weights) ?? { type: 'float32', exponents: [] };
  return { type, bytes: weights.length * BYTES[type] + exponents.length };
}

/** Returns undefined if the type to which weights are rounded does not hold these exactly. */
function encodeRounded(parameter: PlacedNetworkParameter, weights: Float32Array) {
  const type = roundedType(parameter);
  const columns = parameter.shape[1] ?? 1;
  if (type === 'float32') return undefined;
  if (type === 'int8') {
    const rows = toByteRows(weights, columns);
    const isExact = isSame(fromByteRows(rows), weights);
    return isExact ? { type, exponents: rows.exponents, data: encodeBytesInPieces(rows.bytes) } : undefined;
  }
  const rounded = quantiseColumns(weights, columns);
  const isExact = isSame(fromQuantisedColumns(rounded), weights);
  return isExact ? { type, exponents: rounded.exponents, data: encodeIntegersInPieces(rounded.integers) } : undefined;
}

function isSame(some: Float32Array, others: Float32Array): boolean {
  for (let index = 0; index < others.length; index++) if (!Object.is(some[index], others[index])) return false;
  return true;
}

/**
 * Checks the names, the shapes and the lengths of the stored numbers against a layout.
 *
 * @throws {UserError} if they do not fit, exit code 3
 */
export function checkShapes(
  layout: NetworkLayout,
  stored: Readonly<Record<string, StoredParameter>>,
  source: string,
): void {
  const parameters = parametersOf(layout);
  const known = new Set(parameters.map(({ name }) => name));
  for (const name of Object.keys(stored)) {
    if (!known.has(name)) throw damaged(source, `it has a parameter ${name} that its network does not have`);
  }
  for (const { name, shape } of parameters) {
    const found = stored[name];
    if (!found) throw damaged(source, `parameter ${name} is missing`);
    if (found.shape.join() !== shape.join())
      throw damaged(source, `parameter ${name}: expected shape [${shape}] by its settings, found [${found.shape}]`);
    if (found.data.length !== base64Length(sizeOf(shape) * BYTES[found.type]))
      decodeNumbers(`parameter ${name}`, shape, found, source);
  }
}

function base64Length(bytes: number): number {
  return 4 * Math.ceil(bytes / 3);
}

/** Decodes the numbers of each parameter, which `checkShapes` has checked; throws a `UserError` if they are not finite or too large. */
export function decodeParameters(
  layout: NetworkLayout,
  stored: Readonly<Record<string, StoredParameter>>,
  source: string,
): Map<PlacedParameter, Float32Array> {
  return new Map(
    parametersOf(layout).map((parameter) => {
      const { name, shape } = parameter;
      return [parameter, decodeNumbers(`parameter ${name}`, shape, stored[name], source)];
    }),
  );
}

/** Decodes numbers; throws a `UserError` if they do not fit the shape, are not all finite or are beyond ±1e15. */
export function decodeNumbers(
  name: string,
  shape: readonly number[],
  stored: StoredParameter | undefined,
  source: string,
): Float32Array {
  const numbers = stored && decodeStored(name, shape, stored, source);
  const size = sizeOf(shape);
  if (numbers?.length !== size)
    throw damaged(
      source,
      `${name}: expected ${size} numbers for shape [${shape}], found ${numbers?.length ?? 'no base64'}`,
    );
  if (areWithin(numbers, LARGEST_NUMBER)) return numbers;
  if (!areFinite(numbers)) throw damaged(source, `${name} holds numbers that are not finite (NaN or infinite)`);
  throw damaged(source, `${name} holds numbers beyond ±1e15, which no training gives`);
}

/** Decodes numbers of any type; returns undefined if they are no base64, and the wrong number of them if they do not fit the shape. */
function decodeStored(
  name: string,
  [rows = 0, columns = 1]: readonly number[],
  stored: StoredParameter,
  source: string,
): Float32Array | undefined {
  if (stored.type === 'float32') return decodeFloats(stored.data);
  const count = stored.type === 'int8' ? rows : columns;
  const exponents = decodeSignedBytes(stored.exponents);
  if (exponents?.length !== count)
    throw damaged(source, `${name}: expected ${count} exponents, found ${exponents?.length ?? 'no base64'}`);
  const integers = stored.type === 'int8' ? decodeSignedBytes(stored.data) : decodeIntegers(stored.data);
  if (integers?.length !== rows * columns) return integers && new Float32Array(integers);
  return integers instanceof Int8Array
    ? fromByteRows({ bytes: integers, exponents })
    : fromQuantisedColumns({ integers, exponents });
}

/** Creates an error that says what is wrong with a checkpoint; what is long is cut. */
export function damaged(source: string, what: string): Error {
  const told = what.length > LONGEST_PROBLEM ? `${what.slice(0, LONGEST_PROBLEM)} …` : what;
  return badInput(`${source}: damaged checkpoint: ${told}`, 'train it again, or take a copy that is whole');
}
