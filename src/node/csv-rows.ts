import { TableBeginning, type TableFormat, type TableShape } from './table-beginning.js';

/** A row of a table, with the line on which it begins, from 1. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The reason why a line is no row, and a hint for the person who wrote it. */
interface RowProblem {
  readonly problem: string;
  readonly hint: string;
}

/** A line that is no row. */
export interface BrokenRow extends RowProblem {
  readonly line: number;
}

/** The largest row, in UTF-16 units. */
const LARGEST_ROW = 1_000_000;

const QUOTES_HINT = 'a quote inside of quotes is written twice';

const NOT_CLOSED: RowProblem = { problem: 'the quotes of a cell are never closed', hint: QUOTES_HINT };
const OPEN_TOO_LONG: RowProblem = { problem: 'the quotes of a cell are not closed within 1 MB', hint: QUOTES_HINT };
const TEXT_BEHIND_QUOTES: RowProblem = {
  problem: 'expected a comma, a tab or a line end after the quotes of a cell',
  hint: QUOTES_HINT,
};
const TOO_LONG: RowProblem = { problem: 'the row is over 1 MB long', hint: 'divide its text among several rows' };

/**
 * Reads the rows of a table (RFC 4180) as its text comes, in groups. In `csv`, cells may also stand between semicolons, as
 * spreadsheets of many countries write them: the first line that is not empty decides. Empty lines are no rows. Quotes inside of a cell that does not
 * begin with one are text. In `tsv` so are those of a cell that begins with one and has more behind its closing quote, or none.
 *
 * A line with other quotes, or of a row over 1 MB, is a broken row; the next row begins on the next line, so that nothing else is
 * lost. No library is used for this, since in csv-parse and Papa Parse a quote that is never closed takes all the rest of the file along.
 */
export async function* readRows(
  texts: AsyncIterable<string> | Iterable<string>,
  format: TableFormat,
): AsyncGenerator<readonly (TableRow | BrokenRow)[], void, undefined> {
  let reader: RowReader | undefined;
  const beginning = new TableBeginning(format, LARGEST_ROW);
  for await (const text of texts) {
    if (!reader && !beginning.push(text)) continue;
    const isFirst = reader === undefined;
    reader ??= new RowReader(format, beginning.shape());
    const rows = reader.push(isFirst ? '' : text);
    if (rows.length > 0) yield rows;
  }
  const rows = (reader ?? new RowReader(format, beginning.shape())).end();
  if (rows.length > 0) yield rows;
}

type Rows = readonly (TableRow | BrokenRow)[];

/** A row or a cell with the offset behind it, what is wrong with it, or that the text of it has not all come. */
type Found<Part> = (Part & { readonly end: number }) | RowProblem | 'incomplete';

type FoundRow = Found<{ readonly cells: readonly string[]; readonly text: string }>;
type FoundCell = Found<{ readonly cell: string }>;

/** Cuts text into rows as it comes. */
class RowReader {
  readonly #delimiter: string;
  readonly #lineEnd: '\n' | '\r';
  readonly #quotesMayBeText: boolean;
  /** Matches a cell without quotes around it. */
  readonly #plainCell: RegExp;
  /** The cells of the row that is read, as far as they have come, and their text, behind which the rest begins. */
  #cells: string[] = [];
  #read = '';
  #rest: string;
  /** The quotes of a cell with which the rest begins and that was not closed when it was read last. */
  #openQuotes: OpenQuotes | undefined;
  #isAtEnd = false;
  /** Whether the rest begins inside of a line that is no row. */
  #isInBrokenLine = false;
  #line = 1;

  constructor(format: TableFormat, { text, lineEnd, delimiter }: TableShape) {
    this.#rest = text;
    this.#lineEnd = lineEnd;
    this.#delimiter = delimiter;
    this.#quotesMayBeText = format === 'tsv';
    this.#plainCell = new RegExp(`[^\\${delimiter}${lineEnd}]*`, 'y');
  }

