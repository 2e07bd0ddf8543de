import { ColumnsReader } from '../checks/columns.js';
import { columnsOf, formatOf, HEAD } from '../checks/corpus.js';
import { FindingLog } from '../checks/findings.js';
import { LineReader } from '../checks/lines.js';
import type { CorpusReading } from '../formats/format.js';
import { isWhiteSpace } from '../formats/white-space-tokens.js';
import { findBratDocuments } from '../node/brat-documents.js';
import { isRegularFile, nameOf, readBytes, STANDARD_STREAM } from '../node/files.js';

/**
 * Returns the lines of the tokens of every sentence of a file of columns, by the line of the first one. They do not always
 * follow each other: comments and ranges of CoNLL-U may stand between them. Tokens of white space alone are left out.
 *
 * @returns nothing if the file has no columns, or can be read only once
 */
export async function readTokenLines(path: string, reading: CorpusReading): Promise<Map<number, readonly number[]>> {
  const found = new Map<number, readonly number[]>();
  if (path === STANDARD_STREAM || !(await isRegularFile(path)) || (await findBratDocuments(path, reading.from)))
    return found;
  const file = { name: nameOf(path), bytes: await readBytes(path) };
  const format = formatOf({ ...file, bytes: file.bytes.subarray(0, HEAD) }, reading.from);
  const columns = columnsOf(format, reading);
  if (!columns) return found;
  const log = new FindingLog();
  const reader = new ColumnsReader(file.name, columns, log, ({ tokens, lines }) => {
    const own = lines.filter((_, index) => !isWhiteSpace(tokens[index] ?? ''));
    if (lines[0] !== undefined) found.set(lines[0], own);
  });
  const lines = new LineReader(file.name, log, (line) => reader.push(line));
  lines.push(file.bytes);
  lines.end();
  reader.end();
  return found;
}
