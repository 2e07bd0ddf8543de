import { badInput, UserError } from '../../errors.js';
import { chooseHiding } from '../../evaluation/hiding-bound.js';
import { cutFieldRecords, readFieldRecord } from '../../formats/field-records.js';
import { isObject } from '../../formats/json-fields.js';
import { parseJson } from '../../formats/json-values.js';
import { isTooLong } from '../../formats/lines.js';
import type { ModelForTagging } from '../../model/model.js';
import type { RequestBody } from '../../server/answering-queue.js';
import { type AnswerFormat, howSchema, recordSchema } from '../../server/protocol.js';
import { nearestName } from '../../settings/nearest.js';
import { checkTaggingOptions } from '../../tagging/record-tagger.js';
import type { FieldRecord } from '../../text/record.js';
import { hasSpans, type Scheme } from '../../text/scheme.js';
import type { StandInStyle } from '../../text/stand-ins.js';

/** How a record is tagged and written. */
export interface How {
  readonly minConfidence?: number | undefined;
  readonly top?: number | undefined;
  readonly to: AnswerFormat;
  readonly style?: StandInStyle | undefined;
  readonly hidingLevel?: number | undefined;
}

/** What of a model decides which requests it can answer. */
type AskedModel = Pick<ModelForTagging, 'language' | 'hiding'>;

export interface AskedRecord {
  readonly record: FieldRecord;
  readonly how: How;
}

/** What a body asks for. */
export interface Asked {
  readonly records: readonly AskedRecord[];
  /** Whether the records came as a list, and the answer is one. */
  readonly isList: boolean;
}

/** The reason for which a body is refused, as JSON. */
export interface Refused {
  readonly refusal: string;
}

/** The place of a body in messages. */
const PLACE = 'body';

const FIELDS = Object.keys(recordSchema.shape);
const HOW_FIELDS = Object.keys(howSchema.shape);

/** What a body may hold. */
const BODIES = 'send {"text": "..."} or {"tokens": ["...", "..."]}, or a list of these';

/** The longest name of a field for which a similar one is sought. */
const LONGEST_NAME = 40;

/** Whether nobody waits any more. */
export function isLate(deadline: number): boolean {
  return Date.now() > deadline;
}

/**
 * Reads a body, or says what is wrong with it.
 *
 * @param deadline when nobody waits any more, in milliseconds since 1970: records that would be read later are left out
 */
export function readOrRefuse(body: RequestBody, model: AskedModel, deadline: number): Asked | Refused {
  try {
    return readBody(decode(body), model, deadline);
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
function readBody(text: string, model: AskedModel, deadline: number): Asked {
  const { scheme } = model.language;
  const levelFor = createHidingChooser(model);
  if (!/^\s*\[/.test(text)) return { records: [readRecord(text, PLACE, scheme, levelFor)], isList: false };
  const records: AskedRecord[] = [];
  for (const record of cutFieldRecords(text, PLACE)) {
    if (isLate(deadline)) break;
    records.push(readRecord(record, `${PLACE}, record ${records.length + 1}`, scheme, levelFor));
  }
  return { records, isList: true };
}

/** Creates a function that finds the level from which on tokens are hidden for a recall, once for each recall. */
function createHidingChooser({ hiding }: AskedModel): (recall: number) => number {
  const known = new Map<number, number>();
  return (recall) => {
    const level = known.get(recall) ?? chooseHiding(hiding, recall, 'the model').level;
    known.set(recall, level);
    return level;
  };
}

/** @throws {UserError} if a record is too long, or a field is unknown or has a value that it may not have */
function readRecord(text: string, place: string, scheme: Scheme, levelFor: (recall: number) => number): AskedRecord {
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
  const { minConfidence, top, to, style, recall } = parsed.data;
  checkTaggingOptions({ minConfidence, top }, scheme);
  if (to === 'redacted' && !hasSpans(scheme))
    throw badInput(`${place}: the tags of this model mark no names, which could be redacted`);
  const [stray] = Object.entries({ style, recall }).filter(([, given]) => given !== undefined);
  if (to !== 'redacted' && stray) throw badInput(`${place}: "${stray[0]}" belongs to "to": "redacted"`, 'leave it out');
  if (recall !== undefined && minConfidence !== undefined)
    throw badInput(`${place}: "recall" and "minConfidence" both choose what is a name`, 'leave one of them out');
  const hidingLevel = recall === undefined ? undefined : levelFor(recall);
  return { record, how: { minConfidence, top, to, style, hidingLevel } };
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
