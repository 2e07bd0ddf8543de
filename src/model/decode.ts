import { type Scheme, spansOf } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';

/** The tags of one sentence and how probable the network holds each. */
export interface Prediction {
  readonly tags: readonly string[];
  /** From 0 to 1, one a tag. */
  readonly probabilities: readonly number[];
}

export interface ConfidentSpan extends Span {
  /** Probability of the span's tags, from 0 to 1. */
  readonly confidence: number;
}

/** The spans that the tags spell. Softmax takes each tag for itself, so that a span is as probable as their product. */
export function confidentSpans({ tags, probabilities }: Prediction, scheme: Scheme): ConfidentSpan[] {
  return spansOf(tags, scheme).map((span) => ({
    ...span,
    confidence: probabilities.slice(span.start, span.end).reduce((product, probability) => product * probability, 1),
  }));
}
