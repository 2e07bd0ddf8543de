import { at } from '../numerics/at.js';
import type { Address } from '../numerics/kernels.js';
import { tagMarginals } from './tag-marginals.js';
import type { UnrolledSentence } from './unrolled-sentence.js';

/** The loss of one word, and its gradient by the logits of all words, (T, K). */
export interface WordLoss {
  readonly loss: number;
  readonly dLogits: readonly Float64Array[];
}

/**
 * The number of words of the longest sentence of which losses are told: each is computed over all words, and is carried back
 * to all of them.
 */
export const LONGEST_WITH_LOSSES = 300;

/**
 * Computes the loss of each word of a sentence, the sum of which is the loss of the sentence.
 *
 * With a softmax the loss of word t is -log p(y<t>). A conditional random field knows only the probability of all tags
 * together; by the chain rule, -log P(y<1> ... y<T>) is the sum of -log P(y<t> | y<1> ... y<t-1>), the loss of word t here.
 * What follows word t decides about it too, so that its gradient by the logits of later words is not 0.
 *
 * @param logits (T, K)
 * @param weights those of the conditional random field, at an address of the sentence's kernels
 * @param gold (T), the numbers of the tags
 */
export function wordLosses(
  sentence: UnrolledSentence,
  logits: readonly Float64Array[],
  weights: Address,
  gold: readonly number[],
): WordLoss[] {
  let before = tagMarginals(sentence, logits, weights).tags;
  return gold.map((tag, t) => {
    const after = tagMarginals(sentence, logits, weights, (s) => (s <= t ? [at(gold, s)] : undefined)).tags;
    const loss = -Math.log(at(at(before, t), tag));
    const dLogits = before.map((row, s) => row.map((marginal, k) => marginal - at(at(after, s), k)));
    before = after;
    return { loss: loss === 0 ? 0 : loss, dLogits };
  });
}
