import { badInput, UserError } from '../../errors.js';
import { cutFieldRecords, readFieldRecord } from '../../formats/field-records.js';
import { isObject } from '../../formats/json-fields.js';
import { parseJson } from '../../formats/json-values.js';
import { isTooLong } from '../../formats/lines.js';
import type { AnswerPart, Answers, RequestBody } from '../../server/answering-queue.js';
import { type AnswerFormat, howSchema, recordSchema } from '../../server/protocol.js';
import { nearestName } from '../../settings/nearest.js';
import { checkTaggingOptions, type RecordTagger } from '../../tagging/record-tagger.js';
import { writeTagged } from '../../tagging/tasks.js';
import { type FieldRecord, sizeOfRecord } from '../../text/record.js';
import { hasSpans } from '../../text/scheme.js';
import type { StandInStyle } from '../../text/stand-ins.js';

/** What a thread is asked. */
export interface AnswerTask {
  readonly bodies: readonly RequestBody[];
  /** When nobody waits any more, in milliseconds since 1970. */
  readonly deadline: number;
}

/** How a record is tagged and written. */
interface How {
  readonly minConfidence?: number | undefined;
  readonly top?: number | undefined;
  readonly to: AnswerFormat;
  readonly style?: StandInStyle | undefined;
}

interface AskedRecord {
  readonly record: FieldRecord;
  readonly how: How;
}

/** What a body asks for. */
interface Asked {
  readonly records: readonly AskedRecord[];
  /** Whether the records came as a list, and the answer is one. */
  readonly isList: boolean;
}

/** What is wrong with a body, as JSON. */
interface Refused {
  readonly refusal: string;
}

/** The place of a body in messages. */
const PLACE = 'body';

const FIELDS = Object.keys(recordSchema.shape);
const HOW_FIELDS = Object.keys(howSchema.shape);

/** What a body may hold. */
const BODIES = 'send {"text": "..."} or {"tokens": ["...", "..."]}, or a list of these';

/** The size of the largest group of records that are tagged together, unless it is a single one, in UTF-16 units. */
const GROUP = 20_000;

/** The longest name of a field for which a similar one is sought. */
const LONGEST_NAME = 40;

/**
 * Reads bodies, tags the records in them together, and writes the answers. A body that is wrong is refused alone.
 *
 * @param deadline when nobody waits any more, in milliseconds since 1970: the rest is not tagged
 */
export function answerBodies(tagger: RecordTagger, bodies: readonly RequestBody[], deadline: number): Answers {
  const asked = bodies.map((body) => readOrRefuse(body, tagger, deadline));
  const records = asked.flatMap((each) => ('refusal' in each ? [] : each.records));
  const lines = tagAll(tagger, records, deadline)?.values();
  const pieces: Uint8Array[] = [];
  const parts: AnswerPart[] = [];
  let end = 0;
  const write = (piece: Uint8Array): void => {
    pieces.push(piece);
    end += piece.length;
  };
  for (const each of asked) {
    let tokens = 0;
    if ('refusal' in each) write(Buffer.from(each.refusal));
    else if (!lines) write(LATE);
    else {
      if (each.isList) write(OPENING);
      for (const [index, { record }] of each.records.entries()) {
        const line: Buffer = lines.next().value ?? EMPTY;
        if (index > 0) write(COMMA);
        write(line);
        tokens += countTokens(line, record);
      }
      write(each.isList ? CLOSING : LINE_END);
    }
    parts.push({ status: 'refusal' in each ? 400 : lines ? 200 : 503, end, tokens });
  }
  return { bytes: join(pieces, end), parts };
}

const EMPTY = Buffer.alloc(0);
const OPENING = Buffer.from('[');
const COMMA = Buffer.from(',');
const CLOSING = Buffer.from(']\n');
const LINE_END = Buffer.from('\n');
const LATE = Buffer.from('{"error":"the answer took too long"}');

