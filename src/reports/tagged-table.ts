import { type Language, labelsOf } from '../model/language.js';
import type { TaggedSentence } from '../model/tagger.js';
import { hasTokens } from '../text/record.js';
import type { RecordWriter, TaggedRecord } from './tagged.js';

/** What stands between two names in a cell. */
const BETWEEN_NAMES = '; ';

/**
 * Creates a writer of a table (RFC 4180): the fields of a record, its text, and a column a label with the names of that label. A
 * record that could not be read has an empty text.
 *
 * @param delimiter what stands between cells
 * @param textColumn the name of the column of the texts
 */
export function createTableWriter(language: Language, delimiter: ',' | '\t', textColumn: string): RecordWriter {
  const labels = labelsOf(language);
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
      const own = columns.map((name) => fields[name] ?? '');
      const row = writeRow([...own, ...cellsOf(record, labels)]);
      if (!isFirst) return row;
      const taken = new Set([...columns, textColumn]);
      return writeRow([...columns, textColumn, ...labels.map((label) => freeName(label, taken))]) + row;
    },
    foot: '',
  };
}

/** Returns the text of a record and its names by label. */
function cellsOf(record: TaggedRecord, labels: readonly string[]): string[] {
  if (!hasTokens(record)) return ['', ...labels.map(() => '')];
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
  const fields: Record<string, unknown> = JSON.parse(`{${(record.fields ?? '').replace(/,$/, '')}}`);
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
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
