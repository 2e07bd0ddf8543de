import type { AnswerPart, Answers, Question } from '../../server/answering-queue.js';
import type { RecordTagger } from '../../tagging/record-tagger.js';
import { writeTagged } from '../../tagging/tasks.js';
import { type FieldRecord, sizeOfRecord } from '../../text/record.js';
import type { AskedRecord, How } from './asked.js';
import { readOrRefuse } from './questions.js';

/** The requests that a thread answers together. */
export interface AnswerTask {
  readonly questions: readonly Question[];
  /** When nobody waits any more, in milliseconds since 1970. */
  readonly deadline: number;
}

/** The size of the largest group of records that are tagged together, unless it is a single one, in UTF-16 units. */
const GROUP = 20_000;

/** What answers questions. */
export interface Answerer {
  readonly tagger: RecordTagger;
  /** What the model is called in Label Studio. */
  readonly version: string;
}

/**
 * Reads questions, tags the records in them together, and writes the answers. A body that is wrong is refused alone.
 *
 * @param deadline when nobody waits any more, in milliseconds since 1970: the rest is not tagged
 */
export function answerQuestions(
  { tagger, version }: Answerer,
  questions: readonly Question[],
  deadline: number,
): Answers {
  const asked = questions.map((question) => readOrRefuse(question, { model: tagger.model, version }, deadline));
  const records = asked.flatMap((each) => ('refusal' in each ? [] : each.records));
  const lines = tagAll(tagger, records, deadline);
  const pieces: Uint8Array[] = [];
  const parts: AnswerPart[] = [];
  let end = 0;
  let next = 0;
  const write = (piece: Uint8Array): void => {
    pieces.push(piece);
    end += piece.length;
  };
  for (const each of asked) {
    let tokens = 0;
    if ('refusal' in each) write(Buffer.from(each.refusal));
    else if (!lines) write(LATE);
    else {
      const own = lines.slice(next, next + each.records.length);
      next += own.length;
      for (const piece of each.write(own)) write(piece);
      for (const [index, { record }] of each.records.entries()) tokens += countTokens(own[index] ?? EMPTY, record);
    }
    parts.push({ status: 'refusal' in each ? 400 : lines ? 200 : 503, end, tokens });
  }
  return { bytes: join(pieces, end), parts };
}

const EMPTY = Buffer.alloc(0);
const LINE_END = Buffer.from('\n');
const LATE = Buffer.from('{"error":"the answer took too long"}');

/** Whether nobody waits any more. */
function isLate(deadline: number): boolean {
  return Date.now() > deadline;
}

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
    const key = JSON.stringify([how.to, how.style, how.hidingLevel, how.minConfidence, how.top]);
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
