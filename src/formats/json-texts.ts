import { badInput } from '../errors.js';
import { at } from '../text/at.js';
import type { AnnotatedText } from '../text/sentence.js';
import { createBlankRecords } from './blank-records.js';
import { answerOf, createLatestDecisions } from './decisions.js';
import type {
  CorpusItem,
  CorpusReader,
  CorpusReading,
  OffsetUnit,
  OnRefusal,
  Refusal,
  Report,
  TextFormat,
} from './format.js';
import { asName, field, isObject, type JsonObject } from './json-fields.js';
import { type JsonValue, JsonValues } from './json-values.js';
import { LeftOut, WHY_FIELDS } from './left-out.js';
import { readOrRefuse } from './lines.js';
import { ofOnePiece, placeSpans, type RawSpan, tellOf, withoutOverlaps } from './text-spans.js';

/** A record as a shape reads it from a value, with spans in the unit of the file. */
export interface RawRecord {
  readonly text: string;
  readonly spans: readonly RawSpan[];
  /** The ranges that nobody has labelled; they are checked as spans are. */
  readonly unlabelled?: readonly RawSpan[];
  /** The tokens, if the file gives them; they are checked as spans are. */
  readonly tokens?: readonly RawSpan[];
  /** The unit of the spans, if it is known for certain. */
  readonly offsets?: OffsetUnit;
  /** Set if a model made the spans. */
  readonly isGuess?: true;
}

/** A record that is left out. */
export interface SkippedRecord {
  /** Why it is left out; undefined if it was counted among what the file leaves out. */
  readonly skipped: string | undefined;
  /** Set if its labels are lost; otherwise its annotator left it out of the corpus. */
  readonly isLost?: true;
}

/** What the reading of a record knows beside its value. */
export interface RecordContext {
  readonly place: string;
  readonly report: Report;
  /** Takes what is to be told once a file. */
  readonly leftOut: LeftOut;
  /** Takes what only conversion loses; undefined if nobody wants to know. */
  readonly fields: LeftOut | undefined;
  /** What offsets count, if a person says so. */
  readonly offsets: OffsetUnit | undefined;
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
  /** Set if records say which document they belong to. */
  readonly holdsDocuments?: true;
  /** Set if records may be decisions of `rnn annotate`, of which the last one of an id counts. */
  readonly holdsDecisions?: true;
  /** Set if records say what nobody has labelled. */
  readonly holdsUnlabelled?: true;
  /** The fields of a record that are read; without it, `read` itself tells of the others. */
  readonly fields?: ReadonlySet<string>;
  /** Tells whether a value can only be of this shape. */
  isCertain(value: unknown): boolean;
  /**
   * Reads a record, or returns the reason why it does not belong to the corpus.
   *
   * @throws {UserError} if the value is not of this shape
   */
  read(value: unknown, context: RecordContext): RawRecord | SkippedRecord;
  /** Returns the value that represents a record; `toUnit` converts UTF-16 offsets to the unit of the shape. */
  write(record: AnnotatedText, toUnit: (offset: number) => number): unknown;
}

