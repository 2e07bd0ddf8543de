import { badInput, UserError } from '../errors.js';
import { createConllReader } from '../formats/conll.js';
import { fieldsOfRefused, readFieldRecord } from '../formats/field-records.js';
import type { ReadLine } from '../node/lines.js';
import type { RecordWriter, TaggedFormat } from '../reports/record-writer.js';
import { createTaggedWriter } from '../reports/tagged.js';
import type { TaggingCrew } from '../tagging/crew.js';
import type { TaggingChoices } from '../tagging/work.js';
import { DocumentCutter } from '../text/document-cutter.js';
import { DocumentGatherer } from '../text/document-gatherer.js';
import type { FailedRecord, TextRecord } from '../text/record.js';

/**
 * `text`: a document; `lines`: a sentence of raw text a line; `tokens`: tokens separated by single spaces; `conll`: a
 * token a line; `jsonl`: an object with `text` or `tokens` a line.
 */
export type TagInput = 'text' | 'lines' | 'tokens' | 'conll' | 'jsonl';

/** One file, or sentences given otherwise. */
export interface TagSource {
  /** Its name in messages. */
  readonly source: string;
  /** In groups; what a group completes is tagged without waiting for the next one. */
  lines(): AsyncIterable<readonly ReadLine[]> | Iterable<readonly ReadLine[]>;
  /** All of it as texts that follow each other: one or more documents, as they come. */
  documents(): Iterable<AsyncIterable<string> | Iterable<string>>;
}

export interface TagOptions extends TaggingChoices {
  readonly from: TagInput;
  /** A format; or what writes records, and is called for them in their order. */
  readonly to: TaggedFormat | RecordWriter;
  /** Of `conll` input, from 1. */
  readonly tokenColumn?: number | undefined;
  /** Whether a record that cannot be read fails alone. */
  readonly keepsGoing?: boolean | undefined;
  /** Told of each record that has failed. */
  readonly onFailure?: ((failed: FailedRecord) => void) | undefined;
  /** Whether to wait for full groups of records before anything is tagged. */
  readonly waits?: boolean | undefined;
}

/**
 * Tags what comes and gives what is to be written, in the order of the input.
 *
 * @throws UserError with `source:line` where a record cannot be read
 */
export async function* tag(
  crew: TaggingCrew,
  sources: readonly TagSource[],
  options: TagOptions,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  const { from, to, minConfidence, top, waits } = options;
  const groups = noteFailures(readRecords(crew, sources, options), options.onFailure);
  const how = { cutsAtSpaces: from === 'tokens', minConfidence, top };
  const writer = typeof to === 'string' ? createTaggedWriter(to, crew.model.language) : to;
  yield writer.head;
  if (typeof to === 'string') yield* crew.write(groups, { ...how, format: to }, waits);
  else for await (const records of groups) yield crew.tag(records, how).map(writer.write).join('');
  yield writer.foot;
}

async function* noteFailures(
  groups: AsyncIterable<readonly TextRecord[]>,
  onFailure: TagOptions['onFailure'],
): AsyncGenerator<readonly TextRecord[], void, undefined> {
  for await (const records of groups) {
    for (const record of records) {
      if (typeof record !== 'string' && 'kind' in record && record.kind === 'failed') onFailure?.(record);
    }
    yield records;
  }
}

async function* readRecords(
  crew: TaggingCrew,
  sources: readonly TagSource[],
  options: TagOptions,
): AsyncGenerator<readonly TextRecord[], void, undefined> {
  for (const source of sources) {
    if (options.from === 'text') yield* readDocuments(crew, source, sources.length > 1);
    else if (options.from === 'conll') yield* readColumns(source, options);
    else if (options.from === 'jsonl') yield* readFields(source, options);
    else yield* source.lines();
  }
}

async function* readDocuments(
  crew: TaggingCrew,
  { source, documents }: TagSource,
  isNamed: boolean,
): AsyncGenerator<readonly TextRecord[], void, undefined> {
  for (const texts of documents()) {
    const cutter = new DocumentCutter(crew.tokenize, isNamed ? source : undefined);
    for await (const text of texts) {
      const pieces = cutter.push(text);
      if (pieces.length > 0) yield pieces;
    }
    yield cutter.end();
  }
}

async function* readColumns(
  { source, lines }: TagSource,
  { tokenColumn }: TagOptions,
): AsyncGenerator<readonly TextRecord[], void, undefined> {
  const reader = createConllReader({ source, needsTags: false, tokenColumn });
  const cutter = new DocumentGatherer();
  for await (const group of lines()) {
    const records = group.flatMap((line) => {
      if (typeof line !== 'string') throw badInput(line.error);
      const sentence = reader.push(line);
      return sentence ? cutter.push(sentence) : [];
    });
    if (records.length > 0) yield records;
  }
  const last = reader.end();
  const rest = [...(last ? cutter.push(last) : []), ...cutter.end()];
  if (rest.length > 0) yield rest;
}

async function* readFields(
  { source, lines }: TagSource,
  { keepsGoing = false }: TagOptions,
): AsyncGenerator<readonly TextRecord[], void, undefined> {
  let number = 0;
  const read = (line: ReadLine): TextRecord[] => {
    number++;
    if (typeof line === 'string' && line.trim() === '') return [];
    try {
      if (typeof line !== 'string') throw badInput(line.error);
      return [readFieldRecord(line, `${source}:${number}`)];
    } catch (error) {
      if (!keepsGoing || !(error instanceof UserError)) throw error;
      return [{ kind: 'failed', error: error.message, fields: typeof line === 'string' ? fieldsOfRefused(line) : '' }];
    }
  };
  for await (const group of lines()) {
    const records: TextRecord[] = [];
    for (const line of group) {
      try {
        records.push(...read(line));
      } catch (error) {
        if (records.length > 0) yield records;
        throw error;
      }
    }
    if (records.length > 0) yield records;
  }
}
