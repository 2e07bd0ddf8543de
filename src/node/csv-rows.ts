/** A row of a table, with the line on which it begins, from 1. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** A line that is no row, and what is wrong with it. */
export interface BrokenRow {
  readonly problem: string;
  readonly line: number;
}

/** What separates the cells of a table: commas or tabs. */
export type TableFormat = 'csv' | 'tsv';

/** The largest row, in UTF-16 units. */
const LARGEST_ROW = 1_000_000;

const NOT_CLOSED = { problem: 'the quotes of a cell are never closed' } as const;
const OPEN_TOO_LONG = { problem: 'the quotes of a cell are not closed within 1 MB' } as const;

/**
 * Reads the rows of a table (RFC 4180) as its text comes, in groups. In `csv`, cells may also stand between semicolons, as
 * spreadsheets of many countries write them: the first line decides. Empty lines are no rows. Quotes inside of a cell that does not
 * begin with one are text. In `tsv` so are those of a cell that begins with one and has more behind its closing quote, or none.
 *
 * A line with other quotes, or of a row over 1 MB, is a broken row; the next row begins on the next line, so that nothing else is
 * lost.
 */
export async function* readRows(
  texts: AsyncIterable<string> | Iterable<string>,
  format: TableFormat,
): AsyncGenerator<readonly (TableRow | BrokenRow)[], void, undefined> {
  let reader: RowReader | undefined;
  let beginning = '';
  for await (const text of texts) {
    let rows: Rows;
    if (reader) rows = reader.push(text);
    else {
      beginning += text;
      if (!beginning.includes('\n') && beginning.length < LARGEST_ROW) continue;
      reader = new RowReader(format, beginning);
      rows = reader.push('');
    }
    if (rows.length > 0) yield rows;
  }
  const rows = (reader ?? new RowReader(format, beginning)).end();
  if (rows.length > 0) yield rows;
}

type Rows = readonly (TableRow | BrokenRow)[];

/** A row or a cell with the offset behind it, what is wrong with it, or that the text of it has not all come. */
type Found<Part> = (Part & { readonly end: number }) | { readonly problem: string } | 'incomplete';

type FoundRow = Found<{ readonly cells: readonly string[] }>;
type FoundCell = Found<{ readonly cell: string }>;

const TOO_LONG = { problem: 'the row is over 1 MB long' } as const;

/** Cuts text into rows as it comes. */
class RowReader {
  readonly #delimiter: string;
  /** Some old programs end lines with a carriage return alone. */
  readonly #lineEnd: '\n' | '\r';
  readonly #quotesMayBeText: boolean;
  /** Matches a cell without quotes around it. */
  readonly #plainCell: RegExp;
  #rest: string;
  #isAtEnd = false;
  /** Whether the rest begins inside of a line that is no row. */
  #isInBrokenLine = false;
  #line = 1;

