import type { Language } from '../model/language.js';
import type { TaggedSentence } from '../model/tagger.js';
import { hasTokens } from '../text/record.js';
import { type RedactedText, redact } from '../text/redaction.js';
import type { ReplacedName, StandIns } from '../text/stand-ins.js';
import type { TableRows } from './table-rows.js';
import { createTaggedWriter, type RecordWriter, type TaggedRecord } from './tagged.js';
import { fieldsOf } from './tagged-table.js';

/**
 * The part of the input in which a name keeps its stand-in: a `record`; a `document`, which is a text in several sentences, the
 * columns between two marks of documents, or all records where nothing divides them; or `all` of the input.
 */
export type StandInScope = 'record' | 'document' | 'all';

export interface RedactedOptions {
  readonly standIns: StandIns;
  readonly scope: StandInScope;
  /** Whether to write JSON lines with both texts, or the redacted text alone. */
  readonly asJson: boolean;
  /** The table whose texts are redacted, if one is written. */
  readonly table?: TableRows | undefined;
  /** Is told the names of each scope when it ends, with its number, from 1. */
  readonly onNames?: ((names: readonly ReplacedName[], scope: number) => void) | undefined;
}

/** A writer of redacted records that must be told when there are no more. */
export interface RedactedWriter extends RecordWriter {
  end(): void;
}

/**
 * Creates a writer of texts without their names. A record that could not be read becomes an empty line, its error in JSON, or a row
 * of a table without its cells, since nobody knows which of them is the text.
 */
export function createRedactedWriter(
  { standIns, scope, asJson, table, onNames }: RedactedOptions,
  language: Language,
): RedactedWriter {
  const json = createTaggedWriter('jsonl', language);
  const position = new DocumentPosition();
  let number = 1;
  let isEmpty = true;
  const endScope = (): void => {
    if (isEmpty) return;
    const names = standIns.takeNames();
    if (names.length > 0) onNames?.(names, number);
    number++;
    isEmpty = true;
  };
  return {
    head: '',
    write(record) {
      const begins = position.take(record);
      if (begins && scope === 'document') endScope();
      if (table && !hasTokens(record) && record.kind === 'failed') return table.write({}, '', [], record.error);
      if (!hasTokens(record)) return asJson ? json.write(record) : record.kind === 'gap' ? record.text : '\n';
      isEmpty = false;
      const redacted = redact(record.text, record.hidden ?? record.spans, standIns);
      const shift = position.advance(record, redacted);
      if (scope === 'record') endScope();
      if (table) return table.write(fieldsOf(record), redacted.text, [], '');
      if (asJson) return withRedacted(json.write(record), moveRedacted(redacted, record, shift));
      return record.place ? redacted.text : `${redacted.text.replace(/\n/g, ' ')}\n`;
    },
    get foot() {
      return table?.takeHead() ?? '';
    },
    end: endScope,
  };
}

/** Follows sentences through documents. */
class DocumentPosition {
  #document: string | undefined;
  #end = 0;
  /** How much longer the redacted document is than the original, so far. */
  #growth = 0;

  /** Takes the next record, and returns whether it begins another document than those before it. */
  take(record: TaggedRecord): boolean {
    if (!hasTokens(record)) return record.kind === 'gap' && record.columns !== undefined && record.columns !== '\n';
    const { place } = record;
    if (!place) return false;
    const begins = place.start < this.#end || place.document !== this.#document;
    if (begins) this.#growth = 0;
    this.#document = place.document;
    this.#end = place.start + record.text.length;
    return begins;
  }

  /** Moves on by a sentence, and returns how far its redacted text stands behind the place of the original. */
  advance({ text }: TaggedSentence, redacted: RedactedText): number {
    const shift = this.#growth;
    this.#growth += redacted.text.length - text.length;
    return shift;
  }
}

/** Counts offsets from the start of the document, in both texts. */
function moveRedacted({ text, spans }: RedactedText, { place }: TaggedSentence, shift: number): object {
  const start = place?.start ?? 0;
  const behind = place ? start + shift : 0;
  return {
    text,
    ...(place && { start: behind, end: behind + text.length }),
    spans: spans.map(({ start: from, end, original, label }) => ({
      start: from + behind,
      end: end + behind,
      original: { start: original.start + start, end: original.end + start },
      label,
    })),
  };
}

/** Adds the redacted text to a line of JSON. */
function withRedacted(line: string, redacted: object): string {
  return `${line.slice(0, line.lastIndexOf('}'))},"redacted":${JSON.stringify(redacted)}}\n`;
}
