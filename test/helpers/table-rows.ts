import { type BrokenRow, readRows, type TableRow } from '../../src/node/csv-rows.js';
import type { TableFormat } from '../../src/node/table-beginning.js';

/** Reads the rows of a table whose text comes in pieces of that many UTF-16 units. */
export async function rowsOf(text: string, format: TableFormat, size = 7): Promise<(TableRow | BrokenRow)[]> {
  const pieces = (async function* () {
    for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
  })();
  const rows: (TableRow | BrokenRow)[] = [];
  for await (const group of readRows(pieces, format)) for (const row of group) rows.push(row);
  return rows;
}

/** Reads the cells of such rows; of a line that is no row, what is wrong with it. */
export async function cellsOf(text: string, format: TableFormat, size = 7): Promise<(readonly string[])[]> {
  return (await rowsOf(text, format, size)).map((row) => ('cells' in row ? row.cells : [row.problem]));
}
