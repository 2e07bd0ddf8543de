import * as z from 'zod';
import { decodeBytes, encodeBytesInPieces, encodeFloatsInPieces } from '../numerics/base64.js';
import { fromByteRows, toByteRows } from '../numerics/bytes.js';
import { damaged, decodeNumbers, storedFloats } from './checkpoint-numbers.js';
import { listOf } from './few-problems.js';

const base64 = z.union([z.string(), z.instanceof(Uint8Array)]);
const words = {
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  words: listOf(z.string(), { atLeast: 1 }),
};

/**
 * The schema of pre-trained vectors in a checkpoint: numbers of one byte with the exponent of a power of two for each word,
 * or, as earlier versions wrote them, in single precision.
 */
export const storedVectors = z.discriminatedUnion('type', [
  z.strictObject({
    ...words,
    shape: storedFloats.shape.shape,
    type: z.literal('int8'),
    exponents: base64,
    data: base64,
  }),
  z.strictObject({ ...words, ...storedFloats.shape }),
]);

type StoredVectors = z.output<typeof storedVectors>;

/** Yields the JSON of pre-trained vectors (words, width), in bytes if these hold their numbers exactly. */
export function* encodeVectors(sha256: string, words: readonly string[], numbers: Float32Array): Generator<string> {
  const shape = [words.length, numbers.length / words.length];
  const rows = toByteRows(numbers, numbers.length / words.length);
  const isExact = fromByteRows(rows).every((number, index) => number === numbers[index]);
  const head = isExact
    ? { sha256, words, shape, type: 'int8', exponents: [...encodeBytesInPieces(rows.exponents)].join(''), data: '' }
    : { sha256, words, shape, type: 'float32', data: '' };
  yield JSON.stringify(head).slice(0, -2);
  yield* isExact ? encodeBytesInPieces(rows.bytes) : encodeFloatsInPieces(numbers);
  yield '"}';
}

/**
 * Returns the numbers of stored vectors, whose shape fits their words.
 *
 * @throws {UserError} if they are damaged, exit code 3
 */
export function decodeVectors(stored: StoredVectors, source: string): Float32Array {
  const { shape } = stored;
  if (stored.type === 'float32') return decodeNumbers('vectors', shape, stored, source);
  const [rows = 0, width = 0] = shape;
  return fromByteRows({
    bytes: decodeSigned(stored.data, rows * width, source),
    exponents: decodeSigned(stored.exponents, rows, source),
  });
}

function decodeSigned(data: string | Uint8Array, count: number, source: string): Int8Array {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  try {
    bytes = decodeBytes(typeof data === 'string' ? data : new TextDecoder('latin1').decode(data));
  } catch {
    bytes = undefined;
  }
  if (bytes?.length === count) return new Int8Array(bytes.buffer, bytes.byteOffset, count);
  throw damaged(source, `vectors: expected ${count} numbers, found ${bytes?.length ?? 'no base64'}`);
}
