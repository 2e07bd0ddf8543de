import type { KnownEntities } from '../model/known-entities.js';
import type { Span } from '../text/sentence.js';
import { countBy, type Rates, ratesOf, type SpanCounts, type SpanPair } from './scores.js';

/** The scores of some of the spans; a span that is right is in the same group as gold and as predicted span. */
export interface Group extends SpanCounts, Rates {
  readonly name: string;
}

/** Spans of this many tokens and more are one group. */
const LONG = 5;

/** Scores by the number of tokens of a span, the shorter first. */
export function groupByLength(sentences: readonly SpanPair[]): Group[] {
  const groups = countBy(sentences, ({ start, end }) => Math.min(end - start, LONG));
  return [...groups.keys()]
    .sort((a, b) => a - b)
    .map((length) => toGroup(length < LONG ? String(length) : `${LONG}+`, groups.get(length)));
}

/** `seen`: with this label in the training data; `other label`: only with another one there; `unseen`: not at all. */
const FAMILIARITY = ['seen', 'other label', 'unseen'] as const;

/**
 * Scores by whether the training data has a span of the same tokens.
 *
 * @param sentences the tokens of each sentence
 */
export function groupByFamiliarity(
  spans: readonly SpanPair[],
  sentences: readonly { readonly tokens: readonly string[] }[],
  known: KnownEntities,
): Group[] {
  const groups = countBy(spans, ({ label, start, end }: Span, sentence) => {
    const labels = known.labelsOf((sentences[sentence]?.tokens ?? []).slice(start, end));
    return labels.includes(label) ? 'seen' : labels.length > 0 ? 'other label' : 'unseen';
  });
  return FAMILIARITY.map((name) => toGroup(name, groups.get(name)));
}

function toGroup(name: string, counts: SpanCounts = { gold: 0, predicted: 0, correct: 0 }): Group {
  return { name, ...counts, ...ratesOf(counts) };
}
