import { createHash, type Hash } from 'node:crypto';

/** Returns the SHA-256 of some content, in hexadecimal. */
export function digestOf(content: string | Uint8Array): string {
  return createDigest().update(content).digest('hex');
}

/** Begins a SHA-256 of bytes that come piece by piece. */
export function createDigest(): Hash {
  return createHash('sha256');
}
