import { type Scheme, spansOf } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';

/** The predicted tags of one sentence. */
export interface Prediction {
  readonly tags: readonly string[];
  /** The probability of each tag by the softmax of its token's logits, from 0 to 1. */
  readonly probabilities: readonly number[];
  /** The confidence of each span that the tags spell, in order; undefined if not requested. */
  readonly confidences?: readonly number[] | undefined;
  /** The spans that are hidden in a redacted text; undefined if not requested. */
  readonly hidden?: readonly Span[] | undefined;
  /** The best sequences of tags, best first; undefined if not requested. */
  readonly alternatives?: readonly TagSequence[] | undefined;
}

export interface TagSequence {
  readonly tags: readonly string[];
  /** The probability among all sequences that decoding allows, from 0 to 1. */
  readonly probability: number;
}

export interface ConfidentSpan extends Span {
  /** The probability that exactly this span stands here, from 0 to 1; undefined if not requested. */
  readonly confidence?: number;
}

/** Returns the spans that the predicted tags spell. */
export function confidentSpans({ tags, confidences }: Prediction, scheme: Scheme): ConfidentSpan[] {
  return withConfidences(spansOf(tags, scheme), confidences);
}

/** Gives each span its confidence, if it has one. */
export function withConfidences(spans: readonly Span[], confidences: readonly number[] = []): ConfidentSpan[] {
  return spans.map((span, index) => {
    const confidence = confidences[index];
    return confidence === undefined ? span : { ...span, confidence };
  });
}

/** Rounds a confidence or probability to 4 decimals, as it is written and compared with `--min-confidence`. */
export function roundConfidence(confidence: number): number {
  return Number(confidence.toFixed(4));
}
