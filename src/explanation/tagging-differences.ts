import type { Prediction } from '../model/decode.js';
import type { Language } from '../model/language.js';
import { at } from '../numerics/at.js';
import { recode } from '../text/scheme.js';
import type { TaggingDifference } from './explanation.js';

/** The number of decimals of a probability that are shown. */
const SHOWN_DECIMALS = 3;

/**
 * Finds the words of which tagging and the weights of training say different things, to the digits that are shown.
 *
 * @param prediction what tagging says
 * @param best (T), the numbers of the tags that decoding finds by the weights of training
 * @param softmax (T, K), the softmax of the logits by the weights of training
 */
export function taggingDifferences(
  { tags: names, scheme, innerScheme }: Pick<Language, 'tags' | 'scheme' | 'innerScheme'>,
  prediction: Pick<Prediction, 'tags' | 'probabilities'>,
  best: readonly number[],
  softmax: readonly ArrayLike<number>[],
): TaggingDifference[] {
  const own = recode(
    best.map((tag) => at(names, tag)),
    innerScheme,
    scheme,
  );
  const tagged = recode(prediction.tags, scheme, innerScheme);
  return own.flatMap((tag, token) => {
    const tagging = at(prediction.probabilities, token);
    const number = names.indexOf(at(tagged, token));
    const training = number < 0 ? tagging : at(at(softmax, token), number);
    const isSame =
      tag === at(prediction.tags, token) && tagging.toFixed(SHOWN_DECIMALS) === training.toFixed(SHOWN_DECIMALS);
    return isSame ? [] : [{ token, tag, probability: { tagging, training } }];
  });
}
