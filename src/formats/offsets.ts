import { badInput } from '../errors.js';
import type { TextRange, TextSpan } from '../text/annotated-text.js';
import type { OffsetUnit } from './corpus-reading.js';

const ASTRAL = /[\u{10000}-\u{10ffff}]/u;

/** A span as a file has it; `text` is what the file says it covers. */
export interface RawSpan extends TextSpan {
  readonly text?: string | undefined;
}

/**
 * Gives spans whose offsets are UTF-16 units, checked against the text. Where the text has characters beyond the 16 bits
 * that the units differ in, the texts that spans name decide which unit the file counts in.
 *
 * @param unit what decides where the file says nothing
 * @throws UserError with the place where a span lies outside of the text, is empty or covers another text than it says
 */
export function placeSpans(
  text: string,
  spans: readonly RawSpan[],
  unit: OffsetUnit,
  isUnitTold: boolean,
  place: string,
): TextSpan[] {
  if (spans.length === 0) return [];
  const units = ASTRAL.test(text) ? unitOfCodePoints(text) : undefined;
  const toUnits = (span: RawSpan, counted: OffsetUnit): TextSpan | undefined => {
    if (!units || counted === 'utf16') return span;
    const shift = ({ start, end }: TextRange): TextRange => ({
      start: units[start] ?? Number.POSITIVE_INFINITY,
      end: units[end] ?? Number.POSITIVE_INFINITY,
    });
    return { label: span.label, ...shift(span), ...(span.parts && { parts: span.parts.map(shift) }) };
  };
  const other = unit === 'utf16' ? 'codepoints' : 'utf16';
  const covers = (span: RawSpan, counted: OffsetUnit): boolean => {
    const found = toUnits(span, counted);
    return span.text === undefined || (found !== undefined && asOneLine(sliceOf(text, found)) === asOneLine(span.text));
  };
  const isOther =
    units && !isUnitTold && !spans.every((span) => covers(span, unit)) && spans.every((span) => covers(span, other));
  return spans.map((raw) => {
    const { label, start, end, parts } = toUnits(raw, isOther ? other : unit) as TextSpan;
    for (const part of parts ?? [{ start, end }])
      if (
        !(part.start < part.end && part.end <= text.length) ||
        splitsCharacter(text, part.start) ||
        splitsCharacter(text, part.end)
      )
        throw badInput(
          `${place}: the span ${raw.label} from ${raw.start} to ${raw.end} is no piece of the text, which has ${text.length} characters`,
          'a span has a start, and an end behind its last character',
        );
    if (!covers(raw, isOther ? other : unit))
      throw badInput(
        `${place}: the span ${raw.label} from ${raw.start} to ${raw.end} should be ${JSON.stringify(raw.text?.slice(0, 60))}, and the text has ${JSON.stringify(sliceOf(text, { start, end, ...(parts && { parts }) }).slice(0, 60))} there`,
        'offsets count characters from 0; see --offsets',
      );
    return { label, start, end, ...(parts && { parts }) };
  });
}

/** What a span covers; pieces of a discontinuous one have a space between them, as brat writes them. */
export function sliceOf(text: string, { start, end, parts }: Omit<TextSpan, 'label'>): string {
  return parts ? parts.map((part) => text.slice(part.start, part.end)).join(' ') : text.slice(start, end);
}

/** brat writes the line breaks of what a span covers as spaces. */
function asOneLine(text: string): string {
  return text.replace(/[\r\n]/g, ' ');
}

function splitsCharacter(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  const before = text.charCodeAt(offset - 1);
  return code >= 0xdc00 && code < 0xe000 && before >= 0xd800 && before < 0xdc00;
}

/** The UTF-16 offset of each code point, and of the end. */
function unitOfCodePoints(text: string): number[] {
  const units: number[] = [];
  for (let index = 0; index < text.length; index++) {
    units.push(index);
    if ((text.codePointAt(index) as number) > 0xffff) index++;
  }
  units.push(text.length);
  return units;
}

/** Gives what turns UTF-16 offsets into code points of a text. */
export function codePointsOf(text: string): (offset: number) => number {
  if (!ASTRAL.test(text)) return (offset) => offset;
  const points = new Int32Array(text.length + 1);
  for (let index = 0, count = 0; index <= text.length; index++) {
    points[index] = count;
    const code = text.charCodeAt(index);
    if (!(code >= 0xd800 && code < 0xdc00)) count++;
  }
  return (offset) => points[offset] as number;
}
