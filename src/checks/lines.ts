import type { FindingLog } from './findings.js';
import { decodeWindows1252 } from './windows-1252.js';

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
