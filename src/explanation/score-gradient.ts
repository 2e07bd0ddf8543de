import { at } from '../numerics/at.js';
import { caseProbability, type TagCase } from './tag-cases.js';
import { type TagMarginals, tagMarginals } from './tag-marginals.js';
import type { ReadSentence } from './unrolled-model.js';

/**
 * Computes the gradient of the logarithm of a tag's probability by the logits: for the cases in which the tag is given, the
 * marginals of all tags under that condition minus those without it.
 *
 * @param logits (T, K)
 * @param whole the marginals by these logits
 * @param cases the cases of the tag
 * @param t the number of the word that has the tag
 * @returns (T, K); 0 if the tag is impossible
 */
export function logProbabilityGradient(
  { first, weights }: Pick<ReadSentence, 'first' | 'weights'>,
  logits: readonly Float64Array[],
  whole: TagMarginals,
  cases: readonly TagCase[],
  t: number,
): Float64Array[] {
  const gradient = logits.map((row) => new Float64Array(row.length));
  const parts = cases
    .map((each) => ({ ...each, share: each.sign * caseProbability(each, whole, t) }))
    .filter(({ share }) => share !== 0);
  const total = parts.reduce((sum, { share }) => sum + share, 0);
  if (total <= 0) return gradient;
  for (const { own, before, share } of parts) {
    const given = (s: number): readonly number[] | undefined => (s === t ? own : s === t - 1 ? before : undefined);
    const restricted = tagMarginals(first, logits, weights, given).tags;
    for (const [s, row] of gradient.entries())
      for (let k = 0; k < row.length; k++)
        row[k] = at(row, k) + (share / total) * (at(at(restricted, s), k) - at(at(whole.tags, s), k));
  }
  return gradient;
}
