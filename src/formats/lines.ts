import { badInput, type UserError } from '../errors.js';

/** The largest length of a line of a corpus and of a record, in bytes. */
export const LONGEST_LINE = 1_000_000;

const LINE_FEED = 0x0a;

/** Tells whether a line has more bytes than `LONGEST_LINE`; most are so short that they need not be counted. */
export function isTooLong(line: string): boolean {
  return 3 * line.length > LONGEST_LINE && new TextEncoder().encode(line).length > LONGEST_LINE;
}

/** Creates the error for a line or a record that is too long. */
export function lineTooLong(place: string): UserError {
  return badInput(
    `${place}: the line is over 1 MB long`,
    'is it a corpus? a sentence or a record is shorter than that',
  );
}

/** Gives the bytes of each line of a piece of a file, without its line feed, to `take`, which must not keep them. */
export function eachLine(piece: Uint8Array, take: (line: Uint8Array) => void): void {
  for (let start = 0; start < piece.length; ) {
    const feed = piece.indexOf(LINE_FEED, start);
    const end = feed < 0 ? piece.length : feed;
    take(piece.subarray(start, end));
    start = end + 1;
  }
}

/** Tells whether a piece of a file ends at the end of a line. */
export function endsLine(piece: Uint8Array): boolean {
  return piece.length === 0 || piece[piece.length - 1] === LINE_FEED;
}
