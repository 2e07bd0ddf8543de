import type { PairedSentence, Span } from '../text/sentence.js';
import { pairOf, type SpanPair } from './scores.js';

/** A sentence whose predicted tags are not the gold ones. */
export interface WrongSentence {
  readonly sentence: PairedSentence;
  /** Which sentence of the corpus it is, from 0. */
  readonly index: number;
  readonly spans: SpanPair;
  /** Spans that were missed and spans that were invented; 0 where other tags spell the same spans. */
  readonly errors: number;
}

/** The sentences that are not wholly right, the one with most errors first, of equals the earlier one. */
export function wrongSentences(sentences: readonly PairedSentence[], spans: readonly SpanPair[]): WrongSentence[] {
  const wrong: WrongSentence[] = [];
  for (const [index, pair] of spans.entries()) {
    const sentence = sentences[index] as PairedSentence;
    const errors = errorsOf(pair);
    if (errors > 0 || sentence.gold.some((tag, t) => tag !== sentence.predicted[t]))
      wrong.push({ sentence, index, spans: pair, errors });
  }
  return wrong.sort((a, b) => b.errors - a.errors || a.index - b.index);
}

/** Spans that were missed and spans that were invented. */
export function errorsOf({ gold, predicted, correct }: SpanPair): number {
  return gold.length + predicted.length - 2 * correct.length;
}

/** Whether two lists hold the same spans. */
export function areSameSpans(spans: readonly Span[], others: readonly Span[]): boolean {
  return spans.length === others.length && pairOf(spans, others).correct.length === spans.length;
}
