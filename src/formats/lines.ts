import { badInput, type UserError } from '../errors.js';

/** No line of a corpus, and no record, is longer, in bytes. */
export const LONGEST_LINE = 1_000_000;

const LINE_FEED = 0x0a;

/** Whether a line has more bytes than `LONGEST_LINE`; most are too short to be counted. */
export function isTooLong(line: string): boolean {
  return 3 * line.length > LONGEST_LINE && new TextEncoder().encode(line).length > LONGEST_LINE;
}

/** What to say of a line, or a record, that is too long. */
export function lineTooLong(place: string): UserError {
  return badInput(
    `${place}: the line is over 1 MB long`,
    'is it a corpus? a sentence or a record is shorter than that',
  );
}

/**
 * Calls for each line of a piece of a file, without its line feed.
 *
 * @param take is given the bytes of the line, which it must not keep
 */
export function eachLine(piece: Uint8Array, take: (line: Uint8Array) => void): void {
  for (let start = 0; start < piece.length; ) {
    const feed = piece.indexOf(LINE_FEED, start);
    const end = feed < 0 ? piece.length : feed;
    take(piece.subarray(start, end));
    start = end + 1;
  }
}

/** Whether a piece of a file ends where a line ends. */
export function endsLine(piece: Uint8Array): boolean {
  return piece.length === 0 || piece[piece.length - 1] === LINE_FEED;
}
