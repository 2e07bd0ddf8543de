import { LONGEST_LINE } from '../formats/lines.js';
import type { FindingLog } from './findings.js';

/** A file of a corpus, not yet decoded. */
export interface RawFile {
  /** Name in messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';
/** A line of so many bytes is too long whatever follows, even if its last character is cut. */
const KEPT_OF_LINE = LONGEST_LINE + 4;

/** Returns the lines of a whole file, as `LineReader` reads them. */
export function linesOf({ name, bytes }: RawFile, log: FindingLog): string[] {
  const lines: string[] = [];
  const reader = new LineReader(name, log, (line) => void lines.push(line));
  reader.push(bytes);
  reader.end();
  return lines;
}

/**
 * Cuts a file with any bytes, which come piece by piece, into lines without line ends and byte-order mark. Lines that are not
 * UTF-8 are reported and decoded as windows-1252; UTF-16 is recognised by its byte-order mark. Of a line that is too long only
 * the beginning is kept, which is too long as well.
 */
export class LineReader {
  readonly #file: string;
  readonly #log: FindingLog;
  readonly #take: (line: string) => void;
  /** How many lines have ended. */
  #count = 0;
  /** The pieces of the line that has not ended, and how many bytes of it are kept. */
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** The first bytes, until there are two, which show whether the file is UTF-16. */
  #head: Uint8Array | undefined = new Uint8Array();
  /** Decodes UTF-16, if the file is that. */
  #wide: TextDecoder | undefined;
  #rest = '';
  /** Where lines end in CRLF, and where in LF. */
  readonly #carriages;
  readonly #feeds;

  constructor(file: string, log: FindingLog, take: (line: string) => void) {
    this.#file = file;
    this.#log = log;
    this.#take = take;
    this.#carriages = log.createPlaces();
    this.#feeds = log.createPlaces();
  }

  push(bytes: Uint8Array): void {
    if (this.#head) this.#head = Uint8Array.from([...this.#head, ...bytes.subarray(0, 2)]);
    if (this.#head && this.#head.length < 2) return;
    const rest = this.#head ? bytes.subarray(2) : bytes;
    this.#begin();
    this.#read(rest);
  }

  /** Gives the last line, which is empty if the file ends in a line feed. */
  end(): void {
    this.#begin();
    const last = this.#wide ? this.#rest + this.#wide.decode() : this.#decodeKept();
    this.#finish(last, false);
    const [some, others] = [this.#carriages, this.#feeds];
    if (some.count > 0 && others.count > 0)
      this.#log.addAll('mixed-line-ends', this.#file, some.count <= others.count ? some : others);
  }

  /** Reads the first bytes, if they have not been read; a byte-order mark among them may show UTF-16. */
  #begin(): void {
    const head = this.#head;
    if (!head) return;
    this.#head = undefined;
    const isLittle = head[0] === 0xff && head[1] === 0xfe;
    if (isLittle || (head[0] === 0xfe && head[1] === 0xff)) {
      const name = isLittle ? 'utf-16le' : 'utf-16be';
      this.#log.add('utf-16', { file: this.#file, line: 1, what: `byte-order mark of ${name.toUpperCase()}` });
      this.#wide = new TextDecoder(name);
    }
    this.#read(head);
  }

  #read(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += LONGEST_LINE) {
      const piece = bytes.subarray(from, from + LONGEST_LINE);
      if (this.#wide) this.#cut(this.#wide.decode(piece, { stream: true }));
      else this.#pushBytes(piece);
    }
  }

  #cut(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, KEPT_OF_LINE);
    for (const line of lines) this.#finish(line, true);
  }

  #pushBytes(bytes: Uint8Array): void {
    const first = bytes.indexOf(LINE_FEED);
    this.#keep(first < 0 ? bytes : bytes.subarray(0, first));
    if (first < 0) return;
    this.#finish(this.#decodeKept(), true);
    const last = bytes.lastIndexOf(LINE_FEED);
    if (last > first) for (const line of this.#decodeLines(bytes.subarray(first + 1, last))) this.#finish(line, true);
    this.#keep(bytes.subarray(last + 1));
  }

  #keep(bytes: Uint8Array): void {
    // A copy, since whoever reads the file may fill the bytes anew.
    const kept = bytes.slice(0, KEPT_OF_LINE - this.#length);
    if (kept.length > 0) this.#pieces.push(kept);
    this.#length += kept.length;
  }

  #decodeKept(): string {
    const bytes = new Uint8Array(this.#length);
    let place = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, place);
      place += piece.length;
    }
    const isCut = this.#length === KEPT_OF_LINE;
    this.#pieces = [];
    this.#length = 0;
    return this.#decodeLine(bytes, isCut, 0);
  }

  /** Decodes lines that line feeds separate. */
  #decodeLines(bytes: Uint8Array): readonly string[] {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).split('\n');
    } catch {
      return this.#decodeEach(bytes);
    }
  }

  #decodeEach(bytes: Uint8Array): string[] {
    const lines: string[] = [];
    for (let start = 0; start <= bytes.length; ) {
      const feed = bytes.indexOf(LINE_FEED, start);
      const end = feed < 0 ? bytes.length : feed;
      lines.push(this.#decodeLine(bytes.subarray(start, end), false, lines.length));
      start = end + 1;
    }
    return lines;
  }

  /**
   * @param isCut whether the last character may be cut
   * @param before how many lines stand between the last one that has ended and this one
   */
  #decodeLine(bytes: Uint8Array, isCut: boolean, before: number): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut });
    } catch {
      const text = decodeWindows1252(bytes);
      const place = { file: this.#file, line: this.#count + before + 1 };
      this.#log.add('wrong-encoding', { ...place, what: `windows-1252 would be ${excerpt(text)}` });
      return text;
    }
  }

  /** Gives a line without its end, and reports a NUL byte in it. */
  #finish(raw: string, hasFeed: boolean): void {
    const [file, line] = [this.#file, ++this.#count];
    if (raw.includes('\0')) this.#log.add('nul-byte', { file, line, what: excerpt(raw) });
    const hasCarriage = raw.endsWith('\r');
    if (hasFeed && hasCarriage) this.#carriages.add(file, line, 'ends in CRLF');
    else if (hasFeed) this.#feeds.add(file, line, 'ends in LF');
    const start = line === 1 && raw.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    this.#take(start === 0 && !hasCarriage ? raw : raw.slice(start, hasCarriage ? -1 : undefined));
  }
}

/** Returns the beginning of a line, quoted. */
export function excerpt(line: string): string {
  const length = 40;
  return JSON.stringify(line.length > length ? `${line.slice(0, length)}...` : line);
}

/** The characters of the bytes 0x80 to 0x9F; every other byte means the code point of its value. */
const MIDDLE = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const FIRST = 0x80;

const CHARACTERS = Array.from({ length: 256 }, (_, byte) => MIDDLE[byte - FIRST] ?? String.fromCharCode(byte));
const BYTES: ReadonlyMap<string, number> = new Map(CHARACTERS.map((character, byte) => [character, byte]));

/**
 * Decodes windows-1252 as the WHATWG's Encoding Standard defines it. The TextDecoder of some versions of Node.js decodes the
 * bytes from 0x80 to 0x9F as control characters instead.
 */
function decodeWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += CHARACTERS[byte];
  return text;
}

/** Encodes text as windows-1252; returns undefined if a character has no byte. */
export function encodeWindows1252(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const character of text) {
    const byte = BYTES.get(character);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
