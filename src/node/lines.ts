import { isUtf8 } from 'node:buffer';
import { badInput } from '../errors.js';
import type { OnRefusal } from '../formats/format.js';
import { LONGEST_LINE, lineTooLong, markMistakes, REFUSED_LINE } from '../formats/lines.js';
import type { FailedRecord } from '../text/record.js';
import { decodeText, lineOfBadText, noUtf8, utf16Of, wrongUtf16 } from './files.js';

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/** A line, without its line feed, or a failed record in its place if it is too long or no UTF-8. */
export type ReadLine = string | FailedRecord;

/**
 * Cuts a stream of bytes into lines as they come: each group holds the lines that one piece of the stream completes.
 * Only line feeds end lines, whereas readline splits at a lone carriage return, too. A byte-order mark is left out. A
 * line of over 1 MB is not held in memory, and fails.
 *
 * @param source the name of the input in messages
 * @param keepsGoing whether a line that is no UTF-8 fails alone
 * @throws {UserError} if a line is no UTF-8, with its number, exit code 3
 */
export async function* readLines(
  stream: AsyncIterable<Buffer>,
  source: string,
  keepsGoing = false,
): AsyncGenerator<ReadLine[], void, undefined> {
  let lines = 0;
  /** The pieces of the line that no line feed has ended yet. */
  let pieces: Buffer[] = [];
  let length = 0;
  let isTooLong = false;

  function decode(bytes: Buffer): ReadLine[] {
    const group = keepsGoing ? decodeLines(bytes, source, lines + 1) : decodeText(bytes, source, lines + 1).split('\n');
    if (lines === 0 && typeof group[0] === 'string' && group[0].startsWith(BYTE_ORDER_MARK))
      group[0] = group[0].slice(1);
    lines += group.length;
    return group;
  }

  function keep(bytes: Buffer): void {
    length += bytes.length;
    if (length > LONGEST_LINE) isTooLong = true;
    if (isTooLong) pieces = [];
    else if (bytes.length > 0) pieces.push(bytes);
  }

  /** Returns the line that has been kept, now that it ends. */
  function finish(): ReadLine[] {
    const line = isTooLong
      ? [{ kind: 'failed', error: lineTooLong(`${source}:${++lines}`).message } as const]
      : decode(Buffer.concat(pieces));
    pieces = [];
    length = 0;
    isTooLong = false;
    return line;
  }

  for await (const piece of stream) {
    for (let at = 0; at < piece.length; at += LONGEST_LINE) {
      const bytes = piece.subarray(at, at + LONGEST_LINE);
      const first = bytes.indexOf(LINE_FEED);
      if (first < 0) {
        keep(bytes);
        continue;
      }
      keep(bytes.subarray(0, first));
      const group = finish();
      const last = bytes.lastIndexOf(LINE_FEED);
      if (last > first) for (const line of decode(bytes.subarray(first + 1, last))) group.push(line);
      yield group;
      keep(bytes.subarray(last + 1));
    }
  }
  if (length > 0) {
    const last = finish();
    if (last[0] !== '') yield last;
  }
}

/** Decodes lines; each one that is no UTF-8 becomes a failed record. */
function decodeLines(bytes: Buffer, source: string, firstLine: number): ReadLine[] {
  if (isUtf8(bytes)) return decodeText(bytes, source).split('\n');
  const lines: ReadLine[] = [];
  for (let start = 0; start <= bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed;
    const line = bytes.subarray(start, end);
    const place = `${source}:${firstLine + lines.length}`;
    lines.push(isUtf8(line) ? decodeText(line, source) : { kind: 'failed', error: noUtf8(place).message });
    start = end + 1;
  }
  return lines;
}

/**
 * Yields the text of a stream of bytes as it comes. A byte-order mark is left out.
 *
 * @param source the name of the input in messages
 * @throws {UserError} if a line is no UTF-8, with its number, exit code 3
 */
export async function* readText(
  stream: AsyncIterable<Buffer>,
  source: string,
): AsyncGenerator<string, void, undefined> {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  for await (const bytes of stream) {
    const piece = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    const end = endOfCharacters(piece);
    rest = piece.subarray(end);
    const text = decodeText(piece.subarray(0, end), source, line);
    if (text === '') continue;
    for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) line++;
    yield isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    isFirst = false;
  }
  if (rest.length > 0) yield decodeText(rest, source, line);
}

const NUL = 0;
const SPACE = 0x20;
/** The length in bytes of the longest character in UTF-8. */
const LONGEST_CHARACTER = 4;

