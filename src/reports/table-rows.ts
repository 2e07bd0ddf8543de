import { counted } from '../text/counts.js';

export interface TableOptions {
  /** The character between two cells. */
  readonly delimiter: ',' | '\t';
  /** The name of the column of the texts. */
  readonly textColumn: string;
  /** The names of columns that follow those of the input. */
  readonly added?: readonly string[];
  /** Whether there is a last column that says why a record could not be read. */
  readonly hasErrors: boolean;
}

/**
 * Writes the rows of a table (RFC 4180): the columns of a table that was read, in their order, or the fields of the first record and
 * its text; then the added columns.
 */
export class TableRows {
  readonly #delimiter: string;
  readonly #textColumn: string;
  readonly #added: readonly string[];
  readonly #hasErrors: boolean;
  readonly #leftOut = new LeftOutFields();
  #columns: readonly string[] | undefined;
  #hasHead = false;

  constructor({ delimiter, textColumn, added = [], hasErrors }: TableOptions) {
    this.#delimiter = delimiter;
    this.#textColumn = textColumn;
    this.#added = hasErrors ? [...added, 'error'] : added;
    this.#hasErrors = hasErrors;
  }

  /** Takes the names of the columns of a table that is read; those of the first table are written. */
  takeColumns(names: readonly string[]): void {
    this.#columns ??= names;
  }

  /**
   * Returns a row, and the names of the columns before the first one.
   *
   * @param added the cells of the added columns
   * @param error why the record could not be read; an empty text if it was read
   */
  write(fields: Readonly<Record<string, string>>, text: string, added: readonly string[], error: string): string {
    this.#columns ??= [...Object.keys(fields).filter((name) => name !== this.#textColumn), this.#textColumn];
    this.#leftOut.take(
      Object.keys(fields).filter((name) => name === this.#textColumn || !this.#columns?.includes(name)),
    );
    const own = this.#columns.map((name) => (name === this.#textColumn ? text : (fields[name] ?? '')));
    return this.takeHead() + this.#row([...own, ...added, ...(this.#hasErrors ? [error] : [])]);
  }

  /** Returns the names of the columns, unless they have been written. */
  takeHead(): string {
    if (this.#hasHead) return '';
    this.#hasHead = true;
    const columns = this.#columns ?? [this.#textColumn];
    return this.#row([...columns, ...this.#added.map((name) => freeName(name, new Set(columns)))]);
  }

  /** Returns a notice for each name of fields that had no column. */
  notices(): string[] {
    return this.#leftOut.notices();
  }

  #row(cells: readonly string[]): string {
    return `${cells.map((cell) => quoteCell(cell, this.#delimiter)).join(this.#delimiter)}\r\n`;
  }
}

/** The number of names of left-out fields that are told apart. */
const MOST_NAMES = 20;

/** Counts the fields of records that a table has no column for. */
class LeftOutFields {
  readonly #byName = new Map<string, { count: number; readonly first: number }>();
  #others = 0;
  #record = 0;

  /** Takes the names of such fields of the next record. */
  take(names: readonly string[]): void {
    this.#record++;
    for (const name of names) {
      const known = this.#byName.get(name);
      if (known) known.count++;
      else if (this.#byName.size < MOST_NAMES) this.#byName.set(name, { count: 1, first: this.#record });
      else this.#others++;
    }
  }

  notices(): string[] {
    const told = [...this.#byName].map(([name, { count, first }]) => {
      const where = count === 1 ? `in record ${first}` : `in ${counted(count, 'record')} (first in record ${first})`;
      return `${JSON.stringify(name)} is left out ${where}: the table has the columns of its first record`;
    });
    return this.#others === 0 ? told : [...told, `${counted(this.#others, 'field')} of other names were left out, too`];
  }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`${name} found`, taken) : name;
}

function quoteCell(cell: string, delimiter: string): string {
  return /["\r\n]/.test(cell) || cell.includes(delimiter) || /^\s|\s$/.test(cell)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell;
}
