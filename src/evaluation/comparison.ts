import type { Random } from '../numerics/random.js';
import type { PairedSentence, Span } from '../text/sentence.js';
import { type ComparedSpans, type PairedTest, pairedBootstrap } from './bootstrap.js';
import { pairOf, type Scores, type SpanPair } from './scores.js';

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
function areSameSpans(spans: readonly Span[], others: readonly Span[]): boolean {
  return spans.length === others.length && pairOf(spans, others).correct.length === spans.length;
}

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
