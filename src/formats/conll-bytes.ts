import type { Sentence } from '../text/sentence.js';
import { type ConllReader, type ConllReaderOptions, createConllReader } from './conll.js';
import type { CorpusReader } from './format.js';
import { endsLine, LONGEST_LINE, lineTooLong } from './lines.js';
import { TokenTable } from './token-table.js';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
const HYPHEN = 0x2d;
const LAST_ASCII = 0x7e;
/** Lines of more columns are left to the reader of lines. */
const MOST_COLUMNS = 64;

/** A reader of bytes that gives sentences alone. */
export interface ConllByteReader extends CorpusReader {
  push(piece: Uint8Array): Sentence[];
  end(): Sentence[];
}

/**
 * Reads what `createConllReader` reads, from bytes, and gives the same: an ordinary line of a token costs no more than
 * finding its columns and looking up their strings; every other line is decoded and left to the reader of lines.
 */
export function createConllByteReader(options: ConllReaderOptions): ConllByteReader {
  const lines = createConllReader(options);
  const take = takerOfOrdinaryLines(lines, options);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let isCut = false;

  return {
    get lines() {
      return lines.lines;
    },
    push(bytes) {
      if (isCut) throw lineTooLong(`${options.source}:${lines.lines}`);
      const sentences: Sentence[] = [];
      let position = 0;
      while (position < bytes.length) {
        position = take(bytes, position);
        if (position >= bytes.length) break;
        const feed = bytes.indexOf(LINE_FEED, position);
        const end = feed < 0 ? bytes.length : feed;
        if (end - position > LONGEST_LINE) throw lineTooLong(`${options.source}:${lines.lines + 1}`);
        const sentence = lines.push(decoder.decode(bytes.subarray(position, end)));
        if (sentence) sentences.push(sentence);
        position = end + 1;
      }
      isCut = !endsLine(bytes);
      return sentences;
    },
    end() {
      const last = lines.end();
      return last ? [last] : [];
    },
  };
}

/**
 * Gives what takes ordinary lines, as many as there are from a position on, and gives the position of the first other
 * line.
 */
function takerOfOrdinaryLines(
  reader: ConllReader,
  options: ConllReaderOptions,
): (bytes: Uint8Array, position: number) => number {
  const tokens = new TokenTable();
  const tags = new TokenTable();
  /** Where each column of a line begins; its end is one before the next one's begin. */
  const starts = new Int32Array(MOST_COLUMNS + 2);
  const ends = new Int32Array(MOST_COLUMNS + 2);
  let known: ConllReader['layout'];

  return (bytes, from) => {
    known ??= reader.layout;
    const layout = known;
    if (!layout || layout.columnCount === 0 || layout.hasPairs || !options.needsTags) {
      known = undefined;
      return from;
    }
    const { columnCount, isNumbered, isNamed } = layout;
    const tokenColumn = layout.tokenColumn - 1;
    const tagColumn = (layout.tagColumn ?? columnCount) - 1;
    if (columnCount < 2 || columnCount > MOST_COLUMNS || Math.max(tokenColumn, tagColumn) >= columnCount) return from;
    if (isNumbered && columnCount > 3 && layout.tagColumn === undefined) return from;
    let position = from;
    for (;;) {
      const first = bytes[position] as number;
      if ((first === HASH && (isNumbered || isNamed)) || (first === HYPHEN && bytes[position + 1] === 0x44)) break;
      let index = position;
      let count = 0;
      let hasSpace = false;
      starts[0] = position;
      let byte = 0;
      for (; index < bytes.length; index++) {
        byte = bytes[index] as number;
        if (byte > SPACE) continue;
        if (byte === LINE_FEED) break;
        if (byte === TAB) {
          if (count >= MOST_COLUMNS) break;
          ends[count++] = index;
          starts[count] = index + 1;
        } else if (byte === SPACE) hasSpace = true;
      }
      // A line that the end of the piece ends may go on in the next one.
      if (index >= bytes.length || byte !== LINE_FEED) break;
      const end = index > position && bytes[index - 1] === CARRIAGE_RETURN ? index - 1 : index;
      if (count > 0) ends[count++] = end;
      else if (hasSpace) count = splitAtSpaces(bytes, position, end, starts, ends);
      if (count !== columnCount || end - position > LONGEST_LINE) break;
      const tokenStart = starts[tokenColumn] as number;
      const tokenEnd = ends[tokenColumn] as number;
      const tagStart = starts[tagColumn] as number;
      const tagEnd = ends[tagColumn] as number;
      // A tag that begins with a visible ASCII character makes sure that the line is no white space.
      const head = bytes[tagStart] as number;
      if (tokenEnd <= tokenStart || tagEnd <= tagStart || head <= SPACE || head > LAST_ASCII) break;
      if (isNumbered && !areDigits(bytes, starts[0] as number, ends[0] as number)) break;
      reader.pushToken(tokens.stringOf(bytes, tokenStart, tokenEnd), tags.stringOf(bytes, tagStart, tagEnd));
      position = index + 1;
      if (position >= bytes.length) break;
    }
    return position;
  };
}

/** Finds the columns of a line without tabs; gives their number, which is one too many where there are too many. */
function splitAtSpaces(bytes: Uint8Array, start: number, end: number, starts: Int32Array, ends: Int32Array): number {
  let count = 0;
  let isInside = false;
  for (let index = start; index < end; index++) {
    const isSpace = bytes[index] === SPACE;
    if (isSpace === !isInside) continue;
    if (isSpace) ends[count++] = index;
    else {
      if (count >= MOST_COLUMNS) return MOST_COLUMNS + 1;
      starts[count] = index;
    }
    isInside = !isSpace;
  }
  if (isInside) ends[count++] = end;
  return count;
}

function areDigits(bytes: Uint8Array, start: number, end: number): boolean {
  if (end <= start) return false;
  for (let index = start; index < end; index++) {
    const byte = bytes[index] as number;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  return true;
}
