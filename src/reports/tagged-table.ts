import { type Language, labelsOf } from '../model/language.js';
import type { TaggedSentence } from '../model/tagger.js';
import { counted } from '../text/counts.js';
import { fieldsByName, hasTokens } from '../text/record.js';
import type { RecordWriter, TaggedRecord } from './tagged.js';

/** The text between two names in a cell. */
const BETWEEN_NAMES = '; ';

export interface TableOptions {
  /** The character between two cells. */
  readonly delimiter: ',' | '\t';
  /** The name of the column of the texts. */
  readonly textColumn: string;
  /** Whether there is a last column that says why a record could not be read. */
  readonly hasErrors: boolean;
}

/** A writer of a table that tells at the end which fields had no column. */
export interface TableWriter extends RecordWriter {
  /** Returns a notice for each name of such fields. */
  notices(): string[];
}

/**
 * Creates a writer of a table (RFC 4180): the fields of a record, its text, and a column a label with the names of that label. The
 * first record says which fields have a column.
 */
export function createTableWriter(language: Language, { delimiter, textColumn, hasErrors }: TableOptions): TableWriter {
  const labels = labelsOf(language);
  const leftOut = new LeftOutFields();
  let columns: readonly string[] | undefined;
  const writeRow = (cells: readonly string[]): string =>
    `${cells.map((cell) => quoteCell(cell, delimiter)).join(delimiter)}\r\n`;
  return {
    head: '',
    write(record) {
      if (!hasTokens(record) && record.kind === 'gap') return '';
      const fields = fieldsOf(record);
      const isFirst = columns === undefined;
      columns ??= Object.keys(fields);
      leftOut.take(fields, columns);
      const own = columns.map((name) => fields[name] ?? '');
      const error = hasErrors ? [hasTokens(record) ? '' : record.error] : [];
      const row = writeRow([...own, ...cellsOf(record, labels), ...error]);
      if (!isFirst) return row;
      const taken = new Set([...columns, textColumn]);
      const added = [...labels, ...(hasErrors ? ['error'] : [])];
      return writeRow([...columns, textColumn, ...added.map((name) => freeName(name, taken))]) + row;
    },
    foot: '',
    notices: () => leftOut.notices(),
  };
}

/** The number of names of left-out fields that are told apart. */
const MOST_NAMES = 20;

/** Counts the fields of records that a table has no column for. */
class LeftOutFields {
  readonly #byName = new Map<string, { count: number; readonly first: number }>();
  #others = 0;
  #record = 0;

  /** Takes the fields of the next record. */
  take(fields: Readonly<Record<string, string>>, columns: readonly string[]): void {
    this.#record++;
    for (const name of Object.keys(fields)) {
      if (columns.includes(name)) continue;
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

/** Returns the text of a record and its names by label. */
function cellsOf(record: Exclude<TaggedRecord, { kind: 'gap' }>, labels: readonly string[]): string[] {
  if (!hasTokens(record)) return [record.text ?? '', ...labels.map(() => '')];
  const { text, spans }: TaggedSentence = record;
  const namesOf = (label: string): string =>
    spans
      .filter((span) => span.label === label)
      .map((span) => span.text)
      .join(BETWEEN_NAMES);
  return [text, ...labels.map(namesOf)];
}

/** Returns the fields of a record as cells; what is no text is written as JSON. */
function fieldsOf(record: Exclude<TaggedRecord, { kind: 'gap' }>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldsByName(record.fields ?? '')).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

function freeName(label: string, taken: ReadonlySet<string>): string {
  return taken.has(label) ? freeName(`${label} found`, taken) : label;
}

function quoteCell(cell: string, delimiter: string): string {
  return /["\r\n]/.test(cell) || cell.includes(delimiter) || /^\s|\s$/.test(cell)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell;
}
