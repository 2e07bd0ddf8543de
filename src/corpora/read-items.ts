import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { badInput } from '../errors.js';
import { readBrat } from '../formats/brat.js';
import type { CorpusReading } from '../formats/corpus-reading.js';
import type { CorpusItem, CorpusReader, Format, Report } from '../formats/format.js';
import { detectFormat, formatNamed } from '../formats/formats.js';
import { decodeText, nameOf, readBytes, STANDARD_STREAM, streamBytes, unreadable } from '../node/files.js';
import { wholeLines } from '../node/pieces.js';

/** What a piece of a file holds. */
export interface Items {
  readonly items: readonly CorpusItem[];
  readonly format: Pick<Format, 'name' | 'title' | 'holds'>;
  /** Name of the file in messages. */
  readonly source: string;
}

const HEAD = 1_000_000;
const BRAT = { name: 'brat', title: 'brat standoff', holds: 'texts' } as const;

/**
 * Reads a corpus file piece by piece, in the format that was told or that its content shows. A document of brat is
 * named by either of its files, several by their folder.
 *
 * @param onBytes is given all bytes that are read, unpacked
 * @throws UserError where it cannot be read, exit code 3
 */
export async function* readItems(
  path: string,
  reading: CorpusReading,
  report: Report,
  onBytes: (bytes: Uint8Array) => void = () => {},
): AsyncGenerator<Items, void, undefined> {
  const documents = await bratDocuments(path, reading.from);
  if (documents) {
    for (const document of documents) yield await readDocument(document, reading, report, onBytes);
    return;
  }
  const source = nameOf(path);
  let reader: CorpusReader | undefined;
  let format: Format | undefined;
  let seen = false;
  for await (const piece of withHead(wholeLines(streamBytes(path), source, () => reader?.lines ?? 0))) {
    seen = true;
    onBytes(piece);
    if (!format) {
      format = reading.from === undefined ? formatOfHead(piece, source) : formatNamed(reading.from);
      reader = format.createReader(source, reading, report);
    }
    const items = (reader as CorpusReader).push(piece);
    if (items.length > 0) yield { items, format, source };
  }
  if (!seen || !format || !reader) return;
  const items = reader.end();
  if (items.length > 0) yield { items, format, source };
}

function formatOfHead(piece: Buffer, source: string): Format {
  const found = detectFormat(piece.subarray(0, HEAD).toString('utf8'), source);
  if (found === 'brat')
    throw badInput(
      `${source}: an .ann file of brat, and its .txt file is not beside it`,
      'name the .ann file, or the folder',
    );
  return found;
}

/** Puts the first pieces together until they are enough to tell a format by. */
async function* withHead(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let head: Buffer[] | undefined = [];
  let length = 0;
  for await (const piece of pieces) {
    if (!head) {
      yield piece;
      continue;
    }
    head.push(piece);
    length += piece.length;
    if (length < HEAD / 4) continue;
    yield Buffer.concat(head);
    head = undefined;
  }
  if (head && length > 0) yield Buffer.concat(head);
}

/** Whether a path means documents of brat, which are two files each. */
export async function meansBrat(path: string, from: string | undefined): Promise<boolean> {
  return (await bratDocuments(path, from)) !== undefined;
}

/** Paths, without their endings, of the documents that a path means; undefined where it means no brat. */
async function bratDocuments(path: string, from: string | undefined): Promise<string[] | undefined> {
  if (path === STANDARD_STREAM) {
    if (from === 'brat') throw badInput('stdin: brat is read from files', 'name the .ann file, or the folder');
    return undefined;
  }
  if (from !== undefined && from !== 'brat') return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    const all = await readdir(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    const names = all.filter((name) => name.endsWith('.ann')).sort();
    if (names.length === 0) throw badInput(`${path}: it is a folder, and no .ann file of brat is in it`);
    return names.map((name) => join(path, name.slice(0, -4)));
  }
  if (path.endsWith('.ann')) return [path.slice(0, -4)];
  const stem = path.replace(/\.txt$/, '');
  if (from === 'brat') return [stem];
  if (stem === path) return undefined;
  return (await stat(`${stem}.ann`).catch(() => undefined))?.isFile() ? [stem] : undefined;
}

async function readDocument(
  stem: string,
  reading: CorpusReading,
  report: Report,
  onBytes: (bytes: Uint8Array) => void,
): Promise<Items> {
  const source = { text: `${stem}.txt`, annotations: `${stem}.ann` };
  const read = async (path: string): Promise<string> => {
    const bytes = await readBytes(path);
    onBytes(bytes);
    if (bytes.includes(0))
      throw badInput(`${path}: a NUL byte, which no text holds`, 'is it UTF-16? convert it with iconv');
    return decodeText(bytes, path);
  };
  const text = await read(source.text);
  const record = readBrat(text, await read(source.annotations), source, reading.offsets, report);
  const name = basename(stem);
  return { items: [{ ...record, document: name }], format: BRAT, source: source.text };
}
