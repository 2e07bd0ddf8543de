import { MOST_SHOWING, NO_TOKEN, usualColumnCount } from '../checks/columns.js';
import type { DocumentKind } from '../documents/document.js';
import type { OpenedDocument } from '../documents/open-document.js';
import { badInput, ExitCode, UserError } from '../errors.js';
import { type ConllReader, createConllReader, documentLine, endsSentence, opensDocument } from '../formats/conll.js';
import { fieldsOfRefused, readFieldRecord } from '../formats/field-records.js';
import type { Refusal, Report } from '../formats/format.js';
import { REFUSED_LINE } from '../formats/lines.js';
import type { ReadLine } from '../node/lines.js';
import type { TableFormat } from '../node/table-beginning.js';
import { createTaggedWriter, type RecordWriter, type TaggedFormat } from '../reports/tagged.js';
import type { ParallelTagger } from '../tagging/parallel-tagger.js';
import { checkTaggingOptions, type RecordOptions, type TaggingOptions } from '../tagging/record-tagger.js';
import { DocumentCutter, DocumentGatherer } from '../text/document-cutter.js';
import type { FailedRecord, InputRecord } from '../text/record.js';
import type { Sentence } from '../text/sentence.js';
import { createBreakWatch } from './break-watch.js';
import { createFieldWatch, createSpanWatch } from './field-watch.js';
import { joinWatches, type RecordWatch } from './record-watch.js';
import { readTable } from './tag-tables.js';

/**
 * `text`: a document; `lines`: a sentence of raw text a line; `tokens`: tokens separated by single spaces; `conll`: a
 * token a line; `jsonl`: an object with `text` or `tokens` a line; `csv` and `tsv`: a table with a text a row; `pdf`, `docx` and
 * `html`: a document whose text is extracted.
 */
export type TagInput = 'text' | 'lines' | 'tokens' | 'conll' | 'jsonl' | TableFormat | DocumentKind;

/** One file, or sentences that come otherwise. */
export interface TagSource {
  /** The name of the source in messages. */
  readonly source: string;
  /** Reads lines in groups; what a group completes is tagged without waiting for the next one. */
  lines(): AsyncIterable<readonly ReadLine[]> | Iterable<readonly ReadLine[]>;
  /** Reads one or more documents, each as texts that follow each other. */
  documents(): Iterable<AsyncIterable<string> | Iterable<string>>;
  /** Extracts the text of a source that may be a PDF, DOCX or HTML; if it is none, the other functions give what it holds. */
  extract?(): Promise<OpenedDocument | undefined>;
}

export interface TagOptions extends TaggingOptions, Pick<RecordOptions, 'confidence' | 'hidingLevel'> {
  readonly from: TagInput;
  /** A format, or a writer that is called for all records in their order. */
  readonly to: TaggedFormat | RecordWriter;
  /** The name of the format that a writer writes, if it writes lines. */
  readonly format?: string | undefined;
  /** The column of the tokens in `conll` input, from 1. */
  readonly tokenColumn?: number | undefined;
  /** The name of the column of the texts in a table. */
  readonly textColumn?: string | undefined;
  /** Whether a record that cannot be read fails alone. */
  readonly keepsGoing?: boolean | undefined;
  /** Is told of each record that has failed. */
  readonly onFailure?: ((failed: FailedRecord) => void) | undefined;
  /**
   * Is told once of white space and of fields in records that the format cannot hold, of each source of lines that looks like JSON, and
   * of each table with a cell that may hold other rows.
   */
  readonly onIssue?: Report | undefined;
  /** Is told the names of the columns of each table that is read, before its first row is written. */
  readonly onColumns?: ((names: readonly string[]) => void) | undefined;
  /** Is told of each document whose text was extracted. */
  readonly onDocument?: ((document: OpenedDocument, source: string) => void) | undefined;
  /** Whether to wait for full groups of records before anything is tagged. */
  readonly waits?: boolean | undefined;
}

/** Groups of records as they come. */
type RecordGroups = AsyncGenerator<readonly InputRecord[], void, undefined>;

/**
 * Tags what comes and yields what is to be written, in the order of the input.
 *
 * @throws {UserError} if the options do not fit the model, at once; if a record cannot be read, with `source:line`
 */
export function tag(
  tagger: ParallelTagger,
  sources: readonly TagSource[],
  options: TagOptions,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  checkTaggingOptions(options, tagger.model.language.scheme);
  return tagSources(tagger, sources, options);
}

