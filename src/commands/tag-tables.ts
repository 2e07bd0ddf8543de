import { badInput } from '../errors.js';
import type { Report } from '../formats/format.js';
import { createCounter } from '../formats/issue-counter.js';
import { type BrokenRow, readRows, type TableRow } from '../node/csv-rows.js';
import type { TableFormat } from '../node/table-beginning.js';
import { nearestName } from '../settings/nearest.js';
import type { FailedRecord, FieldRecord } from '../text/record.js';

/** The column of the texts unless another is named. */
export const TEXT_COLUMN = 'text';

export interface TableReading {
  readonly format: TableFormat;
  /** The name of the column that holds the texts. */
  readonly textColumn?: string | undefined;
  /** Whether a row that cannot be read fails alone. */
  readonly keepsGoing?: boolean | undefined;
  /** Is told the names of the columns. */
  readonly onColumns?: ((names: readonly string[]) => void) | undefined;
  /** Is told once of rows with a cell that may hold the rows behind it. */
  readonly onIssue?: Report | undefined;
  /** Is told of each record and of its line. */
  readonly onRecord?: ((record: FieldRecord | FailedRecord, line: number) => void) | undefined;
}

/**
 * Reads the rows of a table, whose first one has the names of the columns, as records with the other cells as fields.
 *
 * @param source the name of the file in messages
 * @throws {UserError} if there is no column of that name, if columns have no or the same names, or if a row has other columns, with
 *   file and line; exit code 3
 */
export async function* readTable(
  texts: AsyncIterable<string> | Iterable<string>,
  reading: TableReading,
  source: string,
): AsyncGenerator<readonly (FieldRecord | FailedRecord)[], void, undefined> {
  const doubtful = countDoubtfulCells(reading);
  try {
    yield* readRecords(texts, reading, source, doubtful.see);
  } finally {
    doubtful.end();
  }
}

/**
 * Counts rows with a cell in quotes that holds both what separates cells and what separates rows. Programs that write TSV without
 * quotes let a quote begin a cell that is text; the next one that ends a cell may stand rows later.
 */
function countDoubtfulCells({ format, onIssue = () => {} }: TableReading): {
  see(row: TableRow | BrokenRow, source: string): void;
  end(): void;
} {
  const counter = createCounter('record', onIssue, (count, isOne) => {
    const rows = isOne ? 'a row has' : `${count} rows have`;
    return `${rows} a cell in quotes that holds tabs and line ends: if the quotes belong to the text, other rows stand in that cell; such quotes are written twice, in a cell in quotes`;
  });
  return {
    see(row, source) {
      if (format === 'tsv' && 'cells' in row && row.cells.some((cell) => cell.includes('\t') && /[\r\n]/.test(cell)))
        counter.count(`${source}:${row.line}`);
    },
    end: counter.end,
  };
}

async function* readRecords(
  texts: AsyncIterable<string> | Iterable<string>,
  { format, textColumn = TEXT_COLUMN, keepsGoing = false, onColumns = () => {}, onRecord = () => {} }: TableReading,
  source: string,
  see: (row: TableRow | BrokenRow, source: string) => void,
): AsyncGenerator<readonly (FieldRecord | FailedRecord)[], void, undefined> {
  let names: readonly string[] | undefined;
  for await (const rows of readRows(texts, format)) {
    const records: (FieldRecord | FailedRecord)[] = [];
    for (const row of rows) {
      see(row, source);
      if (names === undefined) {
        if ('problem' in row) throw badInput(`${source}:${row.line}: ${row.problem}`, row.hint);
        names = row.cells;
        checkNames(names, textColumn, `${source}:${row.line}`);
        onColumns(names);
        continue;
      }
      const found = toRecord(row, names, textColumn, source);
      if (found.kind === 'failed' && !keepsGoing) {
        if (records.length > 0) yield records;
        throw badInput(found.error, 'problem' in row ? row.hint : 'the first row has the names of the columns');
      }
      onRecord(found, row.line);
      records.push(found);
    }
    if (records.length > 0) yield records;
  }
}

function toRecord(
  row: TableRow | BrokenRow,
  names: readonly string[],
  textColumn: string,
  source: string,
): FieldRecord | FailedRecord {
  if ('problem' in row) return { kind: 'failed', error: `${source}:${row.line}: ${row.problem}`, fields: '' };
  const { cells, line } = row;
  const fields = names.flatMap((name, index) =>
    name === textColumn ? [] : [`${JSON.stringify(name)}:${JSON.stringify(cells[index] ?? '')},`],
  );
  const columns = cells.length === 1 ? '1 column' : `${cells.length} columns`;
  if (cells.length !== names.length)
    return {
      kind: 'failed',
      error: `${source}:${line}: expected ${names.length} columns, found ${columns}`,
      fields: fields.join(''),
      text: cells[names.indexOf(textColumn)],
    };
  return { kind: 'fields', content: cells[names.indexOf(textColumn)] ?? '', fields: fields.join('') };
}

function checkNames(names: readonly string[], textColumn: string, place: string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw badInput(`${place}: two columns are named ${JSON.stringify(twice)}`, 'rename one');
  if (names.includes(textColumn)) return;
  const nearest = nearestName(textColumn, names);
  throw badInput(
    `${place}: expected a column named ${JSON.stringify(textColumn)}, found ${names.map((name) => JSON.stringify(name)).join(', ')}`,
    `--text-column names the column of the texts${nearest === undefined ? '' : `, as in --text-column ${JSON.stringify(nearest)}`}`,
  );
}
