import type { PairedSentence, Span } from '../text/sentence.js';
import { pairOf, type SpanPair } from './scores.js';

/** A sentence with the spans that its gold and its predicted tags spell. */
export interface EvaluatedSentence {
  readonly sentence: PairedSentence;
  readonly spans: SpanPair;
}

/** A sentence whose predicted tags differ from the gold tags. */
export interface WrongSentence extends EvaluatedSentence {
  /** Index of the sentence in the corpus, from 0. */
  readonly index: number;
  /** Number of missed and spurious spans; 0 if the tags differ but spell the same spans. */
  readonly errors: number;
}

/** Returns the sentences with a wrong tag, those with the most errors first, otherwise in corpus order. */
export function wrongSentences(sentences: readonly EvaluatedSentence[]): WrongSentence[] {
  const wrong: WrongSentence[] = [];
  for (const [index, { sentence, spans }] of sentences.entries()) {
    const errors = errorsOf(spans);
    if (errors > 0 || sentence.gold.some((tag, t) => tag !== sentence.predicted[t]))
      wrong.push({ sentence, spans, index, errors });
  }
  return wrong.sort((a, b) => b.errors - a.errors || a.index - b.index);
}

/** Returns the number of missed and spurious spans. */
export function errorsOf({ gold, predicted, correct }: SpanPair): number {
  return gold.length + predicted.length - 2 * correct.length;
}

/** Whether two lists contain the same spans. */
export function areSameSpans(spans: readonly Span[], others: readonly Span[]): boolean {
  return spans.length === others.length && pairOf(spans, others).correct.length === spans.length;
}
