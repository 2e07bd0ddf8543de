import type { Random } from '../numerics/random.js';
import type { PairedSentence, Span } from '../text/sentence.js';
import { f1Parts, type PairedTest, pairedBootstrap } from './bootstrap.js';
import type { Scores, SpanPair } from './scores.js';
import { areSameSpans, type WrongSentence, wrongSentences } from './sentences.js';

/** A sentence that two taggers tag differently. */
export interface ChangedSentence extends PairedSentence {
  readonly index: number;
  readonly spans: SpanPair;
  /** What the other tagger found. */
  readonly other: readonly Span[];
  /** Errors of the other tagger less those of this one: above 0 where this one is better. */
  readonly gain: number;
}

/** How a tagger does against another one on the same sentences. */
export interface Comparison {
  /** What the other one is called. */
  readonly name: string;
  readonly scores: Scores;
  readonly test: PairedTest;
  /** The sentences that changed, the largest loss or gain first. */
  readonly changed: readonly ChangedSentence[];
}

/**
 * Compares two taggers.
 *
 * @param spans gold spans and those that this tagger found, by sentence
 * @param others the same of the other tagger
 */
export function compareTaggers(
  sentences: readonly PairedSentence[],
  spans: readonly SpanPair[],
  others: readonly SpanPair[],
  random: Random,
): Pick<Comparison, 'test' | 'changed'> {
  const test = pairedBootstrap(f1Parts(spans), f1Parts(others), random);
  const errors = errorsOf(wrongSentences(sentences, spans));
  const otherErrors = errorsOf(wrongSentences(sentences, others));
  const changed: ChangedSentence[] = [];
  for (const [index, pair] of spans.entries()) {
    const other = others[index]?.predicted ?? [];
    if (areSameSpans(pair.predicted, other)) continue;
    const gain = (otherErrors.get(index) ?? 0) - (errors.get(index) ?? 0);
    changed.push({ ...(sentences[index] as PairedSentence), index, spans: pair, other, gain });
  }
  changed.sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain) || a.index - b.index);
  return { test, changed };
}

function errorsOf(wrong: readonly WrongSentence[]): Map<number, number> {
  return new Map(wrong.map(({ index, errors }) => [index, errors]));
}
