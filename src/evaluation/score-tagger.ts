import type { EpochScores } from '../model/model.js';
import type { Tagger } from '../model/tagger.js';
import { type LabelledSentences, recode } from '../text/scheme.js';
import { documentsOf, type Sentence } from '../text/sentence.js';
import { type Evaluation, evaluateTags, type ScoringOptions } from './evaluation.js';
import { type Scores, scoreTags } from './scores.js';

/** Returns a tagger's scores on labelled sentences. */
export function scoreTagger(tagger: Tagger, { sentences, scheme }: LabelledSentences): Scores {
  const predicted = predictedTags(tagger, sentences);
  const pairs = sentences.map(({ tags }, index) => ({ gold: tags, predicted: predicted[index] ?? [] }));
  return scoreTags(pairs, scheme, tagger.language.scheme);
}

/** Returns the tags that a tagger predicts for each sentence. */
export function predictedTags(tagger: Tagger, sentences: readonly Sentence[]): (readonly string[])[] {
  const tokens = sentences.map((sentence) => sentence.tokens);
  return tagger.predict(tokens, {}, documentsOf(sentences)).map(({ tags }) => tags);
}

/** Returns the rates of scores alone, without their counts. */
export function epochScoresOf({ precision, recall, f1, accuracy }: EpochScores): EpochScores {
  return { precision, recall, f1, accuracy };
}

/** Returns all results that a report shows of a tagger on labelled sentences. */
export function evaluateTagger(
  tagger: Tagger,
  { sentences, scheme }: LabelledSentences,
  options: Omit<ScoringOptions, 'scheme' | 'other'>,
): Evaluation {
  const predictions = predictedTags(tagger, sentences);
  const own = tagger.language.scheme;
  const pairs = sentences.map(({ tokens, tags, line }, index) => {
    return { tokens, gold: recode(tags, scheme, own), predicted: predictions[index] ?? [], line };
  });
  return evaluateTags(pairs, { ...options, scheme: own });
}
