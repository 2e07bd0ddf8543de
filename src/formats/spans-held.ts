import type { AnnotatedText, TextSpan } from '../text/annotated-text.js';
import type { ConversionIssueKind, Report } from './format.js';

/** Is told of a span that is left out or changed, and why. */
export type TellOfSpan = (kind: ConversionIssueKind, span: TextSpan, why: string) => void;

/** Returns a function that reports spans of a record, with their places. */
export function tellOf(record: AnnotatedText, source: string, report: Report): TellOfSpan {
  return (kind, span, why) =>
    report({ kind, place: placeOf(record, source, span.start), what: `${describeSpan(record.text, span)} ${why}` });
}

/** Returns the spans of one piece, and tells of the others. */
export function ofOnePiece(spans: readonly TextSpan[], tell: TellOfSpan): TextSpan[] {
  return spans.filter((span) => {
    if (span.parts) tell('discontinuous span', span, `has ${span.parts.length} pieces; left out`);
    return !span.parts;
  });
}

/** Returns the `file:line` of an offset in a record. */
export function placeOf(record: AnnotatedText, source: string, offset: number): string {
  return `${source}:${lineOf(record, offset)}`;
}

function lineOf({ text, line, isWholeFile }: AnnotatedText, offset: number): number {
  return isWholeFile ? line + text.slice(0, offset).split('\n').length - 1 : line;
}

/** Describes a span for a message, as in `PER "Ada Lovelace" (0 to 12)`. */
function describeSpan(text: string, { label, start, end }: TextSpan): string {
  const covered = text.slice(start, end);
  return `${label} ${JSON.stringify(covered.length > 60 ? `${covered.slice(0, 60)}…` : covered)} (${start} to ${end})`;
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
