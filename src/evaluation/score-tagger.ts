import type { Tagger } from '../model/tagger.js';
import type { LabelledSentences } from '../text/scheme.js';
import { type Scores, scoreTags } from './scores.js';

/** The scores of a tagger on labelled sentences. */
export function scoreTagger(tagger: Tagger, { sentences, scheme }: LabelledSentences): Scores {
  const predictions = tagger.predict(sentences.map(({ tokens }) => tokens));
  const pairs = sentences.map(({ tags }, index) => ({ gold: tags, predicted: predictions[index]?.tags ?? [] }));
  return scoreTags(pairs, scheme, tagger.language.scheme);
}
