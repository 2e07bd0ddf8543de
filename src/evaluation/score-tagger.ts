import type { HeldOutCounts } from '../model/held-out-counts.js';
import type { EpochScores } from '../model/model.js';
import type { SentenceTagger } from '../model/tagger.js';
import { type LabelledSentences, recode, spansOf } from '../text/scheme.js';
import { documentsOf, type Sentence } from '../text/sentence.js';
import { bootstrapInterval, type Interval } from './bootstrap.js';
import { type Evaluation, evaluateTags, intervalRandom, type ScoringOptions } from './evaluation.js';
import { scoredPart } from './scored-part.js';
import { pairOf, rowsByLabel, type Scores, type SpanPair, scoresOfCounts, scoreTags } from './scores.js';

/** Scores, and the range in which F1 would be on other sentences of the same kind. */
export interface IntervalScores extends Scores {
  /** The 95 % interval of F1, in fractions of 1. */
  readonly interval: Interval;
}

/** Returns a tagger's scores on labelled sentences. */
export function scoreTagger(tagger: SentenceTagger, labelled: LabelledSentences): Scores {
  return scoreSentences(tagger, labelled).scores;
}

/** Returns a tagger's scores with the interval that `evaluateTags` gives by the same seed. */
export function scoreWithInterval(tagger: SentenceTagger, labelled: LabelledSentences, seed: number): IntervalScores {
  const { scores, spans } = scoreSentences(tagger, labelled);
  return { ...scores, interval: bootstrapInterval(spans, intervalRandom(seed)) };
}

/** Returns the counts from which `scoresOfHeldOut` makes scores again. */
export function countsOf({ sentences, tokens, correctTokens, interval, ...scores }: IntervalScores): HeldOutCounts {
  const labels = rowsByLabel(scores).map(([label, { gold, predicted, correct }]) => ({
    label,
    gold,
    predicted,
    correct,
  }));
  return { sentences, tokens, correctTokens, interval, labels };
}

/** Returns the scores of held-out sentences that a checkpoint stores as counts. */
export function scoresOfHeldOut({ labels, interval, ...counts }: HeldOutCounts): IntervalScores {
  const byLabel = labels.map(({ label, ...spans }) => [label, spans] as const);
  return { ...scoresOfCounts(counts, byLabel), interval };
}

/** Returns a tagger's scores, and the spans of each sentence. */
export function scoreSentences(
  tagger: SentenceTagger,
  { sentences, scheme }: LabelledSentences,
): { readonly scores: Scores; readonly spans: readonly SpanPair[] } {
  const own = tagger.language.scheme;
  const predicted = predictedTags(tagger, sentences);
  const pairs = sentences.map(
    ({ tags, possible }, index) => scoredPart({ gold: tags, predicted: predicted[index] ?? [], possible }, own).pair,
  );
  const spans = pairs.map((pair) => pairOf(spansOf(pair.gold, scheme), spansOf(pair.predicted, own)));
  return { scores: scoreTags(pairs, scheme, own), spans };
}

function predictedTags(tagger: SentenceTagger, sentences: readonly Sentence[]): (readonly string[])[] {
  const tokens = sentences.map((sentence) => sentence.tokens);
  return tagger.predict(tokens, {}, documentsOf(sentences)).map(({ tags }) => tags);
}

/** Returns the rates of scores alone, without their counts. */
export function epochScoresOf({ precision, recall, f1, accuracy }: EpochScores): EpochScores {
  return { precision, recall, f1, accuracy };
}

/** Returns all results that a report shows of a tagger on labelled sentences. */
export function evaluateTagger(
  tagger: SentenceTagger,
  { sentences, scheme }: LabelledSentences,
  options: Omit<ScoringOptions, 'scheme' | 'other'>,
): Evaluation {
  const predictions = predictedTags(tagger, sentences);
  const own = tagger.language.scheme;
  const pairs = sentences.map(({ tokens, tags, possible, line }, index) => {
    return { tokens, gold: recode(tags, scheme, own), predicted: predictions[index] ?? [], possible, line };
  });
  return evaluateTags(pairs, { ...options, scheme: own });
}
