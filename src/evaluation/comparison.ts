import type { Random } from '../numerics/random.js';
import type { PairedSentence } from '../text/sentence.js';
import { type PairedTest, pairedBootstrap } from './bootstrap.js';
import type { Scores, SpanPair } from './scores.js';
import { areSameSpans, errorsOf } from './sentences.js';

/** A sentence that two taggers tag differently. */
export interface ChangedSentence {
  readonly sentence: PairedSentence;
  readonly index: number;
  readonly spans: SpanPair;
  /** The same of the other tagger. */
  readonly other: SpanPair;
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
  const test = pairedBootstrap(spans, others, random);
  const changed: ChangedSentence[] = [];
  for (const [index, pair] of spans.entries()) {
    const other = others[index] as SpanPair;
    if (areSameSpans(pair.predicted, other.predicted)) continue;
    const gain = errorsOf(other) - errorsOf(pair);
    changed.push({ sentence: sentences[index] as PairedSentence, index, spans: pair, other, gain });
  }
  changed.sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain) || a.index - b.index);
  return { test, changed };
}