  /** @param beginning the first line of the table, or more */
  constructor(format: TableFormat, beginning: string) {
    this.#rest = beginning.replace(/^\uFEFF/, '');
    this.#lineEnd = !beginning.includes('\n') && beginning.includes('\r') ? '\r' : '\n';
    const [line = ''] = beginning.split(this.#lineEnd, 1);
    this.#delimiter = format === 'tsv' ? '\t' : line.includes(';') && !line.includes(',') ? ';' : ',';
    this.#quotesMayBeText = format === 'tsv';
    this.#plainCell = new RegExp(`[^${this.#delimiter}${this.#lineEnd}]*`, 'y');
  }

  /** Takes the next part of the text, and returns the rows that are complete. */
  push(text: string): Rows {
    this.#rest += text;
    return text === '' || text.includes(this.#lineEnd) || this.#rest.length > LARGEST_ROW ? this.#takeRows() : [];
  }

  /** Returns the rest of the rows. */
  end(): Rows {
    this.#isAtEnd = true;
    return this.#takeRows();
  }

  #takeRows(): Rows {
    const rows: (TableRow | BrokenRow)[] = [];
    let start = 0;
    while (start < this.#rest.length) {
      if (this.#isInBrokenLine) {
        const lineEnd = this.#rest.indexOf(this.#lineEnd, start);
        this.#isInBrokenLine = lineEnd < 0;
        start = lineEnd < 0 ? this.#rest.length : lineEnd + 1;
        if (lineEnd >= 0) this.#line++;
        continue;
      }
      const found = this.#rowAt(start);
      if (found === 'incomplete') break;
      const line = this.#line;
      if ('problem' in found) {
        rows.push({ problem: found.problem, line });
        this.#isInBrokenLine = true;
        continue;
      }
      if (found.cells.length > 0) rows.push({ cells: found.cells, line });
      for (let at = start; at < found.end; at++) if (this.#rest[at] === this.#lineEnd) this.#line++;
      start = found.end;
    }
    this.#rest = this.#rest.slice(start);
    return rows;
  }

  /** Finds a row, which has no cells if its line is empty. */
  #rowAt(start: number): FoundRow {
    const lineEnd = this.#lineEndAt(start);
    if (lineEnd > start) return { cells: [], end: lineEnd };
    const cells: string[] = [];
    let end = start;
    for (;;) {
      const found = this.#cellAt(end, start + LARGEST_ROW);
      // A carriage return behind the largest row may belong to a line end.
      if (found === 'incomplete') return this.#rest.length - start > LARGEST_ROW + 1 ? TOO_LONG : found;
      if ('problem' in found) return found;
      if (found.end - start > LARGEST_ROW) return TOO_LONG;
      cells.push(found.cell);
      end = found.end;
      if (this.#rest[end] !== this.#delimiter) return { cells, end: this.#lineEndAt(end) };
      end++;
    }
  }

  /** @param limit the offset at which the largest row ends */
  #cellAt(start: number, limit: number): FoundCell {
    if (this.#rest[start] !== '"') return this.#plainCellAt(start);
    const found = this.#quotedCellAt(start, limit);
    const isText = this.#quotesMayBeText && found !== 'incomplete' && 'problem' in found;
    return isText ? this.#plainCellAt(start) : found;
  }

  #plainCellAt(start: number): FoundCell {
    this.#plainCell.lastIndex = start;
    const [cell = ''] = this.#plainCell.exec(this.#rest) ?? [];
    const end = start + cell.length;
    if (end === this.#rest.length && !this.#isAtEnd) return 'incomplete';
    const isBeforeLineFeed = cell.endsWith('\r') && this.#rest[end] === '\n';
    return isBeforeLineFeed ? { cell: cell.slice(0, -1), end: end - 1 } : { cell, end };
  }

  #quotedCellAt(start: number, limit: number): FoundCell {
    let cell = '';
    for (let from = start + 1; ; ) {
      const quote = this.#rest.indexOf('"', from);
      if (quote >= limit || (quote < 0 && this.#rest.length >= limit)) return OPEN_TOO_LONG;
      const isLast = quote < 0 || quote === this.#rest.length - 1;
      if (isLast && !this.#isAtEnd) return 'incomplete';
      if (quote < 0) return NOT_CLOSED;
      cell += this.#rest.slice(from, quote);
      const end = quote + 1;
      if (this.#rest[end] === '"') {
        cell += '"';
        from = end + 1;
        continue;
      }
      if (this.#rest[end] === '\r' && end + 1 === this.#rest.length && !this.#isAtEnd) return 'incomplete';
      const isClosed = end === this.#rest.length || this.#rest[end] === this.#delimiter || this.#lineEndAt(end) > end;
      return isClosed ? { cell, end } : { problem: 'expected a comma, a tab or a line end after the quotes of a cell' };
    }
  }

  /** Returns the offset behind the line end that stands at an offset, or that offset if none does. */
  #lineEndAt(start: number): number {
    if (this.#rest[start] === this.#lineEnd) return start + 1;
    return this.#lineEnd === '\n' && this.#rest.startsWith('\r\n', start) ? start + 2 : start;
  }
}
