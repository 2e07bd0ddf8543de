import { badInput } from '../errors.js';
import { at } from '../text/at.js';
import { quote } from '../text/quote.js';
import type { AnnotatedText, TextRange, TextSpan } from '../text/sentence.js';
import type { ConversionIssueKind, OffsetUnit, Report } from './format.js';

const ASTRAL = /[\u{10000}-\u{10ffff}]/u;

/** A span as a file gives it; `text` is what it covers according to the file. */
export interface RawSpan extends TextSpan {
  readonly text?: string | undefined;
  /** The place of the span in messages, if it has one of its own beside that of its record. */
  readonly place?: string | undefined;
}

/** A span in UTF-16 units, or why it is none of the text. */
type Placed = { readonly span: TextSpan } | { readonly what: string; readonly hint: string };

/**
 * Converts the offsets of spans to UTF-16 units, and checks spans against the text, as `placeEach` does.
 *
 * @throws {UserError} with the place, if a span lies outside of the text, is empty, or does not cover the text that it names
 */
export function placeSpans(
  text: string,
  spans: readonly RawSpan[],
  unit: OffsetUnit,
  isUnitTold: boolean,
  place: string,
): TextSpan[] {
  return placeEach(text, spans, unit, isUnitTold).map((placed, index) => {
    if ('span' in placed) return placed.span;
    throw badInput(`${at(spans, index).place ?? place}: ${placed.what}`, placed.hint);
  });
}

/**
 * Converts the offsets of each span to UTF-16 units, and checks it against the text. If the text has characters beyond 16 bits,
 * for which the units differ, the texts that the spans name decide which unit the file uses: the one in which more of them are there.
 *
 * @param unit the unit to assume unless the texts of the spans contradict it
 * @param isUnitTold whether the user named the unit, so that nothing contradicts it
 */
export function placeEach(text: string, spans: readonly RawSpan[], unit: OffsetUnit, isUnitTold: boolean): Placed[] {
  if (spans.length === 0) return [];
  const units = ASTRAL.test(text) ? unitOfCodePoints(text) : undefined;
  const toUnits = (span: RawSpan, counted: OffsetUnit): TextSpan => {
    if (!units || counted === 'utf16') return span;
    const shift = ({ start, end }: TextRange): TextRange => ({
      start: units[start] ?? Number.POSITIVE_INFINITY,
      end: units[end] ?? Number.POSITIVE_INFINITY,
    });
    return { label: span.label, ...shift(span), ...(span.parts && { parts: span.parts.map(shift) }) };
  };
  const other = unit === 'utf16' ? 'codepoints' : 'utf16';
  const covers = (span: RawSpan, counted: OffsetUnit): boolean => {
    return span.text === undefined || asOneLine(sliceOf(text, toUnits(span, counted))) === asOneLine(span.text);
  };
  const coveredBy = (counted: OffsetUnit): number => spans.filter((span) => covers(span, counted)).length;
  const counted = units && !isUnitTold && coveredBy(other) > coveredBy(unit) ? other : unit;
  return spans.map((raw) => {
    const { label, start, end, parts } = toUnits(raw, counted);
    const described = `the span ${raw.label} from ${raw.start} to ${raw.end}`;
    for (const part of parts ?? [{ start, end }])
      if (
        !(part.start < part.end && part.end <= text.length) ||
        splitsCharacter(text, part.start) ||
        splitsCharacter(text, part.end)
      )
        return {
          what: `${described} is not a piece of the text, which has ${text.length} characters`,
          hint: 'a span has a start, and an end after its last character',
        };
    const span = { label, start, end, ...(parts && { parts }) };
    if (covers(raw, counted)) return { span };
    return {
      what: `${described} should be ${JSON.stringify(raw.text?.slice(0, 60))}, but the text has ${JSON.stringify(sliceOf(text, span).slice(0, 60))} there`,
      hint: 'offsets count characters from 0; see --offsets',
    };
  });
}

/** Returns the text that a span covers; the pieces of a discontinuous span are separated by spaces, as brat writes them. */
export function sliceOf(text: string, { start, end, parts }: Omit<TextSpan, 'label'>): string {
  return parts ? parts.map((part) => text.slice(part.start, part.end)).join(' ') : text.slice(start, end);
}

/** Replaces line breaks with spaces, as brat writes what a span covers. */
function asOneLine(text: string): string {
  return text.replace(/[\r\n]/g, ' ');
}

/** Tells whether an offset lies between the two UTF-16 units of one character. */
export function splitsCharacter(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  const before = text.charCodeAt(offset - 1);
  return code >= 0xdc00 && code < 0xe000 && before >= 0xd800 && before < 0xdc00;
}

/** Returns the UTF-16 offset of each code point, and of the end. */
function unitOfCodePoints(text: string): number[] {
  const units: number[] = [];
  for (let index = 0; index < text.length; index++) {
    units.push(index);
    if ((text.codePointAt(index) ?? 0) > 0xffff) index++;
  }
  units.push(text.length);
  return units;
}

/** Returns a function that converts UTF-16 offsets of a text to code points. */
export function codePointsOf(text: string): (offset: number) => number {
  if (!ASTRAL.test(text)) return (offset) => offset;
  const points: number[] = [];
  for (let index = 0, count = 0; index <= text.length; index++) {
    points.push(count);
    const code = text.charCodeAt(index);
    if (!(code >= 0xd800 && code < 0xdc00)) count++;
  }
  return (offset) => at(points, offset);
}

/** Is told of a span that is left out or changed, and why. */
export type TellOfSpan = (kind: ConversionIssueKind, span: TextSpan, why: string) => void;

/** Returns a function that reports spans of a record, with their places. */
export function tellOf(record: AnnotatedText, source: string, report: Report): TellOfSpan {
  const placeOf = placesOf(record, source);
  return (kind, span, why) =>
    report({ kind, place: placeOf(span.start), what: `${describeSpan(record.text, span)} ${why}` });
}

/** Returns the spans of one piece, and tells of the others. */
export function ofOnePiece(spans: readonly TextSpan[], tell: TellOfSpan): TextSpan[] {
  return spans.filter((span) => {
    if (span.parts) tell('discontinuous span', span, `has ${span.parts.length} pieces; left out`);
    return !span.parts;
  });
}

/**
 * Returns a function that gives the `file:line` of an offset in a record. It counts lines from the offset before, so that
 * offsets in their order take linear time.
 */
export function placesOf(record: AnnotatedText, source: string): (offset: number) => string {
  let { line } = record;
  let seen = 0;
  return (offset) => {
    if (!record.isWholeFile) return `${source}:${line}`;
    if (offset < seen) {
      seen = 0;
      line = record.line;
    }
    line += record.text.slice(seen, offset).split('\n').length - 1;
    seen = offset;
    return `${source}:${line}`;
  };
}

/** Describes a span for a message, as in `PER "Ada Lovelace" (0 to 12)`. */
function describeSpan(text: string, { label, start, end }: TextSpan): string {
  return `${label} ${quote(text.slice(start, end))} (${start} to ${end})`;
}

/** Returns spans in order, without those that overlap an earlier one or have several pieces, and tells of those. */
export function withoutOverlaps(spans: readonly TextSpan[], tell: TellOfSpan): TextSpan[] {
  const kept: TextSpan[] = [];
  for (const span of ofOnePiece(spans, tell).sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last && span.start < last.end)
      tell('overlapping span', span, `overlaps ${last.label} (${last.start} to ${last.end}); left out`);
    else kept.push(span);
  }
  return kept;
}