/** Creates a reader of the items that `read` finds in each value of a file. */
export function createJsonReader(
  source: string,
  read: (value: JsonValue) => CorpusItem[],
  onRefusal?: OnRefusal,
  end: () => CorpusItem[] = () => [],
): CorpusReader {
  /** Refusals of a piece, which are told in the order of lines. */
  const refusals: Refusal[] = [];
  const refuse = onRefusal && ((refusal: Refusal): void => void refusals.push(refusal));
  const values = new JsonValues(source, refuse);
  return {
    get lines() {
      return values.lines;
    },
    push(piece) {
      const items = values.push(piece).flatMap((value) => readOrRefuse(() => read(value), value, refuse) ?? []);
      for (const refusal of refusals.splice(0).sort((a, b) => a.line - b.line)) onRefusal?.(refusal);
      return items;
    },
    end() {
      values.end();
      return end();
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
    heeds: ['offsets'],
    holds: 'texts',
    holdsTokens: shape.holdsTokens === true,
    holdsDocuments: shape.holdsDocuments === true,
    holdsUnlabelled: shape.holdsUnlabelled === true,
    createReader(source, options, report) {
      const leftOut = new LeftOut();
      const fields = options.namesFields ? new LeftOut() : undefined;
      const blanks = createBlankRecords();
      const decisions = createLatestDecisions();
      return createJsonReader(
        source,
        (json) => {
          const { place } = json;
          const records = readValue(json, shape, options, { place, report, leftOut, fields, offsets: options.offsets });
          const answer = shape.holdsDecisions && answerOf(json.value);
          if (!answer) return blanks.take(records);
          decisions.take(answer, records, place);
          return [];
        },
        options.onRefusal,
        () => {
          leftOut.report('only spans that people labelled are read', report);
          fields?.report(WHY_FIELDS, report);
          return [...blanks.end(), ...decisions.end(report)];
        },
      );
    },
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

function readValue(
  { value, line }: JsonValue,
  shape: JsonShape,
  options: CorpusReading,
  context: RecordContext,
): AnnotatedText[] {
  const { place, report } = context;
  const raw = shape.read(value, context);
  if ('skipped' in raw) {
    if (raw.skipped !== undefined)
      report({ kind: raw.isLost ? 'record' : 'skipped record', place, what: `${raw.skipped}; left out` });
    return [];
  }
  const { text } = raw;
  const told = raw.offsets ?? options.offsets;
  const unit = told ?? shape.offsets;
  const toPlaced = (spans: readonly RawSpan[]) => placeSpans(text, spans, unit, told !== undefined, place);
  const { unlabelled = [] } = raw;
  // Together, so that the texts which tokens and spans name decide the unit of both.
  const placed = toPlaced([...raw.spans, ...unlabelled, ...(raw.tokens ?? [])]);
  const placedRanges = placed.slice(raw.spans.length).map(({ start, end }) => ({ start, end }));
  const tokens =
    raw.tokens &&
    placedRanges.slice(unlabelled.length).map(({ start, end }) => ({ text: text.slice(start, end), start, end }));
  if (shape.fields) context.fields?.addFields(fieldsOf(value), shape.fields, place);
  const id = isObject(value) ? asName(field(value, 'id')) : undefined;
  const document = isObject(value) ? asName(field(value, 'document')) : undefined;
  return [
    {
      text,
      spans: raw.spans.map(({ confidence }, index) => ({
        ...at(placed, index),
        ...(confidence !== undefined && { confidence }),
      })),
      ...(unlabelled.length > 0 && { unlabelled: placedRanges.slice(0, unlabelled.length) }),
      ...(tokens && inOrder(tokens) && { tokens }),
      ...(id !== undefined && { id }),
      ...(document !== undefined && { document }),
      ...(raw.isGuess && { isGuess: true }),
      line,
    },
  ];
}

/** Returns the fields of a record, which spaCy writes behind its text. */
function fieldsOf(value: unknown): JsonObject {
  const fields = Array.isArray(value) ? value[1] : value;
  return isObject(fields) ? fields : {};
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

/** How many records are looked at to find the format of a file. */
const MOST_RECORDS = 1000;

/**
 * Returns the first records in the beginning of a file that is one array of records or has one record per line, each as
 * a file of its own; none if most lines are no records.
 */
export function recordsOf(head: string): string[] {
  if (/^\uFEFF?\s*\[\s*[[{]/.test(head)) {
    const values = new JsonValues('head', () => {});
    return values.pushSome(new TextEncoder().encode(head), MOST_RECORDS).map((value) => `[${JSON.stringify(value)}]`);
  }
  const lines = head.split('\n', MOST_RECORDS).filter((line) => line.trim() !== '');
  const records = lines.filter(looksLikeJson);
  return 2 * records.length >= lines.length ? records : [];
}

/**
 * Refuses a file that looks like JSON but has none of the formats.
 *
 * @throws {UserError} always, with the reason
 */
export function refuseJson(head: string, source: string): never {
  const first = firstValue(head);
  if (first === undefined && (/^\uFEFF?\s*\[/.test(head) || head.length < 1_000_000))
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
    if (isArray) return values.pushSome(bytes, 1)[0];
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
