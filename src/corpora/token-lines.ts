import { ColumnsReader } from '../checks/columns.js';
import { columnsOf, formatOf, HEAD } from '../checks/corpus.js';
import { FindingLog } from '../checks/findings.js';
import { LineReader } from '../checks/lines.js';
import type { ConllLayout } from '../formats/conll-layout.js';
import type { CorpusReading } from '../formats/format.js';
import { isWhiteSpace } from '../formats/white-space-tokens.js';
import { findBratDocuments } from '../node/brat-documents.js';
import { isRegularFile, nameOf, readBytes, STANDARD_STREAM } from '../node/files.js';
import { at } from '../text/at.js';

/** Where the tokens of a file of columns stand. */
export interface TokenLines {
  readonly layout: ConllLayout;
  /** The lines of the tokens of every sentence, by the line of the first one; tokens of white space alone are left out. */
  readonly lines: ReadonlyMap<number, readonly number[]>;
}

/**
 * Finds the lines of the tokens of a file of columns. They do not always follow each other: comments and ranges of CoNLL-U may
 * stand between them.
 *
 * @returns undefined if the file has no columns, or can be read only once
 */
export async function readTokenLines(path: string, reading: CorpusReading): Promise<TokenLines | undefined> {
  if (path === STANDARD_STREAM || !(await isRegularFile(path)) || (await findBratDocuments(path, reading.from)))
    return undefined;
  const file = { name: nameOf(path), bytes: await readBytes(path) };
  const columns = columnsOf(formatOf({ ...file, bytes: file.bytes.subarray(0, HEAD) }, reading.from), reading);
  if (!columns) return undefined;
  const found = new Map<number, readonly number[]>();
  const log = new FindingLog();
  const reader = new ColumnsReader(file.name, columns, log, ({ tokens, lines }) => {
    const own = lines.filter((_, index) => !isWhiteSpace(at(tokens, index)));
    if (own[0] !== undefined) found.set(at(lines, 0), own);
  });
  const lines = new LineReader(file.name, log, (line) => reader.push(line));
  lines.push(file.bytes);
  lines.end();
  reader.end();
  return reader.layout && { layout: reader.layout, lines: found };
}
