import { badInput } from '../errors.js';
import { readBrat } from '../formats/brat.js';
import type { CorpusReading } from '../formats/corpus-reading.js';
import type { CorpusItem, CorpusReader, Format, Report } from '../formats/format.js';
import { detectFormat, formatNamed } from '../formats/formats.js';
import { type BratDocument, findBratDocuments } from '../node/brat-documents.js';
import { decodeText, nameOf, readBytes, streamBytes } from '../node/files.js';
import { wholeLines } from '../node/pieces.js';

/** What a piece of a file holds. */
export interface Items {
  readonly items: readonly CorpusItem[];
  readonly format: Pick<Format, 'name' | 'title' | 'holds'>;
  /** Name of the file in messages. */
  readonly source: string;
}

/** Bytes at the beginning of a file that show its format. */
const HEAD = 1_000_000;
const BRAT = { name: 'brat', title: 'brat standoff', holds: 'texts' } as const;

/**
 * Reads a corpus file piece by piece, in the format that was named or that its content shows.
 *
 * @param report is told what cannot be held as it is
 * @param onBytes is given all bytes that are read, unpacked
 * @throws UserError if the file cannot be read, exit code 3
 */
export async function* readItems(
  path: string,
  reading: CorpusReading,
  report: Report,
  onBytes: (bytes: Uint8Array) => void = () => {},
): AsyncGenerator<Items, void, undefined> {
  const documents = await findBratDocuments(path, reading.from);
  if (documents) {
    for (const document of documents) yield await readDocument(document, reading, report, onBytes);
    return;
  }
  const source = nameOf(path);
  let reader: CorpusReader | undefined;
  let format: Format | undefined;
  for await (const piece of withHead(wholeLines(streamBytes(path), source, () => reader?.lines ?? 0))) {
    onBytes(piece);
    format ??= reading.from === undefined ? formatOfHead(piece, source) : formatNamed(reading.from);
    reader ??= format.createReader(source, reading, report);
    const items = reader.push(piece);
    if (items.length > 0) yield { items, format, source };
  }
  const items = reader?.end() ?? [];
  if (format && items.length > 0) yield { items, format, source };
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

/** Joins the first pieces until they are enough to tell a format by. */
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

async function readDocument(
  { name, text, annotations }: BratDocument,
  { offsets }: CorpusReading,
  report: Report,
  onBytes: (bytes: Uint8Array) => void,
): Promise<Items> {
  const read = async (path: string): Promise<string> => {
    const bytes = await readBytes(path);
    onBytes(bytes);
    if (bytes.includes(0))
      throw badInput(`${path}: a NUL byte, which no text holds`, 'is it UTF-16? convert it with iconv');
    return decodeText(bytes, path);
  };
  const content = await read(text);
  const record = readBrat(content, await read(annotations), { text, annotations }, offsets, report);
  return { items: [{ ...record, document: name }], format: BRAT, source: text };
}
