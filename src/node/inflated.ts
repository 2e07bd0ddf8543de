import { inflateRawSync } from 'node:zlib';

/** Returns the bytes that packed ones (Deflate, RFC 1951) stand for; undefined if they are damaged. */
export function inflated(packed: Uint8Array): Uint8Array | undefined {
  try {
    return inflateRawSync(packed);
  } catch {
    return undefined;
  }
}

/** Returns the number of bytes that packed ones (Deflate, RFC 1951) stand for, infinity if they are over `most`, and 0 if they are damaged. */
export function inflatedSize(packed: Uint8Array, most: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }).length;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? Number.POSITIVE_INFINITY : 0;
  }
}
