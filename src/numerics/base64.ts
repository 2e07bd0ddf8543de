/** Numbers that become one piece of text: their bytes are whole groups of three, so that pieces join without padding. */
const PIECE = 12_288;

/** What one call is given; engines bound it. A multiple of four, as base64 is. */
const ARGUMENTS = 0x4000;

const PADDING = 0x3d;

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function encodeBytes(bytes: Uint8Array<ArrayBuffer>): string {
  const { Buffer } = globalThis as { readonly Buffer?: typeof globalThis.Buffer };
  if (Buffer) return Buffer.from(bytes.buffer).toString('base64');
  let binary = '';
  for (let start = 0; start < bytes.length; start += ARGUMENTS)
    binary += String.fromCharCode(...bytes.subarray(start, start + ARGUMENTS));
  return btoa(binary);
}

/**
 * The bytes of a base64 text, in Node and in the browser.
 *
 * @throws DOMException where the text is no base64
 */
export function decodeBytes(text: string): Uint8Array<ArrayBuffer> {
  return decodeByBuffer(text) ?? decodeByCharacters(text);
}

/** The same of the text's bytes, a piece at a time, so that it need not become one long string. */
function decodeTextBytes(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const padding = text.at(-2) === PADDING ? 2 : text.at(-1) === PADDING ? 1 : 0;
  const bytes = new Uint8Array(Math.max(0, Math.floor(text.length / 4) * 3 - padding));
  let length = 0;
  for (let start = 0; start < text.length; start += ARGUMENTS) {
    const decoded = decodeBytes(characters(text.subarray(start, start + ARGUMENTS)));
    if (length + decoded.length > bytes.length) throw new RangeError('no base64');
    bytes.set(decoded, length);
    length += decoded.length;
  }
  if (length < bytes.length) throw new RangeError('no base64');
  return bytes;
}

function characters(bytes: Uint8Array): string {
  const { Buffer } = globalThis as { readonly Buffer?: typeof globalThis.Buffer };
  if (!Buffer) return String.fromCharCode(...bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** With what Node has, many times faster; undefined where it is missing, or the text is not all plain base64. */
function decodeByBuffer(text: string): Uint8Array<ArrayBuffer> | undefined {
  const { Buffer } = globalThis as { readonly Buffer?: typeof globalThis.Buffer };
  if (!Buffer || text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  // It leaves out what is no base64, and then writes less than the text's length promises.
  const written = Buffer.from(bytes.buffer).write(text, 'base64');
  return written === bytes.length ? bytes : undefined;
}

function decodeByCharacters(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Base64 of float32 numbers in little-endian order, on any machine. */
export function encodeFloats(numbers: ArrayLike<number>): string {
  return [...encodeFloatsInPieces(numbers)].join('');
}

/** The same piece by piece, so that the text of many numbers need not be in memory whole. */
export function* encodeFloatsInPieces(numbers: ArrayLike<number>): Generator<string> {
  for (let start = 0; start < numbers.length; start += PIECE) {
    const count = Math.min(PIECE, numbers.length - start);
    const bytes = new DataView(new ArrayBuffer(count * 4));
    for (let index = 0; index < count; index++) bytes.setFloat32(index * 4, numbers[start + index] as number, true);
    yield encodeBytes(new Uint8Array(bytes.buffer));
  }
}

/**
 * The inverse of `encodeFloats`.
 *
 * @param text or its bytes
 * @returns undefined where the text is no base64 of whole numbers
 */
export function decodeFloats(text: string | Uint8Array): Float32Array | undefined {
  let bytes: Uint8Array;
  try {
    bytes = typeof text === 'string' ? decodeBytes(text) : decodeTextBytes(text);
  } catch {
    return undefined;
  }
  if (bytes.length % 4 !== 0) return undefined;
  if (IS_LITTLE_ENDIAN) return new Float32Array(bytes.buffer);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
}
