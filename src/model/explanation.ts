import { at } from '../numerics/at.js';
import { type Alternative, bestAlternatives } from './alternatives.js';
import type { PathTable, SpanProbabilities } from './span-probability.js';

/** What is asked of a network beside the tags of sentences. */
export interface TagQuestions {
  /** Of the scores of paths: what they are divided by before they become probabilities. Several only to choose one. */
  readonly temperatures: readonly number[];
  readonly spans: SpanProbabilities;
  /** How many of the best sequences of tags. */
  readonly top: number;
}

/** What it answers for one sentence. */
export interface ExplainedTags {
  /** Of each temperature: how probable each span is that the tags spell, in order. */
  readonly confidences: readonly (readonly number[])[];
  /** At the first temperature. */
  readonly alternatives: readonly Alternative[];
}

/** @param before what earlier temperatures gave */
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
