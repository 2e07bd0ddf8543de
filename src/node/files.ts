import { isAscii } from 'node:buffer';
import { createReadStream, fstatSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import { badInput, badUsage, type UserError } from '../errors.js';

/** The name by which a command line means stdin or stdout. */
export const STANDARD_STREAM = '-';

/** The number of bytes to which gzip is unpacked in memory at most: more than the largest checkpoint has. */
const LARGEST_UNPACKED = 600_000_000;

/** The first two bytes of every gzip file. */
const GZIP = [0x1f, 0x8b];

/** Returns what messages call a file. */
export function nameOf(path: string): string {
  return path === STANDARD_STREAM ? 'stdin' : path;
}

/**
 * Reads all bytes of a file, or of stdin for `-`. Gzip, recognized by its first two bytes, is unpacked.
 *
 * @param largest how many bytes gzip may be unpacked to
 * @throws {UserError} if the file is missing, no file, not readable, broken gzip or gzip of too much, exit code 3
 */
export async function readBytes(path: string, largest = LARGEST_UNPACKED): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = path === STANDARD_STREAM ? await buffer(openStdin()) : await readFile(path);
    if (isGzip(bytes)) bytes = await promisify(gunzip)(bytes, { maxOutputLength: largest });
  } catch (error) {
    throw unreadable(path, error);
  }
  return bytes;
}

/**
 * Yields the bytes of a file, or of stdin for `-`, as they come. Gzip is unpacked as in `readBytes`.
 *
 * @throws {UserError} if `readBytes` would throw one
 */
export async function* streamBytes(path: string): AsyncGenerator<Buffer, void, undefined> {
  try {
    const chunks: AsyncIterator<Buffer> = (path === STANDARD_STREAM ? openStdin() : createReadStream(path))[
      Symbol.asyncIterator
    ]();
    let head: Buffer = Buffer.alloc(0);
    while (head.length === 0 || (head.length === 1 && head[0] === GZIP[0])) {
      const { value, done } = await chunks.next();
      if (done) break;
      head = Buffer.concat([head, value]);
    }
    const whole = async function* (): AsyncGenerator<Buffer> {
      yield head;
      yield* { [Symbol.asyncIterator]: () => chunks };
    };
    try {
      yield* isGzip(head) ? pipeline(whole, createGunzip(), () => {}) : whole();
    } finally {
      await chunks.return?.();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Returns stdin, which Node reads as empty if it is a folder (`rnn tag < .`). */
function openStdin(): NodeJS.ReadStream {
  if (fstatSync(0).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  return process.stdin;
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === GZIP[0] && bytes[1] === GZIP[1];
}

/** Returns whether a file is gzip; one that cannot be read is not. */
export async function isGzipFile(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  const { buffer: head } = (await file?.read(Buffer.alloc(GZIP.length), 0, GZIP.length).catch(() => undefined)) ?? {};
  await file?.close();
  return head !== undefined && isGzip(head);
}

/** Makes the error for a file or folder that cannot be read. */
export function unreadable(path: string, error: unknown): UserError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code?.startsWith('Z_')) {
    const what = code === 'Z_BUF_ERROR' ? 'is cut short' : 'is broken, or other bytes follow it';
    return badInput(`${nameOf(path)}: gzip ${what} (${message})`, 'unpack it with gunzip to see');
  }
  return badInput(`${nameOf(path)}: ${reasonOf(error)}`);
}

/**
 * Decodes UTF-8, a byte-order mark included.
 *
 * @param source the name of the file in messages
 * @param firstLine the number of the line that the bytes begin with
 * @throws {UserError} if a line is no UTF-8, with the number of the first such line, exit code 3
 */
export function decodeText(bytes: Uint8Array, source: string, firstLine = 1): string {
  try {
    if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'); // faster
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_STRING_TOO_LONG')
      throw badInput(`${source}: the file is too large to be read whole (over 512 MB)`, 'split it into several files');
    if (firstLine === 1 && utf16Of(bytes)) throw wrongUtf16(source);
    throw noUtf8(`${source}:${firstLine + lineOfBadText(bytes) - 1}`);
  }
}

/** How many bytes at the beginning of a file show that it is UTF-16. */
const UTF16_HEAD = 1000;

/**
 * Returns the encoding of bytes that are UTF-16: by their byte-order mark or, without one, since most characters have a
 * byte of 0, as those of Latin letters have.
 */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, UTF16_HEAD);
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < head.length / 4 || Math.min(even, odd) > 0) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Creates the error for a file in UTF-16. */
export function wrongUtf16(source: string): UserError {
  return badInput(
    `${source}: expected UTF-8, found UTF-16`,
    'save it as UTF-8 (iconv -f UTF-16 -t UTF-8); --repair of rnn train, eval and convert reads it as it is',
  );
}

/** Creates the error for a line that is no UTF-8. */
export function noUtf8(place: string): UserError {
  return badInput(`${place}: expected UTF-8, found other bytes`, 'convert it with iconv');
}

/** Returns the number of the first line that is no UTF-8, from 1. */
export function lineOfBadText(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return 1;
}

/** Returns whether there is a file, a folder or anything else of that name. */
export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/** Returns whether there is a regular file of that name. */
export async function isRegularFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

/** Returns whether a path leads to what can be read only once, such as a pipe. */
export async function isStream(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return path === STANDARD_STREAM || found?.isFIFO() || found?.isSocket() || found?.isCharacterDevice() || false;
}

/** Returns whether two paths lead to the same regular file; false if one of them leads nowhere. */
export async function isSameFile(path: string, other: string): Promise<boolean> {
  const [found, wanted] = await Promise.all([path, other].map((each) => stat(each).catch(() => undefined)));
  return found?.isFile() === true && found.dev === wanted?.dev && found.ino === wanted.ino;
}

/**
 * Refuses a file that is both read and written.
 *
 * @param inputs files that are read; undefined where none was named
 * @param option what names the output
 * @throws {UserError} if there is one, exit code 2
 */
export async function refuseSameFile(
  inputs: readonly (string | undefined)[],
  output: string,
  option: string,
): Promise<void> {
  for (const path of inputs) {
    if (path === undefined || path === STANDARD_STREAM || !(await isSameFile(path, output))) continue;
    throw badUsage(`${output} is both read and written`, `name another file with ${option}`);
  }
}

/** Returns whether two paths are one place, where a file may be or not. */
export async function isSamePlace(path: string, other: string): Promise<boolean> {
  return resolve(path) === resolve(other) || (await isSameFile(path, other));
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EISDIR: 'it is a folder',
  EEXIST: 'a file of that name is there',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ERR_BUFFER_TOO_LARGE: 'it is gzip of more than can be read whole (over 600 MB)',
  ERR_FS_FILE_TOO_LARGE: 'the file is too large (over 2 GiB)',
};

/** Says in words why a file cannot be read or written. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}
