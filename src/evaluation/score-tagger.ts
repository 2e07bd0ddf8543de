import type { Prediction } from '../model/decode.js';
import type { Tagger } from '../model/tagger.js';
import type { LabelledSentences, Scheme } from '../text/scheme.js';
import { type Scores, scoreTags } from './scores.js';

/** The scores of a tagger on labelled sentences. */
export function scoreTagger(tagger: Tagger, labelled: LabelledSentences): Scores {
  const predictions = tagger.predict(labelled.sentences.map(({ tokens }) => tokens));
  return scorePredictions(predictions, tagger.language.scheme, labelled);
}

/**
 * The scores of what was predicted for labelled sentences.
 *
 * @param predictions one a sentence, in their order
 * @param predictedScheme how their tags spell spans
 */
export function scorePredictions(
  predictions: readonly Prediction[],
  predictedScheme: Scheme,
  { sentences, scheme }: LabelledSentences,
): Scores {
  const pairs = sentences.map(({ tags }, index) => ({ gold: tags, predicted: predictions[index]?.tags ?? [] }));
  return scoreTags(pairs, scheme, predictedScheme);
}