/** Joins pieces in memory of their own, which can be moved to another thread. */
function join(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/**
 * Tags records, those together that are tagged in the same way.
 *
 * @returns a line for each record, without its end; undefined if it took too long
 */
function tagAll(tagger: RecordTagger, asked: readonly AskedRecord[], deadline: number): Buffer[] | undefined {
  const lines: Buffer[] = [];
  for (const { how, indices } of groupByHow(asked)) {
    if (isLate(deadline)) return undefined;
    const { to: format, ...options } = how;
    const records = indices.flatMap((index) => asked[index]?.record ?? []);
    const { buffer, byteOffset, length } = writeTagged(tagger, { kind: 'write', records, format, ...options });
    const written = Buffer.from(buffer, byteOffset, length);
    let start = 0;
    for (const index of indices) {
      const end = written.indexOf(LINE_END, start);
      lines[index] = written.subarray(start, end);
      start = end + 1;
    }
  }
  return isLate(deadline) ? undefined : lines;
}

/** Whether nobody waits any more. */
function isLate(deadline: number): boolean {
  return Date.now() > deadline;
}

interface Group {
  readonly how: How;
  /** The indices of its records, ascending. */
  readonly indices: number[];
  size: number;
}

/** Groups records that are tagged in the same way; a group is limited, so that the memory which tagging takes is. */
function groupByHow(asked: readonly AskedRecord[]): Group[] {
  const groups: Group[] = [];
  const open = new Map<string, Group>();
  for (const [index, { record, how }] of asked.entries()) {
    const key = JSON.stringify([how.to, how.style, how.minConfidence, how.top]);
    const size = sizeOfRecord(record);
    let group = open.get(key);
    if (!group || group.size + size > GROUP) {
      group = { how, indices: [], size: 0 };
      groups.push(group);
      open.set(key, group);
    }
    group.indices.push(index);
    group.size += size;
  }
  return groups;
}

const TOKEN_MARK = Buffer.from('"tag":');

/** Counts the tokens of a line: each has one tag, and what the texts of a line hold is escaped. */
function countTokens(line: Buffer, { fields }: FieldRecord): number {
  let count = 0;
  let at = line.indexOf(TOKEN_MARK, Buffer.byteLength(fields));
  for (; at >= 0; at = line.indexOf(TOKEN_MARK, at + TOKEN_MARK.length)) count++;
  return count;
}

function readOrRefuse(body: RequestBody, tagger: RecordTagger, deadline: number): Asked | Refused {
  try {
    return readBody(decode(body), tagger, deadline);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint } = error;
    // Options of the command are of no use to who asks.
    const useful = hint?.includes('--') ? BODIES : hint;
    return { refusal: JSON.stringify({ error: message, ...(useful !== undefined && { hint: useful }) }) };
  }
}

/**
 * Reads the records of a body, but for those that would be read when nobody waits any more.
 *
 * @throws {UserError} if the body is no record and no list of records
 */
function readBody(text: string, tagger: RecordTagger, deadline: number): Asked {
  if (!/^\s*\[/.test(text)) return { records: [readRecord(text, PLACE, tagger)], isList: false };
  const records: AskedRecord[] = [];
  for (const record of cutFieldRecords(text, PLACE)) {
    if (isLate(deadline)) break;
    records.push(readRecord(record, `${PLACE}, record ${records.length + 1}`, tagger));
  }
  return { records, isList: true };
}

/** @throws {UserError} if a record is too long, or a field is unknown or has a value that it may not have */
function readRecord(text: string, place: string, tagger: RecordTagger): AskedRecord {
  if (isTooLong(text)) throw badInput(`${place}: a record is at most 1 MB long`, 'send the text in parts');
  const record = readFieldRecord(text, place, HOW_FIELDS);
  const value = parseJson(text, place);
  const unknown = isObject(value) ? Object.keys(value).find((name) => !FIELDS.includes(name)) : undefined;
  if (unknown !== undefined) throw unknownField(unknown, place);
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'not as it should be' };
    throw badInput(`${place}: ${JSON.stringify(path.join('.'))}: ${message}`, BODIES);
  }
  const { minConfidence, top, to, style } = parsed.data;
  const { scheme } = tagger.language;
  checkTaggingOptions({ minConfidence, top }, scheme);
  if (to === 'redacted' && !hasSpans(scheme))
    throw badInput(`${place}: the tags of this model mark no names, which could be redacted`);
  if (to !== 'redacted' && style !== undefined)
    throw badInput(`${place}: "style" belongs to "to": "redacted"`, 'leave it out');
  return { record, how: { minConfidence, top, to, style } };
}

function unknownField(name: string, place: string): UserError {
  const nearest = name.length > LONGEST_NAME ? undefined : nearestName(name, FIELDS);
  const question = nearest === undefined ? `the fields are ${FIELDS.join(', ')}` : `did you mean ${nearest}?`;
  return badInput(
    `${place}: unknown field ${JSON.stringify(name.slice(0, LONGEST_NAME))}`,
    `${question}; put what is your own into "meta", which comes back as it is`,
  );
}

/** @throws {UserError} if the bytes are no UTF-8 */
function decode(body: RequestBody): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return body.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
  } catch (cause) {
    if (cause instanceof TypeError) throw badInput(`${PLACE}: expected UTF-8, found other bytes`, 'send JSON in UTF-8');
    throw cause;
  }
}