async function* tagSources(
  tagger: ParallelTagger,
  sources: readonly TagSource[],
  options: TagOptions,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  const { from, to, minConfidence, top, confidence, hidingLevel, waits } = options;
  const { onFailure, onIssue = () => {} } = options;
  const { format = typeof to === 'string' ? to : '' } = options;
  const watch = joinWatches([
    createBreakWatch(format, from === 'tokens', onIssue),
    createFieldWatch(format, onIssue),
    createSpanWatch(onIssue),
  ]);
  const groups = noteFailures(readRecords(tagger, sources, options, watch), onFailure);
  const recordOptions = { cutsAtSpaces: from === 'tokens', minConfidence, top, confidence, hidingLevel };
  const writer = typeof to === 'string' ? createTaggedWriter(to, tagger.model.language) : to;
  yield writer.head;
  if (typeof to === 'string') yield* tagger.write(groups, { ...recordOptions, format: to }, waits);
  else
    for await (const records of tagger.tag(groups, recordOptions, waits)) {
      const text = records.map(writer.write).join('');
      if (text !== '') yield text;
    }
  yield writer.foot;
  watch.end();
}

async function* noteFailures(
  groups: AsyncIterable<readonly InputRecord[]>,
  onFailure: TagOptions['onFailure'],
): RecordGroups {
  for await (const records of groups) {
    for (const record of records) {
      if (typeof record !== 'string' && 'kind' in record && record.kind === 'failed') onFailure?.(record);
    }
    yield records;
  }
}

async function* readRecords(
  tagger: ParallelTagger,
  sources: readonly TagSource[],
  options: TagOptions,
  watch: RecordWatch,
): RecordGroups {
  const areSeveral = sources.length > 1;
  for (const source of sources) {
    let hasRecord = false;
    for await (const records of readSource(tagger, source, areSeveral, options, watch)) {
      hasRecord ||= records.some(holdsText);
      yield records;
    }
    if (!hasRecord) options.onIssue?.({ kind: 'record', place: source.source, what: 'there is nothing to tag in it' });
  }
}

/** Whether a record is more than what stands between records. */
function holdsText(record: InputRecord): boolean {
  if (typeof record === 'string' || !('kind' in record)) return true;
  return record.kind !== 'gap' && (record.kind !== 'piece' || record.text.trim() !== '');
}

async function* readSource(
  tagger: ParallelTagger,
  source: TagSource,
  areSeveral: boolean,
  options: TagOptions,
  watch: RecordWatch,
): RecordGroups {
  const extracted = await extractText(source, options);
  if (extracted && 'error' in extracted) yield [extracted];
  else if (extracted)
    yield* cutIntoPieces(tagger, [extracted.text], areSeveral ? source.source : undefined, extracted.hasPages);
  else if (options.from === 'text')
    for (const texts of source.documents()) yield* cutIntoPieces(tagger, texts, areSeveral ? source.source : undefined);
  else if (options.from === 'conll') yield* readColumns(source, options, tagger.model.language.scheme.outside);
  else if (options.from === 'jsonl') yield* readFields(source, options, watch);
  else if (options.from === 'csv' || options.from === 'tsv') yield* readTables(source, options.from, options, watch);
  else yield* readSentences(source, options, watch);
}

