import { badInput, UserError } from '../errors.js';
import type { OnRefusal } from './format.js';

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

/**
 * Stands in the place of a line that was refused before a reader saw it, and that readers leave out with its sentence: a
 * NUL byte, which no text holds.
 */
export const REFUSED_LINE = '\0';

/** Returns what follows the first line feed of a piece that begins inside a line; undefined if that line goes on. */
export function afterCutLine(piece: Uint8Array): Uint8Array | undefined {
  const feed = piece.indexOf(LINE_FEED);
  return feed < 0 ? undefined : piece.subarray(feed + 1);
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

/**
 * Reads something; if it cannot be read and somebody listens to refusals, tells of it and returns undefined.
 *
 * @param where the line, and `place`, with which the error's message begins
 * @throws {UserError} if nobody listens
 */
export function readOrRefuse<Result>(
  read: () => Result,
  { line, place }: { readonly line: number; readonly place: string },
  onRefusal: OnRefusal | undefined,
): Result | undefined {
  if (!onRefusal) return markMistakes(read);
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message } = error;
    onRefusal({
      kind: 'broken-record',
      line,
      what: message.startsWith(`${place}: `) ? message.slice(place.length + 2) : message,
    });
    return undefined;
  }
}

/** Begins the message of a mistake in the first line or record of a file. */
const IN_FIRST = /^[^:]*:1(?: \(record 1\))?: /;

/**
 * Does something that reads a line or a record, and marks its mistake as one that can be left out, unless it is in the first
 * line or record: then the file may have another format.
 *
 * @throws {UserError} that the work throws, marked
 */
export function markMistakes<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError) || IN_FIRST.test(error.message)) throw error;
    const { message, hint, exitCode } = error;
    throw new UserError(message, { hint, exitCode, cause: error, canBeLeftOut: true });
  }
}

/** Tells whether a piece of a file ends at the end of a line. */
export function endsLine(piece: Uint8Array): boolean {
  return piece.length === 0 || piece[piece.length - 1] === LINE_FEED;
}
