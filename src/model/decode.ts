import { type Scheme, spansOf } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';

/** The tags of one sentence and how probable the network holds each. */
export interface Prediction {
  readonly tags: readonly string[];
  /** From 0 to 1, one a tag, each taken for itself. */
  readonly probabilities: readonly number[];
  /** Of each span that the tags spell, in order; undefined where nobody asked. */
  readonly confidences?: readonly number[] | undefined;
  /** The best sequences of tags, best first; undefined where nobody asked. */
  readonly alternatives?: readonly TagSequence[] | undefined;
}

export interface TagSequence {
  readonly tags: readonly string[];
  /** Among all sequences that decoding allows, from 0 to 1. */
  readonly probability: number;
}

export interface ConfidentSpan extends Span {
  /** How probable it is that exactly this span stands here, from 0 to 1; undefined where nobody asked. */
  readonly confidence?: number;
}

/** The spans that the tags spell. */
export function confidentSpans({ tags, confidences }: Prediction, scheme: Scheme): ConfidentSpan[] {
  return spansOf(tags, scheme).map((span, index) => {
    const confidence = confidences?.[index];
    return confidence === undefined ? span : { ...span, confidence };
  });
}

/** A confidence or probability as it is written, and compared with what a person asks for: with 4 decimals. */
export function roundConfidence(confidence: number): number {
  return Number(confidence.toFixed(4));
}
