import { pipeline, Readable } from 'node:stream';
import { badInput } from '../errors.js';

/** A row of a table, with the line on which it ends, from 1. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** What separates the cells of a table: commas or tabs. */
export type TableFormat = 'csv' | 'tsv';

/** The largest row, in UTF-16 units. */
const LARGEST_ROW = 1_000_000;

/** The number of rows that are passed on together. */
const GROUP = 200;

/**
 * Reads the rows of a table (RFC 4180) as its text comes, in groups. In `csv`, cells may also stand between semicolons, as
 * spreadsheets of many countries write them: the first line decides. Empty lines are no rows.
 *
 * @param source the name of the file in messages
 * @throws {UserError} if quotes are not as they should be, or if a row is over 1 MB, with file and line; exit code 3
 */
export async function* readRows(
  texts: AsyncIterable<string> | Iterable<string>,
  format: TableFormat,
  source: string,
): AsyncGenerator<readonly TableRow[], void, undefined> {
  const { CsvError, Parser } = await import('csv-parse');
  const iterator = eachOf(texts);
  const beginning = await readFirstLine(iterator);
  const parser = new Parser({
    delimiter: delimiterOf(format, beginning),
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LARGEST_ROW,
  });
  pipeline(Readable.from(restOf(beginning, iterator)), parser, () => {}); // its error is thrown by the loop below
  let rows: TableRow[] = [];
  try {
    for await (const { record, info } of parser) {
      rows.push({ cells: record, line: info.lines });
      if (rows.length < GROUP) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (rows.length > 0) yield rows;
    throw badInput(`${source}:${error.lines}: ${describe(error.code)}`, 'a quote inside of quotes is written twice');
  }
  if (rows.length > 0) yield rows;
}

async function* eachOf(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string, void, undefined> {
  yield* texts;
}

function describe(code: string): string {
  if (code === 'CSV_MAX_RECORD_SIZE') return 'the row is over 1 MB long';
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'the quotes of a cell are never closed';
  return 'expected a comma, a tab or a line end after the quotes of a cell';
}

async function readFirstLine(texts: AsyncIterator<string>): Promise<string> {
  let beginning = '';
  while (!beginning.includes('\n') && beginning.length < LARGEST_ROW) {
    const { value, done } = await texts.next();
    if (done) break;
    beginning += value;
  }
  return beginning;
}

async function* restOf(beginning: string, texts: AsyncIterator<string>): AsyncGenerator<string> {
  yield beginning;
  for (let next = await texts.next(); !next.done; next = await texts.next()) yield next.value;
}

function delimiterOf(format: TableFormat, beginning: string): string {
  if (format === 'tsv') return '\t';
  const [line = ''] = beginning.split('\n', 1);
  return line.includes(';') && !line.includes(',') ? ';' : ',';
}
