import type { Span } from '../../../src/text/sentence.js';
import { KINDS, type Spoilt } from './spoil.js';

/** A finding of `rnn doubt`, with the number of its sentence. */
export interface PlacedFinding {
  readonly sentence: number;
  readonly given: (Span & { readonly text: string }) | null;
  readonly suggested: (Span & { readonly text: string }) | null;
}

export interface DoubtScores {
  /** Fraction of the first findings that are of spoilt entities. */
  readonly precision: number;
  /** Fraction of the spoilt entities that are among more of the findings. */
  readonly found: number;
  readonly foundByKind: Readonly<Record<Spoilt['kind'], number>>;
}

/**
 * Scores findings, the most doubtful first. A finding is of a spoilt entity if what is given is what became of it, or, where
 * nothing is given, if what is suggested overlaps what was dropped.
 *
 * @param first how many findings precision is of
 * @param looked how many findings are looked at to find the spoilt entities
 */
export function scoreFindings(
  findings: readonly PlacedFinding[],
  spoilt: readonly Spoilt[],
  first: number,
  looked: number,
): DoubtScores {
  const hits = findings.map((finding) => spoilt.filter((each) => isOf(finding, each)));
  const count = Math.min(first, findings.length);
  const found = new Set(hits.slice(0, looked).flat());
  const shareOf = (own: readonly Spoilt[]): number =>
    own.length === 0 ? 0 : own.filter((each) => found.has(each)).length / own.length;
  return {
    precision: count === 0 ? 0 : hits.slice(0, first).filter(({ length }) => length > 0).length / count,
    found: shareOf(spoilt),
    foundByKind: {
      dropped: shareOf(spoilt.filter(({ kind }) => kind === KINDS[0])),
      relabelled: shareOf(spoilt.filter(({ kind }) => kind === KINDS[1])),
      moved: shareOf(spoilt.filter(({ kind }) => kind === KINDS[2])),
    },
  };
}

function isOf({ sentence, given, suggested }: PlacedFinding, { sentence: own, before, after }: Spoilt): boolean {
  if (sentence !== own) return false;
  if (!after) return given === null && suggested !== null && overlaps(suggested, before);
  return (
    (given !== null && given.start === after.start && given.end === after.end && given.label === after.label) ||
    (given === null && suggested !== null && overlaps(suggested, before) && !overlaps(suggested, after))
  );
}

function overlaps(span: Span, other: Span): boolean {
  return span.start < other.end && other.start < span.end;
}