/** Matches a line with which a file of JSON begins; bracket text begins with a bracket, too. */
const JSON_BEGINNING = /^\uFEFF?\s*(?:\[\s*(?:$|[[{"])|\{\s*(?:$|"))/;

async function* readSentences(
  { source, lines }: TagSource,
  { from, onIssue }: TagOptions,
  watch: RecordWatch,
): RecordGroups {
  let number = 0;
  for await (const group of lines()) {
    const [first] = number === 0 ? group : [];
    if (from === 'lines' && typeof first === 'string' && JSON_BEGINNING.test(first))
      onIssue?.({
        kind: 'record',
        place: `${source}:1`,
        what: 'this looks like JSON, and its lines are tagged as text; --from jsonl reads records, a line each',
      });
    for (const line of group) {
      number++;
      watch.see(line, source, number);
    }
    yield group;
  }
}

/** Extracts the text of a document; undefined if the source is none. */
async function extractText(
  { source, extract }: TagSource,
  { keepsGoing, onDocument }: TagOptions,
): Promise<OpenedDocument | FailedRecord | undefined> {
  try {
    const document = await extract?.();
    if (document) onDocument?.(document, source);
    return document;
  } catch (error) {
    if (!keepsGoing || !(error instanceof UserError) || error.exitCode !== ExitCode.badInput) throw error;
    return { kind: 'failed', error: error.message, fields: `"document":${JSON.stringify(source)},` };
  }
}

/**
 * Cuts a document into pieces as it comes.
 *
 * @param name the name of the document, if there are several
 * @param hasPages whether page breaks in it count
 */
async function* cutIntoPieces(
  tagger: ParallelTagger,
  texts: AsyncIterable<string> | Iterable<string>,
  name: string | undefined,
  hasPages = false,
): RecordGroups {
  const cutter = new DocumentCutter(tagger.records.tokenize, name, hasPages);
  for await (const text of texts) {
    const pieces = cutter.push(text);
    if (pieces.length > 0) yield pieces;
  }
  yield cutter.end();
}

/**
 * Reads columns; the lines that open documents, and the empty ones after them, stay in their places. A sentence of which a line cannot
 * be read fails alone if the reading goes on; the number of columns is then that of most lines up to the end of the first sentence, or of
 * as many more as have come, so that a bad first line does not refuse the others.
 */
async function* readColumns(
  { source, lines }: TagSource,
  { tokenColumn, keepsGoing }: TagOptions,
  outside: string | undefined,
): RecordGroups {
  /** The first mistake in the sentence at hand. */
  let refused: FailedRecord | undefined;
  const refuse = (record: FailedRecord): void => {
    refused ??= record;
  };
  const onRefusal = keepsGoing
    ? ({ line, what }: Refusal) => refuse({ kind: 'failed', error: `${source}:${line}: ${what}` })
    : undefined;
  const readerFor = (first: readonly ReadLine[]): ConllReader => {
    const columnCount = keepsGoing ? usualColumnCount(first.filter((line) => typeof line === 'string')) : undefined;
    return createConllReader({ source, needsTags: false, tokenColumn, columnCount, onRefusal });
  };
  let reader: ConllReader | undefined;
  const gatherer = new DocumentGatherer();
  let isBehindMark = false;
  const take = (sentence: Sentence | undefined): InputRecord[] => (sentence ? gatherer.push(sentence) : []);
  /** Returns the record of a sentence that has ended and of which a line could not be read, behind those before it. */
  const takeRefused = (): InputRecord[] => {
    const failed = refused;
    refused = undefined;
    return failed ? [...gatherer.end(), failed] : [];
  };
  const read = (line: string, reader: ConllReader): InputRecord[] => {
    const sentence = reader.push(line);
    const isMark = opensDocument(line, reader.lines === 1);
    const ends = isMark || line.trim() === '';
    const complete = ends ? [...takeRefused(), ...take(sentence)] : take(sentence);
    const columns = isMark ? documentLine(outside) : isBehindMark && line.trim() === '' ? '\n' : '';
    isBehindMark = isMark;
    return columns === '' ? complete : [...complete, ...gatherer.end(), { kind: 'gap', text: '', columns }];
  };
  for await (const group of keepsGoing ? withFirstSentence(lines()) : lines()) {
    reader ??= readerFor(group);
    const known = reader;
    const records = group.flatMap((line) => {
      if (typeof line === 'string') return read(line, known);
      if (!keepsGoing) throw badInput(line.error);
      refuse(line);
      return read(REFUSED_LINE, known);
    });
    if (records.length > 0) yield records;
  }
  const last = take(reader?.end());
  const rest = [...last, ...takeRefused(), ...gatherer.end()];
  if (rest.length > 0) yield rest;
}

/** Yields groups of lines, and joins the first ones until a sentence ends, before which nothing can be answered, or they are many. */
async function* withFirstSentence(
  groups: AsyncIterable<readonly ReadLine[]> | Iterable<readonly ReadLine[]>,
): AsyncGenerator<readonly ReadLine[], void, undefined> {
  const first: ReadLine[] = [];
  let hasBegun = false;
  let hasEnded = false;
  for await (const group of groups) {
    if (hasEnded) {
      yield group;
      continue;
    }
    for (const line of group) {
      const isEnd = typeof line === 'string' && endsSentence(line);
      hasEnded ||= hasBegun && isEnd;
      hasBegun ||= !isEnd && (typeof line !== 'string' || !NO_TOKEN.test(line));
      first.push(line);
    }
    hasEnded ||= first.length >= MOST_SHOWING;
    if (hasEnded) yield first;
  }
  if (!hasEnded) yield first;
}

async function* readTables(
  { source, documents }: TagSource,
  format: TableFormat,
  options: TagOptions,
  watch: RecordWatch,
): RecordGroups {
  const onRecord = (record: InputRecord, line: number): void => watch.see(record, source, line);
  for (const texts of documents()) yield* readTable(texts, { ...options, format, onRecord }, source);
}

async function* readFields(
  { source, lines }: TagSource,
  { keepsGoing = false }: TagOptions,
  watch: RecordWatch,
): RecordGroups {
  let number = 0;
  const read = (line: ReadLine): InputRecord[] => {
    number++;
    if (typeof line === 'string' && line.trim() === '') return [];
    try {
      if (typeof line !== 'string') throw badInput(line.error);
      const record = readFieldRecord(line, `${source}:${number}`);
      watch.see(record, source, number);
      return [record];
    } catch (error) {
      if (!keepsGoing || !(error instanceof UserError)) throw error;
      return [{ kind: 'failed', error: error.message, fields: typeof line === 'string' ? fieldsOfRefused(line) : '' }];
    }
  };
  for await (const group of lines()) {
    const records: InputRecord[] = [];
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
