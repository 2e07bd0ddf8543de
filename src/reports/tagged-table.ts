import { type Language, labelsOf } from '../model/language.js';
import type { TaggedSentence } from '../model/tagger.js';
import { fieldsByName, hasTokens } from '../text/record.js';
import { type TableOptions, TableRows } from './table-rows.js';
import type { RecordWriter, TaggedRecord } from './tagged.js';

/** The text between two names in a cell. */
const BETWEEN_NAMES = '; ';

/** A writer of a table that is told the columns of the table which is read, and tells at the end which fields had no column. */
export interface TableWriter extends RecordWriter, Pick<TableRows, 'takeColumns' | 'notices'> {}

/** A tagged sentence, or a record that could not be read. */
type RowRecord = Exclude<TaggedRecord, { kind: 'gap' }>;

/**
 * Creates a writer of a table: the fields of a record, its text, and a column a label with the names of that label. A table that is
 * read keeps its columns.
 */
export function createTableWriter(language: Language, options: Omit<TableOptions, 'added'>): TableWriter {
  const labels = labelsOf(language);
  const rows = new TableRows({ ...options, added: labels });
  return {
    head: '',
    write(record) {
      if (!hasTokens(record) && record.kind === 'gap') return '';
      const [text, ...names] = cellsOf(record, labels);
      return rows.write(fieldsOf(record), text, names, hasTokens(record) ? '' : record.error);
    },
    get foot() {
      return rows.takeHead();
    },
    takeColumns: (names) => rows.takeColumns(names),
    notices: () => rows.notices(),
  };
}

/** Returns the text of a record and its names by label. */
function cellsOf(record: RowRecord, labels: readonly string[]): [text: string, ...names: string[]] {
  if (!hasTokens(record)) return [record.text ?? '', ...labels.map(() => '')];
  const { text, spans }: TaggedSentence = record;
  const namesOf = (label: string): string =>
    spans
      .filter((span) => span.label === label)
      .map((span) => span.text)
      .join(BETWEEN_NAMES);
  return [text, ...labels.map(namesOf)];
}

/** Returns the fields of a record, and the document and page that it stands in, as cells; what is no text is written as JSON. */
export function fieldsOf(record: RowRecord): Record<string, string> {
  const { document, page } = (hasTokens(record) ? record.place : undefined) ?? {};
  const fields = { ...(document !== undefined && { document }), ...(page !== undefined && { page }) };
  return Object.fromEntries(
    Object.entries({ ...fields, ...fieldsByName(record.fields ?? '') }).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
