import type { StandIns } from './stand-ins.js';

/** A piece of a text with a label, in UTF-16 units, `end` exclusive. */
interface LabelledRange {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** What stands for a name in a redacted text, and where the name stood in the original. */
export interface StandInSpan extends LabelledRange {
  readonly original: { readonly start: number; readonly end: number };
}

/** A text without its names. */
export interface RedactedText {
  readonly text: string;
  readonly spans: readonly StandInSpan[];
}

/**
 * Replaces the names of a text.
 *
 * @param names in order, none inside another
 */
export function redact(text: string, names: readonly LabelledRange[], standIns: StandIns): RedactedText {
  standIns.avoid(text);
  let redacted = '';
  let position = 0;
  const spans: StandInSpan[] = [];
  for (const { label, start, end } of names) {
    redacted += text.slice(position, start);
    const standIn = standIns.replace(label, text.slice(start, end));
    spans.push({ start: redacted.length, end: redacted.length + standIn.length, original: { start, end }, label });
    redacted += standIn;
    position = end;
  }
  return { text: redacted + text.slice(position), spans };
}
