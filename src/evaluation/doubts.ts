import type { ProbableSpan } from '../model/judgement.js';
import { isPossible } from '../text/possible-labels.js';
import type { Sentence, Span } from '../text/sentence.js';

/** A place of a sentence whose label is probably wrong. At least one of both spans is there. */
export interface Doubt {
  /** The span that the corpus has there; undefined if it has none. */
  readonly given: Span | undefined;
  /** The span that is more probable; undefined if none is. */
  readonly suggested: Span | undefined;
  /** How improbable what is given is against what is suggested, from 0 to 1. */
  readonly doubt: number;
}

/** The kinds of mistakes that a doubt is of. */
export const MISTAKES = ['missing', 'wrong label', 'wrong ends', 'label and ends', 'spurious'] as const;

export type Mistake = (typeof MISTAKES)[number];

/** Doubts below it are left out. */
const LEAST_DOUBT = 0.5;

/**
 * The share of the doubt that remains where a network suggests that a given span is none: networks miss names that they have
 * never met far more often than people label what is no name.
 */
const TRUST_IN_NOTHING = 0.7;

/** The doubts about a sentence. */
export interface SentenceDoubts {
  readonly doubts: readonly Doubt[];
  /** The given spans that no network could judge, since it had met their labels nowhere. */
  readonly unjudged: readonly Span[];
}

/**
 * Finds what is doubtful about a sentence. The probability of a span is the mean over the networks. A reading is doubted by
 * what it lacks to 1, times the root of the probability of what is suggested in its place, which ranks those places first where
 * networks both refuse what is given and agree on something else.
 *
 * In place of a given span the most probable span that overlaps it is suggested, or nothing where that is more probable.
 *
 * Nothing is doubted where nobody has labelled: no span is missing each token of which may have its label. Nor is one missing
 * where a given span stands that no network could judge.
 *
 * @param given the spans of the corpus
 * @param judgements each network's spans with their probabilities, those of the given spans among them unless the network does
 *   not know the label; spans that a judgement lacks have the probability 0
 * @param possible the labels that tokens may have whose tag is not known
 */
export function findDoubts(
  given: readonly Span[],
  judgements: readonly (readonly ProbableSpan[])[],
  possible?: Sentence['possible'],
): SentenceDoubts {
  const pooled = poolJudgements(judgements);
  const own = new Set(given.map(keyOf));
  const others = [...pooled.values()]
    .filter((span) => !own.has(keyOf(span)) && !isPossible(span, possible))
    .map(({ sum, count: _, ...span }) => ({ ...span, probability: Math.min(1, sum / judgements.length) }))
    .sort(byProbability);
  const unjudged: Span[] = [];
  const refused: { readonly span: Span; readonly wrong: number }[] = [];
  for (const span of given) {
    const found = pooled.get(keyOf(span));
    if (!found) unjudged.push(span);
    else refused.push({ span, wrong: 1 - Math.min(1, found.sum / found.count) });
  }
  refused.sort((a, b) => b.wrong - a.wrong || a.span.start - b.span.start);
  const taken = new Set<Span>();
  const replaced = refused.map(({ span, wrong }): Doubt => {
    const overlapping = others.filter((other) => !taken.has(other) && overlaps(other, span));
    const [best] = overlapping;
    const ofSpans = overlapping.reduce((sum, { probability }) => sum + probability, 0);
    if (!best || best.probability < wrong - ofSpans)
      return { given: span, suggested: undefined, doubt: TRUST_IN_NOTHING * wrong };
    taken.add(best);
    return { given: span, suggested: spanOf(best), doubt: wrong * Math.sqrt(best.probability) };
  });
  const missing = others
    .filter((other) => !taken.has(other) && !unjudged.some((span) => overlaps(span, other)))
    .map((other): Doubt => {
      const { probability } = other;
      return { given: undefined, suggested: spanOf(other), doubt: probability * Math.sqrt(probability) };
    });
  return { doubts: [...replaced, ...missing].filter(({ doubt }) => doubt >= LEAST_DOUBT), unjudged };
}

function byProbability(a: ProbableSpan, b: ProbableSpan): number {
  return b.probability - a.probability || a.start - b.start || a.end - b.end || (a.label < b.label ? -1 : 1);
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
