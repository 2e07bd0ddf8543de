import { badInput } from '../errors.js';
import type { FieldRecord } from '../text/record.js';
import type { Token } from '../text/sentence.js';
import { asList, asObject, field, isObject, type JsonObject, refuse } from './json-fields.js';
import { parseJson } from './json-values.js';

/** Fields that the result of tagging replaces. */
const REPLACED = new Set(['text', 'tokens', 'spans', 'alternatives']);

/** Fields that the result of a record which could not be read replaces. */
const REPLACED_BY_ERROR = new Set([...REPLACED, 'error']);

/**
 * Reads one line of JSON that is to be tagged: an object with `text`, with `tokens`, or with both. Tokens are texts, or objects
 * as `rnn tag --to jsonl` writes them. All other fields are kept exactly as they are written.
 *
 * @param options fields that are read elsewhere, and not kept
 * @throws {UserError} with exit code 3 if the line is not such a record
 */
export function readFieldRecord(line: string, place: string, options: readonly string[] = []): FieldRecord {
  const record = asObject(parseJson(line, place), 'the record', place);
  const replaced = options.length === 0 ? REPLACED : new Set([...REPLACED, ...options]);
  const content = readContent(record, place);
  const met = new Set<string>();
  const fields = otherFields(line, replaced, (name) => {
    if (met.has(name) && (name === 'text' || name === 'tokens'))
      throw badInput(`${place}: the record has ${JSON.stringify(name)} twice`, 'leave out one of them');
    met.add(name);
  });
  const spans = field(record, 'spans');
  const hasSpans = Array.isArray(spans) && spans.length > 0;
  return { kind: 'fields', content, fields, ...(hasSpans && { hasSpans }) };
}

/**
 * Cuts a list into the texts of its records, each as it is written.
 *
 * @throws {UserError} with exit code 3 before the first record, if the text is no list
 */
export function* cutFieldRecords(list: string, place: string): Generator<string, void, undefined> {
  asList(parseJson(list, place), 'the records', place);
  for (let start = list.indexOf('[') + 1; ; ) {
    const end = endOfValue(list, start);
    const record = list.slice(start, end);
    if (record.trim() !== '') yield record;
    if (list[end] !== ',') return;
    start = end + 1;
  }
}

/** Returns the fields of a line that `readFieldRecord` refuses, without those that its error record replaces; an empty string if it has none. */
export function fieldsOfRefused(line: string): string {
  try {
    return isObject(parseJson(line, '')) ? otherFields(line, REPLACED_BY_ERROR) : '';
  } catch {
    return '';
  }
}

function readContent(record: JsonObject, place: string): FieldRecord['content'] {
  const text = field(record, 'text');
  const tokens = field(record, 'tokens') ?? [];
  const list = asList(tokens, '"tokens"', place);
  if (text === undefined && field(record, 'tokens') === undefined)
    throw badInput(`${place}: expected a record with "text" or "tokens"`, '--from lines reads text that is not JSON');
  if (text !== undefined && typeof text !== 'string') return refuse(place, '"text"', 'a text', text);
  const words = list.map((token, index) => readToken(token, index, place));
  if (text === undefined) return words.map((word) => word.text);
  return words.length === 0 ? text : { text, tokens: placeTokens(text, words, place) };
}

interface ReadToken {
  readonly text: string;
  readonly start?: number;
}

function readToken(value: unknown, index: number, place: string): ReadToken {
  const text = isObject(value) ? field(value, 'text') : value;
  const name = `token ${index + 1}`;
  if (typeof text !== 'string') return refuse(place, name, 'a text', text);
  if (text === '') throw badInput(`${place}: ${name} is empty`, 'leave it out');
  const start = isObject(value) ? field(value, 'start') : undefined;
  return typeof start === 'number' && Number.isSafeInteger(start) ? { text, start } : { text };
}

/** Finds the place of each token: the one that it names, if it is there, else its first occurrence after the token before. */
function placeTokens(text: string, words: readonly ReadToken[], place: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (const [index, word] of words.entries()) {
    const { start: named = -1 } = word;
    const isThere = named >= position && text.startsWith(word.text, named);
    const start = isThere ? named : text.indexOf(word.text, position);
    if (start < 0)
      throw badInput(
        `${place}: token ${index + 1}, ${JSON.stringify(word.text.slice(0, 60))}, is not in "text" after the tokens before it`,
        'leave out "tokens" or "text"',
      );
    position = start + word.text.length;
    tokens.push({ text: word.text, start, end: position });
  }
  return tokens;
}

/**
 * Returns the fields of an object, as they are written, that the result of tagging does not replace.
 *
 * @param onReplaced is told the name of each of the others
 */
function otherFields(
  json: string,
  replaced: ReadonlySet<string>,
  onReplaced: (name: string) => void = () => {},
): string {
  let kept = '';
  let index = json.indexOf('{') + 1;
  for (;;) {
    const opening = json.indexOf('"', index);
    if (opening < 0) return kept;
    const nameEnd = endOfValue(json, opening);
    const end = endOfValue(json, json.indexOf(':', nameEnd) + 1);
    const name: string = JSON.parse(json.slice(opening, nameEnd));
    if (replaced.has(name)) onReplaced(name);
    else kept += `${json.slice(opening, end).trim()},`;
    index = end;
  }
}

/** Returns where the value that begins at an offset ends, including white space after it. */
function endOfValue(json: string, start: number): number {
  let depth = 0;
  let isInString = false;
  for (let index = start; index < json.length; index++) {
    const character = json[index];
    if (isInString) {
      if (character === '\\') index++;
      else if (character === '"') isInString = false;
      if (!isInString && depth === 0 && json[start] === '"') return index + 1;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth++;
    else if (depth === 0 && (character === ',' || character === '}' || character === ']')) return index;
    else if (character === '}' || character === ']') depth--;
  }
  return json.length;
}
