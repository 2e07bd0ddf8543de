import { badInput } from '../errors.js';
import { readFieldRecord, readFieldRecords } from '../formats/field-records.js';
import type { InputRecord } from '../text/record.js';

/** What a request wants tagged. */
export interface TagRequest {
  readonly records: readonly InputRecord[];
  /** Whether they came as a list, and the answer is one. */
  readonly isList: boolean;
}

/**
 * Reads the body of a request: a record as in `rnn tag --from jsonl`, or a list of records.
 *
 * @throws {UserError} if it is neither
 */
export function readTagRequest(body: ArrayBuffer): TagRequest {
  const text = decode(body);
  if (!/^\s*\[/.test(text)) return { records: [readFieldRecord(text, 'body')], isList: false };
  return { records: readFieldRecords(text, 'body'), isList: true };
}

/** Returns the body of the answer. */
export function writeTagAnswer(lines: readonly string[], { isList }: TagRequest): string {
  return isList ? `[${lines.join(',')}]\n` : `${lines.join('')}\n`;
}

function decode(body: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    if (cause instanceof TypeError) throw badInput('body: expected UTF-8, found other bytes', 'send JSON in UTF-8');
    throw cause;
  }
}
