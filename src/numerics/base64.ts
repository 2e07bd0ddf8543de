const CHUNK = 0x8000;

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
  const view = new DataView(bytes.buffer);
  const numbers = new Float32Array(bytes.length / 4);
  for (let index = 0; index < numbers.length; index++) numbers[index] = view.getFloat32(index * 4, true);
  return numbers;
}
