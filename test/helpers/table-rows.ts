import { type BrokenRow, readRows, type TableFormat, type TableRow } from '../../src/node/csv-rows.js';

/** Reads the rows of a table whose text comes in pieces of that many characters. */
export async function rowsOf(text: string, format: TableFormat, size = 7): Promise<(TableRow | BrokenRow)[]> {
  const pieces = (async function* () {
    const characters = [...text];
    for (let start = 0; start < characters.length; start += size) yield characters.slice(start, start + size).join('');
  })();
  const rows: (TableRow | BrokenRow)[] = [];
  for await (const group of readRows(pieces, format)) rows.push(...group);
  return rows;
}

/** Reads the cells of such rows; of a line that is no row, what is wrong with it. */
export async function cellsOf(text: string, format: TableFormat, size = 7): Promise<(readonly string[])[]> {
  return (await rowsOf(text, format, size)).map((row) => ('cells' in row ? row.cells : [row.problem]));
}
