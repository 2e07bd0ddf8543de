import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Network } from '../../src/model/network.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { createIllFormedCounter, type Scheme } from '../../src/text/scheme.js';
import { allowedTransitions } from '../../src/text/transitions.js';
import { sequencesOf } from '../helpers/arbitraries.js';
import { drawWeights, layOut, randomExamples, smallPlan, weightsNamed } from '../helpers/networks.js';
import { drawModel, taggerOf } from '../helpers/small-model.js';
import { tagWithFloats } from '../helpers/tagging.js';

/** Masks ((K + 2), K) by which at least one tag may begin, follow itself and end. */
const masks = fc.integer({ min: 1, max: 5 }).chain((K) =>
  fc
    .tuple(fc.array(fc.boolean(), { minLength: (K + 2) * K, maxLength: (K + 2) * K }), fc.nat(K - 1))
    .map(([drawn, tag]) => {
      const allowed = Uint8Array.from(drawn, Number);
      for (const row of [tag, K, K + 1]) allowed[row * K + tag] = 1;
      return { K, allowed };
    }),
);

describe.each(['softmax', 'crf'] as const)('with %s,', (decoder) => {
  test('the tags are the best of all allowed paths, tried one by one', () => {
    fc.assert(
      fc.property(masks, fc.nat(), ({ K, allowed }, seed) => {
        const plan = smallPlan({ tags: K, allowed, decoder, direction: 'both' });
        const kernels = createDoubleKernels();
        const network = new Network(kernels, plan);
        drawWeights(network, seed);
        const T = K > 3 ? 4 : 5;
        const setting = layOut(network, randomExamples(plan, [T, T - 1], new Random(seed, 1)));
        const { batch, pass } = setting;
        const shard = batch.shard(0);
        pass.forward(shard, false);
        const W = network.widths.tags;
        const logits = [...kernels.memory.subarray(pass.outputs, pass.outputs + shard.steps.N * W)];
        tagWithFloats(setting);
        const weights = decoder === 'crf' ? crfWeights(network) : new Array<number>((K + 2) * K).fill(0);
        for (const [sentence, length] of [T, T - 1].entries()) {
          const rows = Array.from({ length }, (_, t) => kernels.integers[shard.steps.start + t] + sentence);
          const score = (path: readonly number[]): number => {
            const steps = path.map((tag, t) => (t === 0 ? K : path[t - 1]) * K + tag);
            steps.push((K + 1) * K + path[length - 1]);
            if (steps.some((step) => allowed[step] === 0)) return Number.NEGATIVE_INFINITY;
            const transitions = steps.reduce((sum, step) => sum + weights[step], 0);
            return path.reduce((sum, tag, t) => sum + logits[rows[t] * W + tag], transitions);
          };
          const found = rows.map((row) => kernels.integers[batch.best + row]);
          const scores = [...sequencesOf([...Array(K).keys()], length)].map(score);
          expect(score(found)).toBeCloseTo(Math.max(...scores), 10);
        }
      }),
    );
  });

  test('no tag of any text is ill-formed, whatever the weights, the scheme and what is recoded', () => {
    const tags = {
      iob1: ['B-A', 'B-B', 'I-A', 'I-B', 'O'],
      iob2: ['B-A', 'B-B', 'I-A', 'I-B', 'O'],
      bioes: ['B-A', 'E-A', 'I-A', 'O', 'S-A', 'S-B'],
      plain: ['A', 'B', 'O'],
    };
    const words = fc.constantFrom('Ada', 'lives', 'in', 'London', '.', 'x');
    const sentences = fc.array(fc.array(words, { maxLength: 12 }), { maxLength: 8 });
    const names = fc.constantFrom('iob1', 'iob2', 'bioes', 'plain');
    fc.assert(
      fc.property(names, fc.boolean(), fc.nat(), sentences, (name, recode, seed, drawn) => {
        const scheme: Scheme = { name, outside: 'O' };
        const model = drawModel({ scheme, tags: tags[recode ? 'bioes' : name], seed, settings: { decoder, recode } });
        for (const { tags: found } of taggerOf(model).predict(drawn))
          expect(createIllFormedCounter(scheme)(found)).toBe(0);
      }),
    );
  });
});

test('what is allowed is laid out as the CRF’s weights lie, and nothing behind K', () => {
  const tags = ['B-A', 'I-A', 'O'];
  const allowed = allowedTransitions(tags, { name: 'iob2', outside: 'O' });
  const { kernels, allowed: address, widths } = new Network(createDoubleKernels(), smallPlan({ allowed }));
  const W = widths.tags;
  const rows = Array.from({ length: W + 2 }, (_, row) => {
    return [...kernels.memory.subarray(address + row * W, address + row * W + W)].join('');
  });
  const none = '0'.repeat(W);
  const padding = '0'.repeat(W - 3);
  const used = ['111', '111', '101'].map((row) => row + padding);
  expect(rows).toEqual([...used, ...new Array(W - 3).fill(none), `101${padding}`, `111${padding}`]);
});

/** ((K + 2), K): transitions, start, end */
function crfWeights(network: Network): number[] {
  return ['crf.transitions', 'crf.start', 'crf.end'].flatMap((name) => weightsNamed(network, name));
}
