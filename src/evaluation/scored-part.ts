import { isPossible } from '../text/possible-labels.js';
import { hasSpans, type Scheme, spansOf, tagsOf } from '../text/scheme.js';
import type { PairedSentence } from '../text/sentence.js';
import type { TagPair } from './scores.js';

/** Gold and predicted tags, with as many tokens if they are there. */
type Pair = TagPair & Partial<Pick<PairedSentence, 'tokens'>>;

/** What of a sentence can be scored. */
export interface ScoredPart<Any extends Pair> {
  readonly pair: Any;
  /** The confidences of the predicted spans that are left. */
  readonly confidences: readonly number[] | undefined;
}

/**
 * Leaves out of a sentence what nobody can judge, since the gold tags are not known: a predicted span each token of which may
 * have its label; where tags are plain, each such token.
 *
 * @param scheme of the predicted tags
 * @param confidences those of the predicted spans, in order
 */
export function scoredPart<Any extends Pair>(
  pair: Any,
  scheme: Scheme,
  confidences?: readonly number[] | undefined,
): ScoredPart<Any> {
  const { possible, predicted } = pair;
  if (!possible) return { pair, confidences };
  if (!hasSpans(scheme)) return { pair: withKnownTokens(pair, possible), confidences };
  const spans = spansOf(predicted, scheme);
  const areJudged = spans.map((span) => !isPossible(span, possible));
  if (!areJudged.includes(false)) return { pair, confidences };
  const judged = spans.filter((_, index) => areJudged[index]);
  return {
    pair: { ...pair, predicted: tagsOf(judged, predicted.length, scheme) },
    confidences: confidences?.filter((_, index) => areJudged[index]),
  };
}

/** Returns a sentence without the tokens whose tag is not known. */
function withKnownTokens<Any extends Pair>(pair: Any, possible: NonNullable<TagPair['possible']>): Any {
  const known = <Value>(values: readonly Value[]): Value[] => values.filter((_, t) => possible[t] === undefined);
  return {
    ...pair,
    ...(pair.tokens && { tokens: known(pair.tokens) }),
    gold: known(pair.gold),
    predicted: known(pair.predicted),
    possible: undefined,
  };
}
