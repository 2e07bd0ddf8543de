import type { Finding, SpanWithText } from '../evaluation/finding.js';

/** A part of a sentence: the words of a span, and those around it. */
export interface Excerpt {
  readonly before: string;
  readonly words: string;
  readonly behind: string;
}

/** Returns the tokens that a finding concerns, with up to so many tokens on each side. */
export function excerptOf(
  { tokens }: Pick<Finding, 'tokens'>,
  { start, end }: Pick<SpanWithText, 'start' | 'end'>,
  around: number,
): Excerpt {
  const before = tokens.slice(Math.max(0, start - around), start);
  const behind = tokens.slice(end, end + around);
  return {
    before: [...(start > around ? ['...'] : []), ...before].join(' '),
    words: tokens.slice(start, end).join(' '),
    behind: [...behind, ...(end + around < tokens.length ? ['...'] : [])].join(' '),
  };
}

/** Returns the range of tokens that a finding concerns. */
export function rangeOf({ given, suggested }: Pick<Finding, 'given' | 'suggested'>): { start: number; end: number } {
  const spans = [given, suggested].filter((span) => span !== null);
  return { start: Math.min(...spans.map(({ start }) => start)), end: Math.max(...spans.map(({ end }) => end)) };
}
