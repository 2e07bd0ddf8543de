import { expect, test } from 'vitest';
import { readGold } from '../../src/explanation/gold-tags.js';
import { nameMarginals, tagCases } from '../../src/explanation/tag-cases.js';
import { tagMarginals } from '../../src/explanation/tag-marginals.js';
import { UnrolledModel } from '../../src/explanation/unrolled-model.js';
import type { Model } from '../../src/model/model.js';

import { recode, type Scheme } from '../../src/text/scheme.js';
import { VARIED_SETTINGS } from '../helpers/explained.js';
import { drawModel } from '../helpers/small-model.js';
import { createSpreadKernels } from '../helpers/spread-doubles.js';

const TOKENS = ['Ada', 'lives', 'Bridge', 'in'];

/** All paths that decoding allows, with their probabilities, by enumeration. */
function pathsOf(model: Model, logits: readonly ArrayLike<number>[], weights: ArrayLike<number>) {
  const { plan, widths } = model.network;
  const { tags: K, allowed } = plan;
  const W = widths.tags;
  let paths: { tags: number[]; score: number }[] = [{ tags: [], score: 0 }];
  for (let t = 0; t < TOKENS.length; t++)
    paths = paths.flatMap(({ tags, score }) =>
      Array.from({ length: K }, (_, tag) => ({ tag, from: tags.at(-1) }))
        .filter(({ tag, from }) => allowed[(from ?? K) * K + tag] === 1)
        .map(({ tag, from }) => ({
          tags: [...tags, tag],
          score: score + logits[t][tag] + weights[(from ?? W) * W + tag],
        })),
    );
  paths = paths
    .filter(({ tags }) => allowed[(K + 1) * K + (tags.at(-1) ?? 0)] === 1)
    .map(({ tags, score }) => ({ tags, score: score + weights[(W + 1) * W + (tags.at(-1) ?? 0)] }));
  const total = paths.reduce((sum, { score }) => sum + Math.exp(score), 0);
  return paths.map(({ tags, score }) => ({ tags, probability: Math.exp(score) / total }));
}

const BIOES = ['B-PER', 'E-PER', 'I-PER', 'O', 'S-LOC', 'S-PER'];

test.each<Scheme['name']>(['iob1', 'iob2', 'bioes', 'plain'])(
  "with a random field, probabilities by the corpus's tags in %s are sums over all paths, and losses follow the chain rule",
  (name) => {
    const scheme: Scheme = { name, outside: 'O' };
    const model = drawModel({ tags: BIOES, scheme, settings: { decoder: 'crf', recode: true } });
    const { language, network } = model;
    const kernels = createSpreadKernels();
    const read = new UnrolledModel(model, kernels).read(TOKENS);
    const logits = read.forward();
    const W = network.widths.tags;
    const paths = pathsOf(model, logits, [...kernels.memory.subarray(read.weights, read.weights + W * W + 2 * W)]);
    const named = nameMarginals(tagCases(language), tagMarginals(read.first, logits, read.weights));
    for (const [t, probabilities] of named.entries()) {
      const expected: Record<string, number> = {};
      for (const { tags, probability } of paths) {
        const inner = tags.map((tag) => language.tags[tag]);
        const tag = recode(inner, language.innerScheme, scheme)[t];
        expected[tag] = (expected[tag] ?? 0) + probability;
      }
      for (const [tag, probability] of Object.entries(probabilities))
        expect(probability).toBeCloseTo(expected[tag] ?? 0, 9);
      expect(Object.values(probabilities).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
    }
    const gold = paths[7].tags;
    const share = (count: number): number =>
      paths.reduce((sum, { tags, probability }) => {
        return tags.slice(0, count).join() === gold.slice(0, count).join() ? sum + probability : sum;
      }, 0);
    for (const [t, { loss }] of read.losses(gold).entries())
      expect(loss).toBeCloseTo(-Math.log(share(t + 1) / share(t)), 9);
  },
);

test.each(VARIED_SETTINGS)("the sum of the words' losses is the loss that training computes: %o", (settings) => {
  const model = drawModel({ settings });
  const { numbers } = readGold(['B-PER', 'O', 'B-LOC', 'O'], TOKENS, model.language.scheme, model.language);
  const read = new UnrolledModel(model, createSpreadKernels()).read(TOKENS);
  const sum = read.losses(numbers).reduce((total, { loss }) => total + loss, 0);
  expect(sum).toBeCloseTo(read.first.trainingLoss(numbers), 9);
});
