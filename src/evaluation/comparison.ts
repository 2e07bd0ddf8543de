import type { Random } from '../numerics/random.js';
import { type ComparedSpans, type PairedTest, pairedBootstrap } from './bootstrap.js';
import type { Scores } from './scores.js';
import { areSameSpans, type EvaluatedSentence, errorsOf } from './sentences.js';

/** A sentence with the spans of two taggers. */
export interface ComparedSentence extends EvaluatedSentence, ComparedSpans {}

/** A sentence in which two taggers find different spans. */
export interface ChangedSentence extends ComparedSentence {
  /** Index of the sentence in the corpus, from 0. */
  readonly index: number;
  /** Errors of the other tagger minus errors of this one: positive if this one is better. */
  readonly gain: number;
}

/** A comparison with another tagger on the same sentences. */
export interface Comparison {
  /** Name of the other tagger. */
  readonly name: string;
  /** Scores of the other tagger. */
  readonly scores: Scores;
  readonly test: PairedTest;
  /** The sentences that differ, the largest gain or loss first. */
  readonly changed: readonly ChangedSentence[];
}

/** Compares two taggers on the same sentences. */
export function compareTaggers(
  sentences: readonly ComparedSentence[],
  random: Random,
): Pick<Comparison, 'test' | 'changed'> {
  const changed = sentences
    .map((compared, index) => ({ ...compared, index, gain: errorsOf(compared.other) - errorsOf(compared.spans) }))
    .filter(({ spans, other }) => !areSameSpans(spans.predicted, other.predicted))
    .sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain) || a.index - b.index);
  return { test: pairedBootstrap(sentences, random), changed };
}
