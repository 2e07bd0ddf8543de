import type { TagOptions } from '../commands/tag.js';
import { TEXT_COLUMN } from '../commands/tag-tables.js';
import { type Language, labelsOf } from '../model/language.js';
import type { Model } from '../model/model.js';
import { STANDARD_STREAM } from '../node/files.js';
import type { TableFormat } from '../node/table-beginning.js';
import { openReplacement, type Replacement } from '../node/writing.js';
import { labelColours } from '../reports/label-colours.js';
import { type TableOptions, TableRows } from '../reports/table-rows.js';
import { createPaintedWriter, type RecordWriter, type TaggedFormat } from '../reports/tagged.js';
import { createTableWriter } from '../reports/tagged-table.js';
import { hasSpans } from '../text/scheme.js';
import { listenForInterrupt } from './follow.js';
import { type OpenRedaction, openRedaction, type RedactionFlags } from './redaction-options.js';
import { chalkFor, print, say, wantsColour } from './streams.js';

/** How results look, and where they go. */
export interface DestinationOptions extends RedactionFlags, Pick<TagOptions, 'from'> {
  readonly to: TaggedFormat | TableFormat | 'redacted';
  readonly textColumn?: string;
  readonly json?: true;
  readonly keepGoing?: true;
  readonly output: string;
  readonly quiet?: true;
}

/** What results are written with. */
export interface Destination {
  readonly wishes: Pick<TagOptions, 'to' | 'format' | 'confidence' | 'hidingLevel' | 'onColumns'>;
  readonly redacted?: OpenRedaction;
  /** Returns what a table could not hold, when all is written. */
  notices(): readonly string[];
}

/** Whether a format is one of tables. */
export function isTable(format: string): format is TableFormat {
  return format === 'csv' || format === 'tsv';
}

/**
 * Opens what results are written with: the writer of a redaction, that of a table, a painter where a terminal shows them, or a format.
 *
 * @param source the name of the checkpoint in messages
 * @throws {UserError} as `openRedaction` does
 */
export async function openDestination(model: Model, options: DestinationOptions, source: string): Promise<Destination> {
  const { to, from, json, textColumn = TEXT_COLUMN, quiet } = options;
  const { language } = model;
  if (to === 'redacted') {
    const asJson = json === true;
    const table = isTable(from) && !asJson ? new TableRows(tableOptions(from, options)) : undefined;
    const redacted = await openRedaction(model, options, { from, asJson, table }, options.output, source);
    let isFirst = true;
    const onColumns = (names: readonly string[]): void => {
      table?.takeColumns(names);
      // Later tables have the columns of the first one.
      if (table && isFirst) say(keptColumnsText(names.filter((name) => name !== textColumn)), quiet);
      isFirst = false;
    };
    return { wishes: { ...redacted.redaction, onColumns }, redacted, notices: () => table?.notices() ?? [] };
  }
  if (isTable(to)) {
    const writer = createTableWriter(language, tableOptions(to, options));
    return { wishes: { to: writer, onColumns: writer.takeColumns }, notices: writer.notices };
  }
  return { wishes: { to: isPainted(options, language) ? createPainter(language) : to }, notices: () => [] };
}

function tableOptions(
  format: TableFormat,
  { textColumn = TEXT_COLUMN, keepGoing }: DestinationOptions,
): Omit<TableOptions, 'added'> {
  return { delimiter: format === 'csv' ? ',' : '\t', textColumn, hasErrors: keepGoing === true };
}

/** Warns of columns in which names are not replaced. */
function keptColumnsText(names: readonly string[]): string {
  if (names.length === 0) return '';
  const listed = names.map((name) => JSON.stringify(name)).join(', ');
  return `warning: other columns (${listed}) are written as they are: names in them are not replaced\n`;
}

function isPainted({ to, output }: DestinationOptions, { scheme }: Language): boolean {
  return to === 'inline' && hasSpans(scheme) && output === STANDARD_STREAM && wantsColour(process.stdout);
}

/** Makes a writer that paints entities in the colours of their labels. */
function createPainter(language: Language): RecordWriter {
  const chalk = chalkFor(process.stdout);
  const colourOf = labelColours(labelsOf(language));
  return createPaintedWriter((entity, label) => {
    const colour = chalk[colourOf(label).terminal];
    return `${colour.bold(entity)} ${colour.dim(label)}`;
  });
}

/** A place that results are written to. */
export type Output = Pick<Replacement, 'finish' | 'discard'> & { write(text: string | Uint8Array): Promise<void> };

/** Opens where results go: a file is in its place only when it is whole, and a process that is told to stop removes its part. */
export async function openOutput(path: string): Promise<Output> {
  if (path === STANDARD_STREAM) return { write: print, finish: async () => {}, discard: async () => {} };
  listenForInterrupt(() => {});
  return openReplacement(path);
}
