import type { ProbableSpan } from '../model/judgement.js';
import type { Span } from '../text/sentence.js';

/** A place of a sentence whose label is probably wrong. At least one of both spans is there. */
export interface Doubt {
  /** The span that the corpus has there; undefined if it has none. */
  readonly given: Span | undefined;
  /** The span that is more probable; undefined if none is. */
  readonly suggested: Span | undefined;
  /** The probability that what is given is wrong, from 0 to 1. */
  readonly doubt: number;
}

/** The kinds of mistakes that a doubt is of. */
export const MISTAKES = ['missing', 'wrong label', 'wrong ends', 'label and ends', 'spurious'] as const;

export type Mistake = (typeof MISTAKES)[number];

/** What is at least as probable as what is given is worth a look. */
export const LEAST_DOUBT = 0.5;

/** The doubts about a sentence. */
export interface SentenceDoubts {
  readonly doubts: readonly Doubt[];
  /** The given spans that no network could judge, since it had met their labels nowhere. */
  readonly unjudged: readonly Span[];
}

/**
 * Finds what is doubtful about a sentence. The probability of a span is the mean over the networks. A given span is doubted by
 * what it lacks to 1, and what is suggested in its place is the most probable span that overlaps it, if none at all is not
 * more probable. A span where nothing is given is doubted by its probability.
 *
 * @param given the spans of the corpus
 * @param judgements each network's spans with their probabilities, those of the given spans among them unless the network does
 *   not know the label; spans that a judgement lacks have the probability 0
 */
export function findDoubts(given: readonly Span[], judgements: readonly (readonly ProbableSpan[])[]): SentenceDoubts {
  const pooled = poolJudgements(judgements);
  const own = new Set(given.map(keyOf));
  const others = [...pooled.values()]
    .filter((span) => !own.has(keyOf(span)))
    .map(({ sum, count: _, ...span }) => ({ ...span, probability: sum / judgements.length }))
    .sort(
      (a, b) => b.probability - a.probability || a.start - b.start || a.end - b.end || (a.label < b.label ? -1 : 1),
    );
  const unjudged: Span[] = [];
  const doubted: (Doubt & { readonly given: Span })[] = [];
  for (const span of given) {
    const found = pooled.get(keyOf(span));
    if (!found) unjudged.push(span);
    else doubted.push({ given: span, suggested: undefined, doubt: 1 - Math.min(1, found.sum / found.count) });
  }
  doubted.sort((a, b) => b.doubt - a.doubt || a.given.start - b.given.start);
  const taken = new Set<Span>();
  const replaced = doubted.map((doubt): Doubt => {
    const overlapping = others.filter((other) => !taken.has(other) && overlaps(other, doubt.given));
    const [best] = overlapping;
    const ofSpans = overlapping.reduce((sum, { probability }) => sum + probability, 0);
    if (!best || best.probability < doubt.doubt - ofSpans) return doubt;
    if (doubt.doubt >= LEAST_DOUBT) taken.add(best);
    return { ...doubt, suggested: spanOf(best) };
  });
  const missing = others
    .filter((other) => !taken.has(other) && other.probability >= LEAST_DOUBT)
    .map((other): Doubt => ({ given: undefined, suggested: spanOf(other), doubt: Math.min(1, other.probability) }));
  return { doubts: [...replaced, ...missing].filter(({ doubt }) => doubt >= LEAST_DOUBT), unjudged };
}

/** Returns what is wrong if a suggestion is right. */
export function mistakeOf({ given, suggested }: Pick<Doubt, 'given' | 'suggested'>): Mistake {
  if (!given) return 'missing';
  if (!suggested) return 'spurious';
  const hasSameEnds = given.start === suggested.start && given.end === suggested.end;
  if (given.label === suggested.label) return 'wrong ends';
  return hasSameEnds ? 'wrong label' : 'label and ends';
}

/** A span with the sum of the probabilities that networks give it, and their number. */
interface PooledSpan extends Span {
  sum: number;
  count: number;
}

function poolJudgements(judgements: readonly (readonly ProbableSpan[])[]): Map<string, PooledSpan> {
  const pooled = new Map<string, PooledSpan>();
  for (const { label, start, end, probability } of judgements.flat()) {
    const key = keyOf({ label, start, end });
    const found = pooled.get(key) ?? { label, start, end, sum: 0, count: 0 };
    pooled.set(key, found);
    found.sum += probability;
    found.count++;
  }
  return pooled;
}

/** Returns the sentence's spans when all suggestions are followed, the surest first; what overlaps one before it is left out. */
export function followDoubts(given: readonly Span[], doubts: readonly Doubt[]): Span[] {
  const refused = new Set(doubts.map((doubt) => doubt.given));
  const spans = given.filter((span) => !refused.has(span));
  for (const { suggested } of [...doubts].sort((a, b) => b.doubt - a.doubt))
    if (suggested && !spans.some((span) => overlaps(span, suggested))) spans.push(suggested);
  return spans.sort((a, b) => a.start - b.start);
}

function overlaps(span: Span, other: Span): boolean {
  return span.start < other.end && other.start < span.end;
}

function keyOf({ label, start, end }: Span): string {
  return `${start} ${end} ${label}`;
}

function spanOf({ label, start, end }: Span): Span {
  return { label, start, end };
}
