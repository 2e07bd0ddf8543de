import type { TaggedSentence } from '../model/tagger.js';
import type { DocumentGap, FailedRecord } from '../text/record.js';

/** Output format of tagged sentences: text with marked entities, columns, JSON lines, or an HTML page. */
export type TaggedFormat = 'inline' | 'conll' | 'jsonl' | 'html';

/** A tagged sentence, a record that could not be read, or the text between sentences of a document. */
export type TaggedRecord = TaggedSentence | FailedRecord | DocumentGap;

/** Writes records one by one, between a head and a foot. */
export interface RecordWriter {
  readonly head: string;
  write(record: TaggedRecord): string;
  readonly foot: string;
}
