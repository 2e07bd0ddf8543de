const CHUNK = 0x8000;

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Base64 of bytes, in Node and in the browser. */
export function encodeBytes(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}

/**
 * The inverse of `encodeBytes`.
 *
 * @throws DOMException where the text is no base64
 */
export function decodeBytes(text: string): Uint8Array<ArrayBuffer> {
  return decodeByBuffer(text) ?? decodeByCharacters(text);
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
  const bytes = new DataView(new ArrayBuffer(numbers.length * 4));
  for (let index = 0; index < numbers.length; index++) bytes.setFloat32(index * 4, numbers[index] as number, true);
  return encodeBytes(new Uint8Array(bytes.buffer));
}

/**
 * The inverse of `encodeFloats`.
 *
 * @returns undefined where the text is no base64 of whole numbers
 */
export function decodeFloats(text: string): Float32Array | undefined {
  let bytes: Uint8Array;
  try {
    bytes = decodeBytes(text);
  } catch {
    return undefined;
  }
  if (bytes.length % 4 !== 0) return undefined;
  if (IS_LITTLE_ENDIAN) return new Float32Array(bytes.buffer);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
}
