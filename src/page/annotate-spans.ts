import type { ShownSpan } from '../annotation/protocol.js';

/** A range of token numbers, `end` exclusive. */
export interface TokenRange {
  readonly start: number;
  readonly end: number;
}

/** The words that a key acts on: those that the person has selected, or the one at the cursor. */
export interface Selection extends TokenRange {
  /** Set if nothing is selected, so that it is the word at the cursor. */
  readonly isCursor: boolean;
}

/** Tells whether two ranges have a token in common. */
export function overlap(one: TokenRange, other: TokenRange): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Returns the entity at a token; undefined if there is none. */
export function spanAt(spans: readonly ShownSpan[], token: number): ShownSpan | undefined {
  return spans.find(({ start, end }) => start <= token && token < end);
}

/** Tells whether two lists hold the same entities, whoever found them. */
export function isSame(spans: readonly ShownSpan[], others: readonly ShownSpan[]): boolean {
  return spans.length === others.length && spans.every((span) => isAmong(span, others));
}

/** Tells whether an entity is in a list, whoever found it. */
export function isAmong({ label, start, end }: ShownSpan, others: readonly ShownSpan[]): boolean {
  return others.some((each) => each.label === label && each.start === start && each.end === end);
}

/** Returns the range that a key acts on: a single token stands for the entity that it is in. */
export function targetOf(spans: readonly ShownSpan[], selected: TokenRange): TokenRange {
  const span = selected.end - selected.start === 1 ? spanAt(spans, selected.start) : undefined;
  return span ? { start: span.start, end: span.end } : selected;
}

/**
 * Labels a selection. Entities of that label which it overlaps are joined with it, but for one that it lies in, which becomes as short
 * as the selection; others which it overlaps are replaced. A single word stands for the entity that it is in, except where it is
 * selected in an entity that a person has given that label.
 *
 * @returns all entities, in order
 */
export function labelRange(spans: readonly ShownSpan[], selected: Selection, label: string): ShownSpan[] {
  const around = spanAt(spans, selected.start);
  const standsAlone = !selected.isCursor && around?.label === label && !around.isSuggestion;
  let { start, end } = standsAlone ? selected : targetOf(spans, selected);
  for (const span of spans) {
    const isAround = span.start <= start && end <= span.end;
    if (span.label !== label || isAround || !overlap(span, { start, end })) continue;
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return [...removeRange(spans, { start, end }), { label, start, end }].sort((a, b) => a.start - b.start);
}

/** Removes the entities that a range overlaps. */
export function removeRange(spans: readonly ShownSpan[], selected: TokenRange): ShownSpan[] {
  return spans.filter((span) => !overlap(span, selected));
}
