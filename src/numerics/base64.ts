import { at } from './at.js';

/** The number of numbers in a piece of text: their bytes are whole groups of three, so that pieces join without padding. */
const PIECE = 12_288;

/** The largest number of arguments of a call, which engines limit; a multiple of four, as the length of base64 is. */
const ARGUMENTS = 0x4000;

const EQUALS_SIGN = 0x3d;

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Encodes all bytes of a buffer as base64, in Node and in browsers. */
export function encodeBytes(bytes: Uint8Array<ArrayBuffer>): string {
  const { Buffer } = globalThis as { readonly Buffer?: typeof globalThis.Buffer };
  if (Buffer) return Buffer.from(bytes.buffer).toString('base64');
  let binary = '';
  for (let start = 0; start < bytes.length; start += ARGUMENTS)
    binary += String.fromCharCode(...bytes.subarray(start, start + ARGUMENTS));
  return btoa(binary);
}

/** Encodes bytes as base64, piece by piece. */
export function* encodeBytesInPieces(bytes: Int8Array): Generator<string> {
  for (let start = 0; start < bytes.length; start += 4 * PIECE)
    yield encodeBytes(new Uint8Array(bytes.slice(start, start + 4 * PIECE).buffer));
}

/**
 * Decodes a base64 text, in Node and in browsers.
 *
 * @throws {DOMException} if the text is not base64
 */
export function decodeBytes(text: string): Uint8Array<ArrayBuffer> {
  return decodeByBuffer(text) ?? decodeByCharacters(text);
}

/** The length of the pieces that Node decodes; also a multiple of four. */
const DECODED_PIECE = 0x100000;

/** Decodes the bytes of a base64 text as `decodeBytes` does, a piece at a time, so that they need not become one string. */
function decodeTextBytes(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const padding = text.at(-2) === EQUALS_SIGN ? 2 : text.at(-1) === EQUALS_SIGN ? 1 : 0;
  const bytes = new Uint8Array(Math.max(0, Math.floor(text.length / 4) * 3 - padding));
  let length = 0;
  const piece = 'Buffer' in globalThis ? DECODED_PIECE : ARGUMENTS;
  for (let start = 0; start < text.length; start += piece) {
    const decoded = decodeBytes(characters(text.subarray(start, start + piece)));
    if (length + decoded.length > bytes.length) throw new RangeError('not base64');
    bytes.set(decoded, length);
    length += decoded.length;
  }
  if (length < bytes.length) throw new RangeError('not base64');
  return bytes;
}

function characters(bytes: Uint8Array): string {
  const { Buffer } = globalThis as { readonly Buffer?: typeof globalThis.Buffer };
  if (!Buffer) return String.fromCharCode(...bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** Decodes with Node's `Buffer`, many times faster; returns undefined without it, or if the text is not plain base64. */
function decodeByBuffer(text: string): Uint8Array<ArrayBuffer> | undefined {
  const { Buffer } = globalThis as { readonly Buffer?: typeof globalThis.Buffer };
  if (!Buffer || text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  // `write` skips characters that are not base64, and then writes fewer bytes than the text's length promises.
  const written = Buffer.from(bytes.buffer).write(text, 'base64');
  return written === bytes.length ? bytes : undefined;
}

function decodeByCharacters(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Encodes numbers as base64 of float32 in little-endian order, on any machine. */
export function encodeFloats(numbers: ArrayLike<number>): string {
  return [...encodeFloatsInPieces(numbers)].join('');
}

/** Encodes as `encodeFloats` does, piece by piece, so that the whole text need not be in memory. */
export function* encodeFloatsInPieces(numbers: ArrayLike<number>): Generator<string> {
  for (let start = 0; start < numbers.length; start += PIECE) {
    const count = Math.min(PIECE, numbers.length - start);
    const bytes = new DataView(new ArrayBuffer(count * 4));
    for (let index = 0; index < count; index++) bytes.setFloat32(index * 4, at(numbers, start + index), true);
    yield encodeBytes(new Uint8Array(bytes.buffer));
  }
}

/** Encodes whole numbers of 16 bits as base64 in little-endian order, on any machine, piece by piece. */
export function* encodeIntegersInPieces(integers: Int16Array): Generator<string> {
  for (let start = 0; start < integers.length; start += PIECE) {
    const count = Math.min(PIECE, integers.length - start);
    const bytes = new DataView(new ArrayBuffer(count * 2));
    for (let index = 0; index < count; index++) bytes.setInt16(index * 2, at(integers, start + index), true);
    yield encodeBytes(new Uint8Array(bytes.buffer));
  }
}

/**
 * Decodes what `encodeBytesInPieces` made.
 *
 * @param text the text or its bytes
 * @returns undefined if the text is not base64
 */
export function decodeSignedBytes(text: string | Uint8Array): Int8Array | undefined {
  const bytes = decodeAny(text);
  return bytes && new Int8Array(bytes.buffer);
}

/**
 * Decodes what `encodeIntegersInPieces` made.
 *
 * @param text the text or its bytes
 * @returns undefined if the text is not base64, or its bytes are not groups of two
 */
export function decodeIntegers(text: string | Uint8Array): Int16Array | undefined {
  const bytes = decodeAny(text);
  if (!bytes || bytes.length % 2 !== 0) return undefined;
  if (IS_LITTLE_ENDIAN) return new Int16Array(bytes.buffer);
  const view = new DataView(bytes.buffer);
  return Int16Array.from({ length: bytes.length / 2 }, (_, index) => view.getInt16(index * 2, true));
}

/**
 * Decodes what `encodeFloats` made.
 *
 * @param text the text or its bytes
 * @returns undefined if the text is not base64, or its bytes are not groups of four
 */
export function decodeFloats(text: string | Uint8Array): Float32Array | undefined {
  const bytes = decodeAny(text);
  if (!bytes || bytes.length % 4 !== 0) return undefined;
  if (IS_LITTLE_ENDIAN) return new Float32Array(bytes.buffer);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
}

/** Returns undefined if the text is not base64. */
function decodeAny(text: string | Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  try {
    return typeof text === 'string' ? decodeBytes(text) : decodeTextBytes(text);
  } catch {
    return undefined;
  }
}
