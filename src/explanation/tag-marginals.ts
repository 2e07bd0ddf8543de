import type { Language } from '../model/language.js';
import { readPathTable } from '../model/span-probability.js';
import { at } from '../numerics/at.js';
import type { Address } from '../numerics/kernels.js';
import { hasSpans, partsOf } from '../text/scheme.js';
import type { TagProbabilities } from './explanation.js';
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
 * @param given tags of the first tokens, which are taken as certain
 */
export function tagMarginals(
  sentence: UnrolledSentence,
  logits: readonly Float64Array[],
  weights: Address,
  given: readonly number[] = [],
): TagMarginals {
  const restricted = logits.map((row, t) => {
    const tag = given[t];
    return tag === undefined ? row : row.map((logit, k) => (k === tag ? logit : IMPOSSIBLE));
  });
  sentence.writeLogits(restricted);
  return sentence.network.plan.decoder === 'crf' ? pathMarginals(sentence, weights) : softmaxMarginals(sentence);
}

/** A logit so low that a tag with it has no share in any sum. */
const IMPOSSIBLE = -1e30;

function softmaxMarginals(sentence: UnrolledSentence): TagMarginals {
  const { kernels, widths, plan } = sentence.network;
  const { outputs } = sentence.pass;
  kernels.softmax(outputs, widths.tags, sentence.length, plan.tags);
  const tags = Array.from({ length: sentence.length }, (_, t) => {
    const start = outputs + t * widths.tags;
    return Float64Array.from(kernels.memory.subarray(start, start + plan.tags));
  });
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

/** Creates a function that names probabilities by the tags of the corpus's scheme, in the order of the network's. */
export function createNamer({
  tags,
  scheme,
  innerScheme,
}: Pick<Language, 'tags' | 'scheme' | 'innerScheme'>): (marginals: TagMarginals) => TagProbabilities[] {
  const recodes = hasSpans(scheme) && hasSpans(innerScheme) && innerScheme.name !== scheme.name;
  if (!recodes) return ({ tags: rows }) => rows.map((row) => sumByName(tags, (_name, tag) => at(row, tag)));
  const parts = tags.map((tag) => partsOf(tag, innerScheme));
  const opens = parts.map(({ prefix, label }) => label !== '' && prefix === 'B');
  const closes = parts.map(({ letter }) => letter === 'E' || letter === 'S');
  const labels = parts.map(({ label }) => label);
  const nameOf = (tag: number, isSeparated: boolean): string => {
    const label = at(labels, tag);
    if (label === '') return scheme.outside ?? at(tags, tag);
    if (scheme.name === 'plain') return label;
    const isB = at(opens, tag) && (scheme.name === 'iob2' || isSeparated);
    return `${isB ? 'B' : 'I'}-${label}`;
  };
  return ({ tags: rows, pair }) =>
    rows.map((row, t) => {
      const probabilities = sumByName(
        tags.map((_, tag) => nameOf(tag, false)),
        (_name, tag) => at(row, tag),
      );
      if (scheme.name !== 'iob1' || t === 0) return probabilities;
      // IOB1 writes B- where a span of the same label ends just before.
      for (const [to] of tags.entries())
        for (const [from] of tags.entries()) {
          if (!at(opens, to) || !at(closes, from) || at(labels, from) !== at(labels, to)) continue;
          const share = pair(t, from, to);
          const [inside, separated] = [nameOf(to, false), nameOf(to, true)];
          probabilities[inside] = Math.max(0, (probabilities[inside] ?? 0) - share);
          probabilities[separated] = (probabilities[separated] ?? 0) + share;
        }
      return probabilities;
    });
}

function sumByName(
  names: readonly string[],
  probabilityOf: (name: string, index: number) => number,
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [index, name] of names.entries()) sums[name] = (sums[name] ?? 0) + probabilityOf(name, index);
  return sums;
}
