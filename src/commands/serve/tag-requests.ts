import { badInput, type UserError } from '../../errors.js';
import { chooseHiding } from '../../evaluation/hiding-bound.js';
import { cutFieldRecords, readFieldRecord } from '../../formats/field-records.js';
import { isObject } from '../../formats/json-fields.js';
import { parseJson } from '../../formats/json-values.js';
import { isTooLong } from '../../formats/lines.js';
import { howSchema, recordSchema } from '../../server/protocol.js';
import { nearestName } from '../../settings/nearest.js';
import { checkTaggingOptions } from '../../tagging/record-tagger.js';
import { hasSpans, type Scheme } from '../../text/scheme.js';
import type { AskedModel, AskedRecord } from './asked.js';
import { PLACE } from './request-text.js';

/** Records that a body asks about. */
export interface AskedRecords {
  readonly records: readonly AskedRecord[];
  /** Whether the records came as a list, and the answer is one. */
  readonly isList: boolean;
}

const FIELDS = Object.keys(recordSchema.shape);
const HOW_FIELDS = Object.keys(howSchema.shape);

/** What a body may hold. */
export const BODIES = 'send {"text": "..."} or {"tokens": ["...", "..."]}, or a list of these';

/** The longest name of a field for which a similar one is sought. */
const LONGEST_NAME = 40;

/**
 * Reads the records of a body, but for those that would be read when nobody waits any more.
 *
 * @param deadline when nobody waits any more, in milliseconds since 1970
 * @throws {UserError} if the body is no record and no list of records
 */
export function readTagRequest(text: string, model: AskedModel, deadline: number): AskedRecords {
  const { scheme } = model.language;
  const levelFor = createHidingChooser(model);
  if (!/^\s*\[/.test(text)) return { records: [readRecord(text, PLACE, scheme, levelFor)], isList: false };
  const records: AskedRecord[] = [];
  for (const record of cutFieldRecords(text, PLACE)) {
    if (Date.now() > deadline) break;
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
