import { readPathTable } from '../model/span-probability.js';
import { at } from '../numerics/at.js';
import type { Address } from '../numerics/kernels.js';
import type { UnrolledSentence } from './unrolled-sentence.js';

/** The probabilities that a decoder gives the network's own tags. */
export interface TagMarginals {
  /** (T, K), from 0 to 1 */
  readonly tags: readonly Float64Array[];
  /** Returns the probability that token t has the tag `to`, and the one before it the tag `from`. */
  pair(t: number, from: number, to: number): number;
}

/**
 * Computes the probabilities of tags by logits: with a conditional random field the marginals of forward-backward (Rabiner,
 * 1989), otherwise the softmax of each token.
 *
 * @param logits (T, K)
 * @param weights those of the conditional random field, at an address of the sentence's kernels
 * @param allowed the tags to which a token is restricted, given its number; undefined if it may have any
 */
export function tagMarginals(
  sentence: UnrolledSentence,
  logits: readonly Float64Array[],
  weights: Address,
  allowed: (t: number) => readonly number[] | undefined = () => undefined,
): TagMarginals {
  const restricted = logits.map((row, t) => {
    const tags = allowed(t);
    return tags === undefined ? row : row.map((logit, k) => (tags.includes(k) ? logit : IMPOSSIBLE));
  });
  if (sentence.network.plan.decoder === 'softmax') return softmaxMarginals(sentence, restricted);
  sentence.writeLogits(restricted);
  return pathMarginals(sentence, weights);
}

/** A logit so low that a tag with it has no share in any sum. */
const IMPOSSIBLE = -1e30;

/** Returns the softmax of each token's logits (T, K), whatever the decoder. */
export function softmaxOf(sentence: UnrolledSentence, logits: readonly Float64Array[]): Float64Array[] {
  sentence.writeLogits(logits);
  const { kernels, widths, plan } = sentence.network;
  const { outputs } = sentence.pass;
  kernels.softmax(outputs, widths.tags, sentence.length, plan.tags);
  return Array.from({ length: sentence.length }, (_, t) => {
    const start = outputs + t * widths.tags;
    return Float64Array.from(kernels.memory.subarray(start, start + plan.tags));
  });
}

function softmaxMarginals(sentence: UnrolledSentence, logits: readonly Float64Array[]): TagMarginals {
  const tags = softmaxOf(sentence, logits);
  return { tags, pair: (t, from, to) => at(at(tags, t - 1), from) * at(at(tags, t), to) };
}

function pathMarginals(sentence: UnrolledSentence, weights: Address): TagMarginals {
  const { kernels, widths, plan } = sentence.network;
  const { tags: K } = plan;
  const numbers = Array.from({ length: K }, (_, tag) => tag);
  let marginals: TagMarginals | undefined;
  sentence.sumPaths(weights, (sums) => {
    const table = readPathTable(kernels, sums, K, widths.tags);
    const T = table.length;
    const forward = Array.from({ length: T }, (_, t) => numbers.map((tag) => table.forward(t, tag)));
    const onward = Array.from({ length: T }, (_, t) => numbers.map((tag) => table.onward(t, tag)));
    const transitions = numbers.map((from) => numbers.map((to) => table.transition(from, to)));
    const after = (t: number, tag: number): number =>
      t === T - 1
        ? table.end(tag)
        : numbers.reduce((sum, to) => sum + at(at(transitions, tag), to) * at(at(onward, t + 1), to), 0);
    marginals = {
      tags: forward.map((row, t) => Float64Array.from(row, (sum, tag) => sum * after(t, tag))),
      pair: (t, from, to) => at(at(forward, t - 1), from) * at(at(transitions, from), to) * at(at(onward, t), to),
    };
  });
  if (!marginals) throw new Error('a sentence without paths');
  return marginals;
}
