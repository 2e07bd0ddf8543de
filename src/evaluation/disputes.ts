import { at } from '../text/at.js';
import type { Span } from '../text/sentence.js';
import type { Doubt } from './doubts.js';

/** A place where annotators differ. */
export interface Dispute extends Doubt {
  /** For each annotator, the spans there. */
  readonly readings: readonly (readonly Span[])[];
}

/** The disputes about a sentence, and its spans if all suggestions were followed. */
export interface SentenceDisputes {
  readonly disputes: readonly Dispute[];
  readonly followed: readonly Span[];
}

/**
 * Finds where annotators differ about a sentence. Spans that overlap one another, and that not all annotators have, make one
 * dispute. What the first annotator has there is given; what most of the annotators who differ have is suggested. It is
 * doubted by the share of annotators who do not have what is given.
 *
 * @param spans the spans of each annotator, in order
 */
export function findDisputes(spans: readonly (readonly Span[])[]): SentenceDisputes {
  const keys = spans.map((own) => new Set(own.map(keyOf)));
  const differing = spans
    .flatMap((own) => own.filter((span) => !keys.every((each) => each.has(keyOf(span)))))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of differing) {
    const last = ranges.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  const readings = ranges.map(({ start, end }) => spans.map((own) => within(own, start, end)));
  const common = at(spans, 0).filter((span) => keys.every((each) => each.has(keyOf(span))));
  const suggested = readings.flatMap((each) => mostFrequent(othersThanFirst(each)));
  // Spans that all annotators have may stand within a dispute.
  const followed = new Map([...common, ...suggested].map((span) => [keyOf(span), span]));
  return { disputes: readings.map(disputeOf), followed: [...followed.values()].sort((a, b) => a.start - b.start) };
}

function disputeOf(readings: readonly (readonly Span[])[]): Dispute {
  const given = at(readings, 0);
  const others = othersThanFirst(readings);
  const suggested = mostFrequent(others);
  // The spans that both readings share are left out: only a span in which they differ is shown.
  const shared = (span: Span, reading: readonly Span[]): boolean => reading.some((each) => keyOf(each) === keyOf(span));
  return {
    given: given.find((span) => !shared(span, suggested)),
    suggested: suggested.find((span) => !shared(span, given)),
    doubt: others.length / readings.length,
    readings,
  };
}

/** Returns the readings that are not the first annotator's. */
function othersThanFirst(readings: readonly (readonly Span[])[]): (readonly Span[])[] {
  return readings.filter((reading) => nameOf(reading) !== nameOf(at(readings, 0)));
}

/** Returns the reading that most annotators have, the earlier of equals. */
function mostFrequent(readings: readonly (readonly Span[])[]): readonly Span[] {
  const countOf = (reading: readonly Span[]): number =>
    readings.filter((other) => nameOf(other) === nameOf(reading)).length;
  return readings.reduce((best, reading) => (countOf(reading) > countOf(best) ? reading : best));
}

function within(spans: readonly Span[], start: number, end: number): Span[] {
  return spans.filter((span) => span.start < end && start < span.end);
}

function nameOf(spans: readonly Span[]): string {
  return spans.map(keyOf).join(',');
}

function keyOf({ label, start, end }: Span): string {
  return `${start} ${end} ${label}`;
}
