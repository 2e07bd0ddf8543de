import type { Prediction } from '../model/decode.js';
import { createRedactedWriter } from '../reports/redacted.js';
import { createTaggedWriter, type TaggedFormat, type TaggedRecord } from '../reports/tagged.js';
import type { DocumentSentences, InputRecord } from '../text/record.js';
import { type StandInStyle, StandIns } from '../text/stand-ins.js';
import type { RecordOptions, RecordTagger } from './record-tagger.js';

/** Records to be tagged, and the format in which the results are written. */
export interface WriteTask extends RecordOptions {
  readonly kind: 'write';
  readonly records: readonly InputRecord[];
  /** `redacted` is JSON lines with the redacted text beside the original, in which each record is a document. */
  readonly format: TaggedFormat | 'redacted';
  /** What stands for names in redacted texts; the default is their label. */
  readonly style?: StandInStyle | undefined;
}

/** Sentences, given as tokens, whose tags are to be predicted. */
export interface PredictTask {
  readonly kind: 'predict';
  readonly records: readonly (readonly string[] | DocumentSentences)[];
  /** Whether spans get a confidence. */
  readonly confidence: boolean;
}

/** Records to be tagged, with results that the calling thread writes. */
export interface TagTask extends RecordOptions {
  readonly kind: 'tag';
  readonly records: readonly InputRecord[];
}

/** The tasks that a thread which tags can be given. */
export type TaggingTask = WriteTask | PredictTask | TagTask;

/** Does a task. */
export function doTask(
  tagger: RecordTagger,
  task: TaggingTask,
): Uint8Array<ArrayBuffer> | readonly Prediction[] | readonly TaggedRecord[] {
  if (task.kind === 'predict') return tagger.predict(task.records, task.confidence);
  return task.kind === 'write' ? writeTagged(tagger, task) : tagRecords(tagger, task);
}

/** Tags records. */
export function tagRecords(tagger: RecordTagger, { kind, records, ...options }: TagTask): readonly TaggedRecord[] {
  return tagger.tag(records, options);
}

/** Tags records, and writes the results in UTF-8. */
export function writeTagged(tagger: RecordTagger, task: WriteTask): Uint8Array<ArrayBuffer> {
  const { kind: _, records, format, style = 'label', ...options } = task;
  if (format === 'jsonl') return tagger.writeJsonLines(records, { ...options, confidence: true });
  const { write } =
    format === 'redacted'
      ? createRedactedWriter({ standIns: new StandIns(style), scope: 'record', asJson: true }, tagger.language)
      : createTaggedWriter(format, tagger.language);
  const confidence = format === 'redacted' || format === 'html';
  const tagged = tagger.tag(records, { ...options, confidence });
  return new TextEncoder().encode(tagged.map(write).join(''));
}
