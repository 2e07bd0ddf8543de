import type { FindingLog } from './findings.js';

/** A file of a corpus, not yet decoded. */
export interface RawFile {
  /** Name in messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LINE_FEED = 0x0a;

/**
 * Returns the lines of a file with any bytes, without line ends and byte-order mark. Lines that are not UTF-8 are reported and
 * decoded as windows-1252; UTF-16 is recognised by its byte-order mark.
 */
export function linesOf({ name, bytes }: RawFile, log: FindingLog): string[] {
  const raw = decodeLines(name, bytes, log);
  if (bytes.includes(0))
    for (const [index, line] of raw.entries())
      if (line.includes('\0')) log.add('nul-byte', { file: name, line: index + 1, what: excerpt(line) });
  const isCarriage = raw.map((line) => line.endsWith('\r'));
  const carriages = isCarriage.filter(Boolean).length;
  const feeds = raw.length - 1 - carriages;
  if (carriages > 0 && feeds > 0) {
    const isOdd = carriages <= feeds;
    const what = `ends in ${isOdd ? 'CRLF' : 'LF'}`;
    for (const [index, is] of isCarriage.slice(0, -1).entries())
      if (is === isOdd) log.add('mixed-line-ends', { file: name, line: index + 1, what });
  }
  return raw.map((line, index) =>
    line.slice(index === 0 && line.startsWith('\uFEFF') ? 1 : 0, isCarriage[index] ? -1 : undefined),
  );
}

function decodeLines(file: string, bytes: Uint8Array, log: FindingLog): string[] {
  const wide = wideEncoding(bytes);
  if (wide) {
    log.add('utf-16', { file, line: 1, what: `byte-order mark of ${wide.toUpperCase()}` });
    return new TextDecoder(wide).decode(bytes).split('\n');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).split('\n');
  } catch {
    return decodeEachLine(file, bytes, log);
  }
}

/** Returns the encoding that a byte-order mark of UTF-16 names; undefined if there is none. */
function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function decodeEachLine(file: string, bytes: Uint8Array, log: FindingLog): string[] {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lines: string[] = [];
  for (let start = 0; start <= bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const piece = bytes.subarray(start, feed < 0 ? bytes.length : feed);
    try {
      lines.push(utf8.decode(piece));
    } catch {
      const text = decodeWindows1252(piece);
      const what = `windows-1252 would be ${excerpt(text)}`;
      log.add('wrong-encoding', { file, line: lines.length + 1, what });
      lines.push(text);
    }
    if (feed < 0) break;
    start = feed + 1;
  }
  return lines;
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