  /** Takes the next part of the text, and returns the rows that are complete. */
  push(text: string): Rows {
    this.#rest += text;
    this.#openQuotes?.push(text);
    const mayEnd = text === '' || (text.includes(this.#lineEnd) && (this.#openQuotes?.mayBeClosed ?? true));
    return mayEnd || this.#read.length + this.#rest.length > LARGEST_ROW ? this.#takeRows() : [];
  }

  /** Returns the rest of the rows. */
  end(): Rows {
    this.#isAtEnd = true;
    return this.#takeRows();
  }

  #takeRows(): Rows {
    const rows: (TableRow | BrokenRow)[] = [];
    let start = 0;
    while (start < this.#rest.length || (this.#isAtEnd && this.#read !== '')) {
      if (this.#isInBrokenLine) {
        const lineEnd = this.#rest.indexOf(this.#lineEnd, start);
        this.#isInBrokenLine = lineEnd < 0;
        start = lineEnd < 0 ? this.#rest.length : lineEnd + 1;
        if (lineEnd >= 0) this.#line++;
        continue;
      }
      const found = this.#rowAt(start);
      if (found === 'incomplete') return rows;
      const line = this.#line;
      if ('problem' in found) {
        rows.push({ ...found, line });
        this.#isInBrokenLine = true;
        continue;
      }
      if (found.cells.length > 0) rows.push({ cells: found.cells, line });
      for (let at = found.text.indexOf(this.#lineEnd); at >= 0; at = found.text.indexOf(this.#lineEnd, at + 1))
        this.#line++;
      start = found.end;
    }
    this.#rest = this.#rest.slice(start);
    return rows;
  }

  /**
   * Finds a row, which has no cells if its line is empty. Cells that are complete are kept until the rest of their row has come: read
   * anew with each piece of the text, a long row would take the square of its length.
   *
   * @param start the offset of the row, or 0 if a part of it is read
   */
  #rowAt(start: number): FoundRow {
    const lineEnd = this.#read === '' ? this.#lineEndAt(start) : start;
    if (lineEnd > start) return { cells: [], text: this.#rest.slice(start, lineEnd), end: lineEnd };
    const [cells, read] = [this.#cells, this.#read];
    [this.#cells, this.#read, this.#openQuotes] = [[], '', undefined];
    const rowStart = start - read.length;
    const refuse = (broken: RowProblem): FoundRow => {
      this.#rest = read + this.#rest;
      return broken;
    };
    let end = start;
    for (;;) {
      const found = this.#cellAt(end, rowStart + LARGEST_ROW);
      if (found === 'incomplete') {
        // A carriage return behind the largest row may belong to a line end.
        if (this.#rest.length - rowStart > LARGEST_ROW + 1) return refuse(TOO_LONG);
        [this.#cells, this.#read] = [cells, read + this.#rest.slice(start, end)];
        this.#rest = this.#rest.slice(end);
        if (this.#rest.startsWith('"')) this.#openQuotes = new OpenQuotes(this.#rest);
        return found;
      }
      if ('problem' in found) return refuse(found);
      if (found.end - rowStart > LARGEST_ROW) return refuse(TOO_LONG);
      cells.push(found.cell);
      end = found.end;
      if (this.#rest[end] !== this.#delimiter) {
        end = this.#lineEndAt(end);
        return { cells, text: read + this.#rest.slice(start, end), end };
      }
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
      return isClosed ? { cell, end } : TEXT_BEHIND_QUOTES;
    }
  }

  /** Returns the offset behind the line end that stands at an offset, or that offset if none does. */
  #lineEndAt(start: number): number {
    if (this.#rest[start] === this.#lineEnd) return start + 1;
    return this.#lineEnd === '\n' && this.#rest.startsWith('\r\n', start) ? start + 2 : start;
  }
}

/** Finds out whether the quotes of a cell may have been closed, and looks at each part of the text only once. */
class OpenQuotes {
  #isBehindQuote = false;
  #mayBeClosed = false;

  /** @param text what has come of the cell */
  constructor(text: string) {
    this.push(text.slice(1));
  }

  /** Whether a quote stood alone: those that are text are written twice. */
  get mayBeClosed(): boolean {
    return this.#mayBeClosed;
  }

  /** Takes the next part of the text. */
  push(text: string): void {
    const withoutPairs = `${this.#isBehindQuote ? '"' : ''}${text}`.replaceAll('""', '  ');
    const quote = withoutPairs.indexOf('"');
    this.#isBehindQuote = quote >= 0 && quote === withoutPairs.length - 1;
    this.#mayBeClosed ||= quote >= 0 && !this.#isBehindQuote;
  }
}
