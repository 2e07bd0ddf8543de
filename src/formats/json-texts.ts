import { badInput } from '../errors.js';
import type { AnnotatedText } from '../text/sentence.js';
import type { CorpusItem, CorpusReader, CorpusReading, OffsetUnit, Report, TextFormat } from './format.js';
import { asName, field, isObject } from './json-fields.js';
import { type JsonValue, JsonValues } from './json-values.js';
import { ofOnePiece, placeSpans, type RawSpan, tellOf, withoutOverlaps } from './text-spans.js';

/** A record as a shape reads it from a value, with spans in the unit of the file. */
export interface RawRecord {
  readonly text: string;
  readonly spans: readonly RawSpan[];
  /** The tokens, if the file gives them; they are checked as spans are. */
  readonly tokens?: readonly RawSpan[];
}

/** How one tool writes texts with spans as JSON. */
export interface JsonShape {
  readonly name: string;
  readonly title: string;
  readonly offsets: OffsetUnit;
  /** Set if a file is one array; otherwise it has one record per line. */
  readonly isArray?: true;
  /** Set if spans may overlap. */
  readonly holdsOverlaps?: true;
  /** Set if records say where tokens begin and end. */
  readonly holdsTokens?: true;
  /** Tells whether a value can only be of this shape. */
  isCertain(value: unknown): boolean;
  /**
   * Reads a record, or returns the reason why it does not belong to the corpus.
   *
   * @throws {UserError} if the value is not of this shape
   */
  read(value: unknown, place: string, report: Report): RawRecord | { readonly skipped: string };
  /** Returns the value that represents a record; `toUnit` converts UTF-16 offsets to the unit of the shape. */
  write(record: AnnotatedText, toUnit: (offset: number) => number): unknown;
}

/** Creates a reader of the items that `read` finds in each value of a file. */
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

/**
 * Creates the format of files in a shape.
 *
 * @param toUnit returns, for a text, the function that converts UTF-16 offsets to the unit of the shape
 */
export function textFormatOf(shape: JsonShape, toUnit: (text: string) => (offset: number) => number): TextFormat {
  return {
    name: shape.name,
    title: shape.title,
    holds: 'texts',
    holdsTokens: shape.holdsTokens === true,
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
    report({ kind: 'skipped record', place, what: `${raw.skipped}; left out` });
    return [];
  }
  const { text } = raw;
  const unit = options.offsets ?? shape.offsets;
  const toPlaced = (spans: readonly RawSpan[]) => placeSpans(text, spans, unit, options.offsets !== undefined, place);
  // Together, so that the texts which tokens and spans name decide the unit of both.
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

/** Tells whether tokens follow each other; if they do not, they are ignored, and the text is tokenized. */
function inOrder(tokens: readonly { readonly start: number; readonly end: number }[]): boolean {
  return tokens.every(({ start }, index) => start >= (tokens[index - 1]?.end ?? 0));
}

/** Tells whether the first value of a file passes a test. */
export function isCertainJson(head: string, test: (value: unknown) => boolean): boolean {
  const value = firstValue(head);
  return value !== undefined && test(value);
}

/** Tells whether a file begins with a JSON object, or an array of objects. */
export function looksLikeJson(head: string): boolean {
  return /^\uFEFF?\s*(?:\[\s*)?\{\s*"/.test(head);
}

/**
 * Refuses a file that looks like JSON but has none of the formats.
 *
 * @throws {UserError} always, with the reason
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
    `${source}:1: expected JSON of a known shape${found}`,
    'a record has "text" and "spans", or "tokens" and "tags"; --from names other formats',
  );
}

/** Returns the first record in the beginning of a file; undefined if there is none, or if it is longer than the beginning. */
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

/** Returns where the first line with a record ends. */
function firstFilledLine(bytes: Uint8Array): number {
  const begin = bytes.findIndex((byte) => byte === 0x5b || byte === 0x7b);
  const feed = bytes.indexOf(0x0a, begin);
  return feed < 0 ? bytes.length : feed;
}
