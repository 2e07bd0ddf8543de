import { badInput } from '../errors.js';
import { asList, asName, asObject, asOffset, asText, field, refuse } from '../formats/json-fields.js';
import { parseJson } from '../formats/json-values.js';
import { at } from '../text/at.js';
import type { Span, Token } from '../text/sentence.js';
import type { PickOrder } from './choice.js';
import type { SentenceId } from './sentence.js';

/** What a person decided about a sentence: its entities, or to skip it. */
export interface AnnotationRecord {
  readonly id: SentenceId;
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The entities as ranges of tokens, in order and without overlap. */
  readonly spans: readonly Span[];
  readonly answer: 'accept' | 'skip';
  readonly note?: string | undefined;
  /** How the sentence was chosen. */
  readonly order: PickOrder;
  /** Set if the decision was taken back, so that the sentence is to be decided again; the answer is then `skip`. */
  readonly isUndone?: true;
}

/** Returns a record as a line of JSON; spans have character offsets and token offsets no tags, as people labelled them. */
export function writeRecord(record: AnnotationRecord): string {
  const { id, text, tokens, spans, answer, note, order, isUndone } = record;
  const placed = spans.map(({ label, start, end }) => {
    const [from, to] = [at(tokens, start).start, at(tokens, end - 1).end];
    return { label, start: from, end: to, text: text.slice(from, to) };
  });
  const json = {
    ...{ id, text, tokens, spans: placed, answer },
    ...(note !== undefined && { note }),
    order,
    ...(isUndone && { undone: true }),
  };
  return `${JSON.stringify(json)}\n`;
}

/**
 * Reads the records of a file, all of them in the order of their lines.
 *
 * @param source name of the file in messages
 * @throws {UserError} with file and line if a line is no record of `rnn annotate`, exit code 3
 */
export function readRecords(text: string, source: string): AnnotationRecord[] {
  return text.split('\n').flatMap((line, index) => {
    return line.trim() === '' ? [] : [readRecord(line, `${source}:${index + 1}`)];
  });
}

const HINT = 'rnn annotate writes to a file of its own: name another one with -o, and give a corpus as an argument';

function readRecord(line: string, place: string): AnnotationRecord {
  const record = asObject(parseJson(line, place), 'the record', place);
  const [id, answer, order] = [asName(field(record, 'id')), field(record, 'answer'), field(record, 'order')];
  if (id === undefined || (answer !== 'accept' && answer !== 'skip') || !isPickOrder(order))
    throw badInput(`${place}: expected a record of rnn annotate, with "id", "answer" and "order"`, HINT);
  const text = asText(field(record, 'text'), '"text"', place);
  const tokens = asList(field(record, 'tokens'), '"tokens"', place).map((token) => {
    const { start, end } = readRange(token, text, place);
    return { text: text.slice(start, end), start, end };
  });
  const starts = new Map(tokens.map(({ start }, index) => [start, index]));
  const ends = new Map(tokens.map(({ end }, index) => [end, index + 1]));
  const spans = asList(field(record, 'spans'), '"spans"', place).map((value) => {
    const range = readRange(value, text, place);
    const label = asText(field(asObject(value, 'a span', place), 'label'), 'a label', place);
    const [start, end] = [starts.get(range.start), ends.get(range.end)];
    if (start === undefined || end === undefined)
      throw badInput(`${place}: ${label} "${text.slice(range.start, range.end)}" begins or ends inside a token`);
    return { label, start, end };
  });
  const note = field(record, 'note');
  return {
    ...{ id, text, tokens, spans, answer },
    ...(typeof note === 'string' && note !== '' && { note }),
    order,
    ...(field(record, 'undone') === true && { isUndone: true }),
  };
}

function isPickOrder(value: unknown): value is PickOrder {
  return value === 'uncertain' || value === 'given' || value === 'random';
}

function readRange(value: unknown, text: string, place: string): { start: number; end: number } {
  const object = asObject(value, 'a range', place);
  const start = asOffset(field(object, 'start'), '"start"', place);
  const end = asOffset(field(object, 'end'), '"end"', place);
  if (start >= end || end > text.length) return refuse(place, `${start} to ${end}`, 'a range of the text', value);
  return { start, end };
}
