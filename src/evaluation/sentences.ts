import type { Span } from '../text/sentence.js';
import { commonSpans, type SpanPair, type TagPair } from './scores.js';

/** A sentence with its gold and its predicted tags, as many as tokens. */
export interface ScoredSentence extends TagPair {
  readonly tokens: readonly string[];
  /** Line of the first token in its file, from 1. */
  readonly line: number;
}

/** A sentence in which spans are wrong. */
export interface WrongSentence extends ScoredSentence {
  /** Which sentence of the corpus it is, from 0. */
  readonly index: number;
  readonly spans: SpanPair;
  /** Spans that were missed and spans that were invented. */
  readonly errors: number;
}

/** The sentences that are not wholly right, the one with most errors first, of equals the earlier one. */
export function wrongSentences(sentences: readonly ScoredSentence[], spans: readonly SpanPair[]): WrongSentence[] {
  const wrong: WrongSentence[] = [];
  for (const [index, pair] of spans.entries()) {
    const errors = pair.gold.length + pair.predicted.length - 2 * commonSpans(pair.gold, pair.predicted).length;
    if (errors > 0) wrong.push({ ...(sentences[index] as ScoredSentence), index, spans: pair, errors });
  }
  return wrong.sort((a, b) => b.errors - a.errors || a.index - b.index);
}

/** Whether two lists hold the same spans. */
export function areSameSpans(spans: readonly Span[], others: readonly Span[]): boolean {
  return spans.length === others.length && commonSpans(spans, others).length === spans.length;
}
