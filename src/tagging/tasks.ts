import { createTaggedWriter, type TaggedFormat } from '../reports/tagged.js';
import type { DocumentSentences, InputRecord } from '../text/record.js';
import type { RecordOptions, RecordTagger } from './record-tagger.js';

/** Records to be tagged, and the format in which the results are written. */
export interface WriteTask extends RecordOptions {
  readonly kind: 'write';
  readonly records: readonly InputRecord[];
  readonly format: TaggedFormat;
}

/** Sentences, given as tokens, whose tags are to be predicted. */
export interface PredictTask {
  readonly kind: 'predict';
  readonly records: readonly (readonly string[] | DocumentSentences)[];
  /** Whether spans get a confidence. */
  readonly confidence: boolean;
}

/** The tasks that a thread which tags can be given. */
export type TaggingTask = WriteTask | PredictTask;

/** Tags records, and writes the results in UTF-8. */
export function writeTagged(tagger: RecordTagger, task: WriteTask): Uint8Array<ArrayBuffer> {
  const { kind: _, records, format, ...options } = task;
  if (format === 'jsonl') return tagger.writeJsonLines(records, { ...options, confidence: true });
  const { write } = createTaggedWriter(format, tagger.language);
  const tagged = tagger.tag(records, { ...options, confidence: format === 'html' });
  return new TextEncoder().encode(tagged.map(write).join(''));
}
