import { badInput } from '../errors.js';
import type { AnnotatedText } from '../text/annotated-text.js';
import type { CorpusReading, OffsetUnit } from './corpus-reading.js';
import type { CorpusItem, CorpusReader, Report, TextFormat } from './format.js';
import { asName, field, isObject } from './json-fields.js';
import { type JsonValue, JsonValues } from './json-values.js';
import { placeSpans, type RawSpan } from './offsets.js';
import { ofOnePiece, tellOf, withoutOverlaps } from './spans-held.js';

/** What a shape finds in a value; spans in the unit of the file. */
export interface RawRecord {
  readonly text: string;
  readonly spans: readonly RawSpan[];
  /** Where the file says its tokens; checked as spans are. */
  readonly tokens?: readonly RawSpan[];
}

/** How one tool writes texts with spans as JSON. */
export interface JsonShape {
  readonly name: string;
  readonly title: string;
  readonly offsets: OffsetUnit;
  /** Whether a file is one array, or a record a line. */
  readonly isArray: boolean;
  /** Whether spans may overlap. */
  readonly holdsOverlaps: boolean;
  /** Whether it says where tokens begin and end. */
  readonly holdsTokens: boolean;
  /** Whether a value can be of this shape and of no other. */
  isCertain(value: unknown): boolean;
  /** @throws UserError where the value is none; a reason where the record is no part of the corpus */
  read(value: unknown, place: string, report: Report): RawRecord | { readonly skipped: string };
  /** @param toUnit turns UTF-16 offsets into the unit of the shape */
  write(record: AnnotatedText, toUnit: (offset: number) => number): unknown;
}

/** Gives the items of the values of a file, one after the other. */
export function createJsonReader(source: string, read: (value: JsonValue) => CorpusItem[]): CorpusReader {
  const values = new JsonValues(source);
  return {
    get lines() {
      return values.lines;
    },
    push: (piece) => values.push(piece).flatMap(read),
    end() {
      values.end();
      return [];
    },
  };
}

/** A format of which each record is a text with spans. */
export function textFormatOf(shape: JsonShape, toUnit: (text: string) => (offset: number) => number): TextFormat {
  return {
    name: shape.name,
    title: shape.title,
    holds: 'texts',
    holdsTokens: shape.holdsTokens,
    createReader: (source, options, report) =>
      createJsonReader(source, (value) => readValue(value, shape, options, report)),
    createWriter(report) {
      let count = 0;
      return {
        write(record, source) {
          const keep = shape.holdsOverlaps ? ofOnePiece : withoutOverlaps;
          const kept = new Set(keep(record.spans, tellOf(record, source, report)));
          const spans = record.spans.filter((span) => kept.has(span));
          const text = JSON.stringify(shape.write({ ...record, spans }, toUnit(record.text)));
          const before = shape.isArray ? (count === 0 ? '[\n' : ',\n') : '';
          count++;
          return `${before}${text}${shape.isArray ? '' : '\n'}`;
        },
        end: () => (shape.isArray ? (count === 0 ? '[]\n' : '\n]\n') : ''),
      };
    },
    isCertain: (head) => isCertainJson(head, shape.isCertain),
  };
}

function readValue(json: JsonValue, shape: JsonShape, options: CorpusReading, report: Report): AnnotatedText[] {
  const { value, line, place } = json;
  const raw = shape.read(value, place, report);
  if ('skipped' in raw) {
    report({ kind: 'record', place, what: `${raw.skipped}; left out` });
    return [];
  }
  const { text } = raw;
  const unit = options.offsets ?? shape.offsets;
  const toPlaced = (spans: readonly RawSpan[]) => placeSpans(text, spans, unit, options.offsets !== undefined, place);
  // Together, so that what tokens and spans say they cover decides for both what offsets count.
  const placed = toPlaced([...raw.spans, ...(raw.tokens ?? [])]);
  const tokens =
    raw.tokens &&
    placed.slice(raw.spans.length).map(({ start, end }) => ({ text: text.slice(start, end), start, end }));
  const id = isObject(value) ? asName(field(value, 'id')) : undefined;
  const document = isObject(value) ? asName(field(value, 'document')) : undefined;
  return [
    {
      text,
      spans: placed.slice(0, raw.spans.length),
      ...(tokens && inOrder(tokens) && { tokens }),
      ...(id !== undefined && { id }),
      ...(document !== undefined && { document }),
      line,
    },
  ];
}

/** Whether tokens follow each other; others are no tokens, and the text is cut anew. */
function inOrder(tokens: readonly { readonly start: number; readonly end: number }[]): boolean {
  return tokens.every(({ start }, index) => index === 0 || start >= (tokens[index - 1] as { end: number }).end);
}

/** Whether the first value of a file is what a test says. */
export function isCertainJson(head: string, test: (value: unknown) => boolean): boolean {
  const value = firstValue(head);
  return value !== undefined && test(value);
}

/** Whether a file begins with an object of JSON, or an array of some. */
export function looksLikeJson(head: string): boolean {
  return /^\uFEFF?\s*(?:\[\s*)?\{\s*"/.test(head);
}

/**
 * Says why the beginning of a file, which looks like JSON, is none of the formats.
 *
 * @throws UserError always
 */
export function refuseJson(head: string, source: string): never {
  const first = firstValue(head);
  if (first === undefined && !/^\uFEFF?\s*\[/.test(head) && head.length < 1_000_000)
    new JsonValues(source).push(new TextEncoder().encode(head));
  const names = isObject(first)
    ? Object.keys(first)
        .slice(0, 8)
        .map((name) => JSON.stringify(name))
    : [];
  const found = names.length > 0 ? `, found a record with ${names.join(', ')}` : '';
  throw badInput(
    `${source}:1: expected JSON of a shape that is known${found}`,
    'a record has "text" and "spans", or "tokens" and "tags"; --from names other formats',
  );
}

/** The first record of a file, by its beginning; undefined where there is none, or it is longer than the beginning. */
function firstValue(head: string): unknown {
  if (!/^\uFEFF?\s*[[{]/.test(head)) return undefined;
  try {
    const values = new JsonValues('head');
    const bytes = new TextEncoder().encode(head);
    const feed = bytes.indexOf(0x0a);
    const isArray = /^\uFEFF?\s*\[\s*(?:$|[[{\]])/.test(head);
    if (isArray) return values.pushFirst(bytes);
    return values.push(feed < 0 ? bytes : bytes.subarray(0, firstFilledLine(bytes)))[0]?.value;
  } catch {
    return undefined;
  }
}

/** Where the first line that is not blank ends. */
function firstFilledLine(bytes: Uint8Array): number {
  const begin = bytes.findIndex((byte) => byte === 0x5b || byte === 0x7b);
  const feed = bytes.indexOf(0x0a, begin);
  return feed < 0 ? bytes.length : feed;
}
