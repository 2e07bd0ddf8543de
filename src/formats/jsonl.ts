import { answerOf } from './decisions.js';
import { asList, asObject, asOffset, asText, field, isObject, type JsonObject, refuse } from './json-fields.js';
import type { JsonShape, RawRecord, SkippedRecord } from './json-texts.js';
import type { RawSpan } from './text-spans.js';

const FIELDS: ReadonlySet<string> = new Set([
  'text',
  'spans',
  'unlabelled',
  'tokens',
  'id',
  'document',
  'start',
  'end',
  'answer',
  'order',
]);

/** The answers by which annotators leave a record out of the corpus: those of Prodigy, and that of `rnn annotate`. */
const LEAVING_OUT: ReadonlySet<unknown> = new Set(['reject', 'ignore', 'skip']);

/** `{"text", "spans": [{"start", "end", "label"}]}`: what `rnn tag --to jsonl` writes, offsets in UTF-16 units. */
export const jsonlShape: JsonShape = {
  name: 'jsonl',
  title: 'JSON lines of texts with spans, as rnn tag --to jsonl writes them',
  offsets: 'utf16',
  holdsOverlaps: true,
  holdsTokens: true,
  holdsDocuments: true,
  holdsDecisions: true,
  holdsUnlabelled: true,
  fields: FIELDS,
  isCertain: (value) => hasText(value) && Array.isArray(field(value, 'spans')) && !isOfProdigy(value),
  read(value, { place }) {
    // Whether a decision of rnn annotate counts is only known at the end of the file.
    const skipped = answerOf(value) ? undefined : skippedByAnswer(value);
    if (skipped) return skipped;
    const raw = readTextWithSpans(value, place);
    return isGuess(value, raw) ? { ...raw, isGuess: true } : raw;
  },
  write({ text, spans, unlabelled, tokens, id, document }) {
    return {
      ...(id !== undefined && { id }),
      ...(document !== undefined && { document }),
      text,
      ...(tokens && { tokens }),
      spans: spans.map(({ label, start, end, confidence }) => ({
        label,
        start,
        end,
        text: text.slice(start, end),
        ...(confidence !== undefined && { confidence }),
      })),
      ...(unlabelled && { unlabelled: unlabelled.map(({ start, end }) => ({ start, end })) }),
    };
  },
};

/** The records of Prodigy, like those of `jsonlShape`, but with offsets in code points, and spans with token numbers. */
export const prodigyShape: JsonShape = {
  name: 'prodigy',
  title: 'JSON lines of Prodigy',
  offsets: 'codepoints',
  holdsOverlaps: true,
  holdsTokens: true,
  holdsDocuments: true,
  fields: FIELDS,
  isCertain: (value) => hasText(value) && isOfProdigy(value),
  read(value, { place }) {
    const skipped = skippedByAnswer(value);
    if (skipped) return skipped;
    const raw = readTextWithSpans(value, place);
    // A person has accepted the spans, whoever found them.
    return { ...raw, spans: raw.spans.map(({ confidence: _, ...span }) => span) };
  },
  write({ text, spans, tokens, id, document }, toUnit) {
    return {
      ...(id !== undefined && { id }),
      ...(document !== undefined && { document }),
      text,
      ...(tokens && {
        tokens: tokens.map((token, index) => ({
          text: token.text,
          start: toUnit(token.start),
          end: toUnit(token.end),
          id: index,
          ws: /\s/.test(text[token.end] ?? ''),
        })),
      }),
      spans: spans.map(({ label, start, end }) => {
        const first = tokens?.findIndex((token) => token.start === start) ?? -1;
        const last = tokens?.findIndex((token) => token.end === end) ?? -1;
        const inTokens = first >= 0 && last >= 0 ? { token_start: first, token_end: last } : {};
        return { start: toUnit(start), end: toUnit(end), ...inTokens, label };
      }),
      answer: 'accept',
    };
  },
};

