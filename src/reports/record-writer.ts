import type { TaggedSentence } from '../model/tagger.js';
import type { DocumentGap, FailedRecord } from '../text/record.js';

/** How results look: text with its entities marked, columns, JSON lines, or a page. */
export type TaggedFormat = 'inline' | 'conll' | 'jsonl' | 'html';

/** A sentence that was tagged, or what stands in the place of a record that could not be read or between sentences. */
export type TaggedRecord = TaggedSentence | FailedRecord | DocumentGap;

/** Writes records one after the other, between a head and a foot. */
export interface RecordWriter {
  readonly head: string;
  write(record: TaggedRecord): string;
  readonly foot: string;
}