/**
 * Gathers a stream of bytes into pieces of whole lines, as readers of corpora need them. A line of over 1 MB is cut
 * between two characters.
 *
 * @param linesBefore returns the number of lines in the pieces so far, for messages
 * @param onRefusal is told of lines that are no UTF-8 or hold a NUL byte, in whose place `REFUSED_LINE` is yielded
 * @throws {UserError} if the stream is UTF-16; without `onRefusal`, if a line is no UTF-8 or holds a NUL byte, with its
 *   number; exit code 3
 */
export async function* wholeLines(
  stream: AsyncIterable<Buffer> | Iterable<Buffer>,
  source: string,
  linesBefore: () => number,
  onRefusal?: OnRefusal,
): AsyncGenerator<Buffer, void, undefined> {
  let isFirst = true;
  const checked = (piece: Buffer): Buffer => {
    if (isFirst && utf16Of(piece)) throw wrongUtf16(source);
    isFirst = false;
    if (onRefusal) return withoutBadLines(piece, linesBefore(), onRefusal);
    markMistakes(() => refuseBadLine(piece));
    return piece;
  };
  const refuseBadLine = (piece: Buffer): void => {
    if (!isUtf8(piece)) throw noUtf8(`${source}:${linesBefore() + lineOfBadText(piece)}`);
    const nul = piece.indexOf(NUL);
    if (nul >= 0) {
      const line = linesBefore() + piece.subarray(0, nul).toString('latin1').split('\n').length;
      throw badInput(`${source}:${line}: a NUL byte, which no text holds`, 'is it UTF-16? convert it with iconv');
    }
  };
  let rest: Buffer[] = [];
  let length = 0;
  /** Whether the line is too long, and is yielded as it comes. */
  let isLong = false;
  for await (const bytes of stream) {
    const feed = bytes.lastIndexOf(LINE_FEED);
    const first = feed < 0 ? bytes.length : bytes.indexOf(LINE_FEED);
    if (isLong || length + first > LONGEST_LINE + LONGEST_CHARACTER) {
      isLong = feed < 0;
      const long = Buffer.concat([...rest, bytes]);
      const end = isLong ? endOfCharacters(long) : long.lastIndexOf(LINE_FEED) + 1;
      yield checked(long.subarray(0, end));
      rest = [long.subarray(end)];
      length = long.length - end;
      continue;
    }
    if (feed >= 0) {
      yield checked(
        rest.length > 0 ? Buffer.concat([...rest, bytes.subarray(0, feed + 1)]) : bytes.subarray(0, feed + 1),
      );
      rest = [];
      length = 0;
    }
    if (feed + 1 < bytes.length) {
      rest.push(bytes.subarray(feed + 1));
      length += bytes.length - feed - 1;
    }
  }
  if (length > 0) yield checked(Buffer.concat(rest));
}

/**
 * Returns lines, with `REFUSED_LINE` in the place of those that are no UTF-8 or hold a NUL byte.
 *
 * @param isRepairable whether NUL bytes in a line of other characters are left to be repaired
 */
export function withoutBadLines(
  piece: Buffer,
  linesBefore: number,
  onRefusal: OnRefusal,
  isRepairable = false,
): Buffer {
  if (isUtf8(piece) && !piece.includes(NUL)) return piece;
  const kept: Buffer[] = [];
  let line = linesBefore;
  for (let start = 0; start < piece.length; ) {
    line++;
    const feed = piece.indexOf(LINE_FEED, start);
    const end = feed < 0 ? piece.length : feed;
    const bytes = piece.subarray(start, end);
    const refused = !isUtf8(bytes)
      ? ({ kind: 'wrong-encoding', what: 'expected UTF-8, found other bytes' } as const)
      : bytes.includes(NUL) && !(isRepairable && bytes.some((byte) => byte > SPACE))
        ? ({ kind: 'nul-byte', what: 'a NUL byte, which no text holds' } as const)
        : undefined;
    if (refused) onRefusal({ ...refused, line });
    kept.push(refused ? Buffer.from(REFUSED_LINE) : bytes, piece.subarray(end, end + 1));
    start = end + 1;
  }
  return Buffer.concat(kept);
}

/** Returns the offset where the last whole character ends; bytes that are no UTF-8 may end anywhere. */
function endOfCharacters(bytes: Buffer): number {
  if (bytes.length === 0) return 0;
  let start = bytes.length - 1;
  while (start > 0 && start > bytes.length - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  const head = bytes[start] ?? 0;
  const size = head < 0xc0 ? 1 : head < 0xe0 ? 2 : head < 0xf0 ? 3 : 4;
  return start + size > bytes.length ? start : bytes.length;
}
