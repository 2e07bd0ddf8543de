import { describe, expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { type CrfSetting, scorePath, setUpCrf } from '../helpers/crf-setting.js';
import { sumPaths } from '../helpers/textbook/crf.js';

const T = 10_000;
const K = 5;

/**
 * A long sentence whose logits are up to `scale`. Each tag may only go on or go to the next, so that paths must often
 * take tags that score far less than others.
 */
function longSentence(create: () => CrfSetting['kernels'], scale: number): CrfSetting {
  const random = new Random(1, scale);
  let gold = 0;
  const even = (limit: number): number => Math.fround((2 * random.uniform() - 1) * limit);
  return setUpCrf(create(), {
    lengths: [T],
    K,
    logit: () => even(scale),
    weight: () => even(2),
    isAllowed: (from, to) => from < 0 || to === from || to === (from + 1) % K,
    target: () => {
      gold = (gold + random.below(2)) % K;
      return gold;
    },
  });
}

describe.each([
  ['double precision', createDoubleKernels, 1e-12],
  ['single precision', createReferenceKernels, 1e-5],
  ['WebAssembly', createWasmKernels, 1e-5],
] as const)('in %s, a sentence of 10,000 words', (_, create, bound) => {
  describe.each([1, 10, 80])('with logits up to ± %i', (scale) => {
    const setting = longSentence(create, scale);
    const { kernels, W, dLogits, targets, best } = setting;
    const scores = setting.scoresOf(0);
    const { forward, backward, logZ } = sumPaths(scores);
    const loss = setting.loss();
    setting.decode();

    test('has the loss that logarithms give', () => {
      const expected = logZ - scorePath(scores, setting.tagsOf(0, targets));
      expect(Math.abs(loss / expected - 1)).toBeLessThan(bound);
    });

    test('has the marginals that logarithms give', () => {
      let largest = 0;
      for (const [t, target] of setting.tagsOf(0, targets).entries()) {
        for (let tag = 0; tag < K; tag++) {
          const marginal = Math.exp(forward[t][tag] + backward[t][tag] - logZ);
          const expected = marginal - (tag === target ? 1 : 0);
          const error = Math.abs(kernels.memory[dLogits + t * W + tag] - expected);
          if (!(error <= largest)) largest = error;
        }
      }
      expect(largest).toBeLessThan(Math.max(bound, 1e-8));
    });

    test('is decoded as well as can be', () => {
      const expected = bestScore(setting);
      const missing = expected - scorePath(scores, setting.tagsOf(0, best));
      expect(missing).toBeLessThan(bound * expected);
    });
  });
});

/** The score of the best path, by Viterbi's recursion in double precision. */
function bestScore({ scoresOf }: CrfSetting): number {
  const { emission, transition, start, end } = scoresOf(0);
  const tags = Array.from({ length: K }, (_, tag) => tag);
  let scores = tags.map((tag) => start(tag) + emission(0, tag));
  for (let t = 1; t < T; t++) {
    const before = scores;
    scores = tags.map((to) => emission(t, to) + Math.max(...tags.map((from) => before[from] + transition(from, to))));
  }
  return Math.max(...tags.map((tag) => scores[tag] + end(tag)));
}
