import { isUtf8 } from 'node:buffer';
import { badInput } from '../errors.js';
import { LONGEST_LINE } from '../formats/lines.js';
import { lineOfBadText, noUtf8 } from './files.js';

const LINE_FEED = 0x0a;
const NUL = 0;

/**
 * Gathers a stream of bytes into pieces of whole lines, as readers of corpora need them. A line of over 1 MB is cut
 * between two characters.
 *
 * @param linesBefore returns the number of lines in the pieces so far, for messages
 * @throws {UserError} if a line is no UTF-8 or holds a NUL byte, with its number, exit code 3
 */
export async function* wholeLines(
  stream: AsyncIterable<Buffer>,
  source: string,
  linesBefore: () => number,
): AsyncGenerator<Buffer, void, undefined> {
  const checked = (piece: Buffer): Buffer => {
    if (!isUtf8(piece)) throw noUtf8(`${source}:${linesBefore() + lineOfBadText(piece)}`);
    const nul = piece.indexOf(NUL);
    if (nul >= 0) {
      const line = linesBefore() + piece.subarray(0, nul).toString('latin1').split('\n').length;
      throw badInput(`${source}:${line}: a NUL byte, which no text holds`, 'is it UTF-16? convert it with iconv');
    }
    return piece;
  };
  let rest: Buffer[] = [];
  let length = 0;
  /** Whether the line is too long, and is yielded as it comes. */
  let isLong = false;
  for await (const bytes of stream) {
    const feed = bytes.lastIndexOf(LINE_FEED);
    const first = feed < 0 ? bytes.length : bytes.indexOf(LINE_FEED);
    if (isLong || length + first > LONGEST_LINE) {
      isLong = feed < 0;
      const long = Buffer.concat([...rest, bytes]);
      const end = endOfCharacters(long);
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

/** Returns the offset where the last whole character ends; bytes that are no UTF-8 may end anywhere. */
export function endOfCharacters(bytes: Buffer): number {
  if (bytes.length === 0) return 0;
  let start = bytes.length - 1;
  while (start > 0 && start > bytes.length - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  const head = bytes[start] ?? 0;
  const size = head < 0xc0 ? 1 : head < 0xe0 ? 2 : head < 0xf0 ? 3 : 4;
  return start + size > bytes.length ? start : bytes.length;
}