/** Tells whether a value is an object with a text. */
export function hasText(value: unknown): value is JsonObject {
  return isObject(value) && typeof field(value, 'text') === 'string';
}

/** Returns why a record is left out, if its annotator wants it left out. */
function skippedByAnswer(value: unknown): SkippedRecord | undefined {
  const answer = isObject(value) ? field(value, 'answer') : undefined;
  return LEAVING_OUT.has(answer) ? { skipped: `the answer is "${answer}"` } : undefined;
}

function isOfProdigy(value: JsonObject): boolean {
  const isOurs = answerOf(value) !== undefined && field(value, '_input_hash') === undefined;
  if (isOurs) return false;
  return ['_input_hash', '_task_hash', '_session_id', 'answer'].some((name) => field(value, name) !== undefined);
}

/**
 * Reads a text with its spans and, if given, its tokens; a record without "spans" has none. In a sentence that `rnn tag` cut
 * from a document, offsets count from the start of the document, and `start` and `end` give the place of the sentence.
 */
function readTextWithSpans(value: unknown, place: string): RawRecord {
  const record = asObject(value, 'the record', place);
  const raw = readAsWritten(record, place);
  const { text, spans, unlabelled, tokens } = raw;
  const [start, end] = [field(record, 'start'), field(record, 'end')];
  if (typeof start !== 'number' || end !== start + text.length) return raw;
  const move = (span: RawSpan): RawSpan => ({
    ...span,
    start: asOffset(span.start - start, '"start"', place),
    end: asOffset(span.end - start, '"end"', place),
  });
  return {
    ...raw,
    spans: spans.map(move),
    ...(unlabelled && { unlabelled: unlabelled.map(move) }),
    ...(tokens && { tokens: tokens.map(move) }),
  };
}

function readAsWritten(record: JsonObject, place: string): RawRecord {
  const text = asText(field(record, 'text'), '"text"', place);
  const spans = asList(field(record, 'spans') ?? [], '"spans"', place).map((span) => readSpan(span, place));
  const unlabelled = asList(field(record, 'unlabelled') ?? [], '"unlabelled"', place).map((range) =>
    readRange(asObject(range, 'an unlabelled range', place), 'unlabelled', place),
  );
  const labelled = { text, spans, ...(unlabelled.length > 0 && { unlabelled }) };
  const tokens = field(record, 'tokens');
  if (!Array.isArray(tokens) || !tokens.every((token) => isObject(token) && field(token, 'start') !== undefined))
    return labelled;
  return { ...labelled, tokens: tokens.map((token) => readRange(asObject(token, 'a token', place), '', place)) };
}

/** Tells whether a model found the spans of a record, or none: spans have confidences, and tokens, which only `rnn tag` tags, tags. */
function isGuess(value: unknown, { spans }: RawRecord): boolean {
  if (spans.length > 0) return spans.some(({ confidence }) => confidence !== undefined);
  const tokens = isObject(value) ? field(value, 'tokens') : undefined;
  return Array.isArray(tokens) && tokens.some((token) => isObject(token) && typeof field(token, 'tag') === 'string');
}

/** Reads a span `{"start", "end", "label"}`, which may have a "text". */
export function readSpan(value: unknown, place: string): RawSpan {
  const span = asObject(value, 'a span', place);
  return readRange(span, readLabel(field(span, 'label'), place), place);
}

/**
 * Reads a label.
 *
 * @throws {UserError} if the value is not a text with a name in it
 */
export function readLabel(value: unknown, place: string): string {
  const label = asText(value, 'a label', place);
  if (label.trim() === '') return refuse(place, 'a label', 'a name', undefined);
  return label;
}

function readRange(span: JsonObject, label: string, place: string): RawSpan {
  const [text, confidence] = [field(span, 'text'), field(span, 'confidence')];
  return {
    label,
    start: asOffset(field(span, 'start'), '"start"', place),
    end: asOffset(field(span, 'end'), '"end"', place),
    ...(typeof text === 'string' && { text }),
    ...(typeof confidence === 'number' && { confidence }),
  };
}
