import { createHmac } from 'node:crypto';
import { badInput } from '../errors.js';
import type { NameDigest } from '../text/stand-ins.js';
import { readBytes } from './files.js';

/** The fewest bytes of a key that nobody guesses. */
const SHORTEST_KEY = 16;

const HINT = 'make one with: openssl rand -hex 32 > key';

/**
 * Reads a secret key and returns the HMAC with SHA-256 under it (RFC 2104). White space at the end of the file is no part of
 * the key.
 *
 * @throws {UserError} if the file cannot be read, or if the key is shorter than 16 bytes, exit code 3
 */
export async function readNameKey(path: string): Promise<NameDigest> {
  const bytes = await readBytes(path);
  let end = bytes.length;
  while (end > 0 && [0x0a, 0x0d, 0x20, 0x09].includes(bytes[end - 1] ?? 0)) end--;
  if (end < SHORTEST_KEY)
    throw badInput(`${path}: expected a key of ${SHORTEST_KEY} bytes or more, found ${end}`, HINT);
  const key = bytes.subarray(0, end);
  return (label, name) => createHmac('sha256', key).update(`${label}\0${name}`).digest();
}
