import { at } from '../numerics/at.js';
import { type Alternative, bestAlternatives } from './alternatives.js';
import type { PathTable, SpanProbabilities } from './span-probability.js';

/** What is to be computed for sentences beside their tags. */
export interface TagQuestions {
  /** The divisors of path scores before these become probabilities. There are several only to choose one. */
  readonly temperatures: readonly number[];
  readonly spans: SpanProbabilities;
  /** The number of best sequences of tags. */
  readonly top: number;
}

/** The answers to the questions for one sentence. */
export interface ExplainedTags {
  /** For each temperature, the probability of each span that the tags spell, in order. */
  readonly confidences: readonly (readonly number[])[];
  /** The best sequences of tags at the first temperature. */
  readonly alternatives: readonly Alternative[];
}

/** @param before the answers for earlier temperatures */
export function explainSentence(
  table: PathTable,
  tags: Int32Array,
  { spans, top }: TagQuestions,
  before: ExplainedTags | undefined,
): ExplainedTags {
  const confidences = spans
    .spansOf(tags)
    .map(([start, end]) => spans.probabilityOf(table, at(tags, start), start, end));
  return {
    confidences: [...(before?.confidences ?? []), confidences],
    alternatives: before?.alternatives ?? (top > 0 ? bestAlternatives(table, top) : []),
  };
}
