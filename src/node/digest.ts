import { createHash } from 'node:crypto';

/** Returns the SHA-256 of some content, in hexadecimal. */
export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A SHA-256 of bytes that come piece by piece. */
export interface Digest {
  add(bytes: Uint8Array): void;
  /** Returns the digest of all bytes that were added, in hexadecimal; to be called once. */
  end(): string;
}

/** Begins a digest. */
export function createDigest(): Digest {
  const hash = createHash('sha256');
  return {
    add: (bytes) => void hash.update(bytes),
    end: () => hash.digest('hex'),
  };
}
