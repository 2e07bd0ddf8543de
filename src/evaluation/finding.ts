import type { Sentence, Span } from '../text/sentence.js';
import type { Doubt } from './doubts.js';

/** A span with its words, separated by single spaces. */
export interface SpanWithText extends Span {
  readonly text: string;
}

/** A place where labels are doubtful or in dispute, with all that a person needs to decide. Spans count tokens. */
export interface Finding {
  /** The identifier of the sentence: its file and the line of its first token. */
  readonly id: string;
  readonly file: string;
  /** The line of the first token that is concerned. */
  readonly line: number;
  /** The text of the sentence. */
  readonly text: string;
  readonly tokens: readonly string[];
  /** The span that the corpus has; null if it has none there. */
  readonly given: SpanWithText | null;
  /** The span that is suggested; null if none is. */
  readonly suggested: SpanWithText | null;
  /** From 0 to 1. */
  readonly doubt: number;
  /** All spans of the sentence, and how they would be if all suggestions for it were followed. */
  readonly spans: readonly SpanWithText[];
  readonly suggestedSpans: readonly SpanWithText[];
}

/** Returns a span with its words. */
export function withText({ label, start, end }: Span, tokens: readonly string[]): SpanWithText {
  return { label, start, end, text: tokens.slice(start, end).join(' ') };
}

/** Makes a finding of spans of a sentence. */
export function findingOf(
  { tokens, text }: Pick<Sentence, 'tokens' | 'text'>,
  { id, file, lines }: { readonly id: string; readonly file: string; readonly lines: readonly number[] },
  { given, suggested, doubt }: Doubt,
  spans: readonly Span[],
  suggestedSpans: readonly Span[],
): Finding {
  const show = (span: Span): SpanWithText => withText(span, tokens);
  const first = Math.min(given?.start ?? tokens.length, suggested?.start ?? tokens.length);
  return {
    id,
    file,
    line: lines[Math.min(first, lines.length - 1)] ?? 0,
    text: text ?? tokens.join(' '),
    tokens,
    given: given ? show(given) : null,
    suggested: suggested ? show(suggested) : null,
    doubt,
    spans: spans.map(show),
    suggestedSpans: suggestedSpans.map(show),
  };
}
