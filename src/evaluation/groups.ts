import type { KnownEntities } from '../model/known-entities.js';
import type { Span, TokenLists } from '../text/sentence.js';
import { countBy, type Rates, ratesOf, type SpanCounts, type SpanPair } from './scores.js';

/** The scores of a group of spans. A correct span is in the same group as a gold and as a predicted span. */
export interface Group extends SpanCounts, Rates {
  readonly name: string;
}

/** Spans of this many or more tokens form one group. */
const LONG = 5;

/** Returns scores by the number of tokens of a span, the shortest first. */
export function groupByLength(sentences: readonly SpanPair[]): Group[] {
  const groups = countBy(sentences, ({ start, end }) => Math.min(end - start, LONG));
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([length, counts]) => toGroup(length < LONG ? String(length) : `${LONG}+`, counts));
}

/** `seen`: the training data has it with this label; `other label`: with another label only; `unseen`: not at all. */
const FAMILIARITY = ['seen', 'other label', 'unseen'] as const;

/**
 * Returns scores by whether the training data has a span of the same tokens.
 *
 * @param sentences the tokens of each sentence, in the order of `spans`
 */
export function groupByFamiliarity(spans: readonly SpanPair[], sentences: TokenLists, known: KnownEntities): Group[] {
  const groups = countBy(spans, ({ label, start, end }: Span, sentence) => {
    const labels = known.labelsOf((sentences[sentence]?.tokens ?? []).slice(start, end));
    return labels.includes(label) ? 'seen' : labels.length > 0 ? 'other label' : 'unseen';
  });
  return FAMILIARITY.map((name) => toGroup(name, groups.get(name)));
}

function toGroup(name: string, counts: SpanCounts = { gold: 0, predicted: 0, correct: 0 }): Group {
  return { name, ...counts, ...ratesOf(counts) };
}
