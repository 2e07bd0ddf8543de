const CHUNK = 0x8000;

/** Base64 of float32 numbers in little-endian order, on any machine, in Node and in the browser. */
export function encodeFloats(numbers: ArrayLike<number>): string {
  const bytes = new DataView(new ArrayBuffer(numbers.length * 4));
  for (let index = 0; index < numbers.length; index++) bytes.setFloat32(index * 4, numbers[index] as number, true);
  const octets = new Uint8Array(bytes.buffer);
  let binary = '';
  for (let start = 0; start < octets.length; start += CHUNK) {
    binary += String.fromCharCode(...octets.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}

/**
 * The inverse of `encodeFloats`.
 *
 * @returns undefined where the text is no base64 of whole numbers
 */
export function decodeFloats(text: string): Float32Array | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  if (binary.length % 4 !== 0) return undefined;
  const bytes = new DataView(new ArrayBuffer(binary.length));
  for (let index = 0; index < binary.length; index++) bytes.setUint8(index, binary.charCodeAt(index));
  return Float32Array.from({ length: binary.length / 4 }, (_, index) => bytes.getFloat32(index * 4, true));
}
