import { describe, expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { type CrfChoices, type CrfSetting, END, START, scorePath, setUpCrf } from '../helpers/crf-setting.js';
import { logSumExp } from '../helpers/textbook/sums.js';

/** Every path of T tags, that which comes first when read from its end first. */
function allPaths(T: number, K: number): number[][] {
  let paths: number[][] = [[]];
  for (let t = 0; t < T; t++) {
    paths = Array.from({ length: K }, (_, tag) => paths.map((path) => [...path, tag])).flat();
  }
  return paths;
}

type Counts = Map<number, Map<number, number>>;

/** What the tags of one sentence add up to, over all paths. */
function addUp(
  { kernels, W, logits, targets, scoresOf, tagsOf }: CrfSetting,
  sentence: number,
  sets: readonly (readonly number[])[] = [],
) {
  const scores = scoresOf(sentence);
  const paths = allPaths(scores.T, scores.K);
  const gold = tagsOf(sentence, targets);
  const fits = (path: readonly number[]): boolean =>
    path.every((tag, t) => (gold[t] < 0 ? sets[-1 - gold[t]].includes(tag) : gold[t] === tag));
  const pathScores = paths.map((path) => scorePath(scores, path));
  const logZ = logSumExp(pathScores);
  const marginals = Array.from({ length: scores.T }, () => new Array<number>(W).fill(0));
  const expected: Counts = new Map();
  const count = (from: number, to: number, share: number): void => {
    const row = expected.get(from) ?? new Map<number, number>();
    expected.set(from, row.set(to, (row.get(to) ?? 0) + share));
  };
  const countPath = (path: readonly number[], share: number): void => {
    for (const [t, tag] of path.entries()) {
      marginals[t][tag] += share;
      count(t === 0 ? START : path[t - 1], tag, share);
    }
    count(END, path[path.length - 1], share);
  };
  for (const [index, path] of paths.entries()) countPath(path, Math.exp(pathScores[index] - logZ));
  const possible = [...paths.keys()].filter((index) => fits(paths[index]));
  const logPossible = logSumExp(possible.map((index) => pathScores[index]));
  for (const index of possible) countPath(paths[index], -Math.exp(pathScores[index] - logPossible));
  const best = paths[pathScores.indexOf(Math.max(...pathScores))];
  return { loss: logZ - logPossible, dLogits: marginals, expected, best, logits, kernels };
}

const random = new Random(1);
const even = (): number => Math.fround(4 * random.uniform() - 2);
const coarse = (): number => random.below(3) - 1;
const always = (): boolean => true;

/** As tags O, B and I have it: I neither at the start nor after O. */
const noInsideFirst = (from: number, to: number): boolean => !(to === 2 && (from === START || from === 0));

function choose(changes: Partial<CrfChoices>): CrfChoices {
  return { lengths: [5, 3, 3, 1], K: 3, logit: even, weight: even, isAllowed: always, target: () => 0, ...changes };
}

/** Sets of tags: any, any but the last, the first and the last. */
const SETS = [
  [0, 1, 2],
  [0, 1],
  [0, 2],
];

const CASES: Record<string, () => CrfChoices> = {
  'random scores': () => choose({ target: () => random.below(3) }),
  'four tags': () => choose({ K: 4, target: () => random.below(4) }),
  'two tags': () => choose({ K: 2, lengths: [7, 2], target: () => random.below(2) }),
  'one tag': () => choose({ K: 1 }),
  'sentences of one word': () => choose({ lengths: [1, 1, 1], target: () => random.below(3) }),
  'forbidden transitions': () => choose({ isAllowed: noInsideFirst, target: () => random.below(2) }),
  'a single allowed path': () => choose({ isAllowed: (from, to) => to === 0 || from === 2 }),
  'forbidden ends': () => choose({ isAllowed: (from, to) => from !== END || to === 1, lengths: [4], target: () => 1 }),
  'tags that are not known': () => choose({ sets: SETS, target: () => random.below(6) - 3 }),
  'no known tag': () => choose({ sets: SETS, target: () => -1 }),
  'tags that are not known, and forbidden transitions': () =>
    choose({ sets: SETS, isAllowed: noInsideFirst, target: () => random.below(4) - 2 }),
  ties: () => choose({ logit: coarse, weight: coarse, target: () => random.below(3) }),
  'nothing but ties': () => choose({ logit: () => 1, weight: () => 0 }),
  'ties and forbidden transitions': () => choose({ logit: coarse, weight: coarse, isAllowed: noInsideFirst }),
};

describe.each([
  ['double precision', createDoubleKernels, 12],
  ['single precision', createReferenceKernels, 5],
  ['WebAssembly', createWasmKernels, 5],
] as const)('in %s, held against all paths one by one', (_, create, digits) => {
  describe.each(Object.entries(CASES))('%s', (_name, choices) => {
    const chosen = choices();
    const setting = setUpCrf(create(), chosen);
    const { kernels, steps, W, dLogits, gradient, best, tagsOf } = setting;
    const sentences = Array.from({ length: kernels.integers[steps.start + 1] }, (_, index) =>
      addUp(setting, index, chosen.sets),
    );
    const loss = setting.loss();
    setting.decode();

    test('the loss is that of each sentence, summed', () => {
      expect(loss).toBeCloseTo(
        sentences.reduce((sum, sentence) => sum + sentence.loss, 0),
        digits,
      );
    });

    test('the gradient by the logits is each marginal less the target', () => {
      for (const [sentence, { dLogits: expected }] of sentences.entries()) {
        for (const [t, row] of expected.entries()) {
          const from = dLogits + (kernels.integers[steps.start + t] + sentence) * W;
          for (const [tag, value] of row.entries()) expect(kernels.memory[from + tag]).toBeCloseTo(value, digits);
        }
      }
    });

    test('the gradient by the weights is each expected count less that of the targets', () => {
      for (let from = 0; from < W + 2; from++) {
        for (let to = 0; to < W; to++) {
          const named = from === W ? START : from === W + 1 ? END : from;
          const expected = sentences.reduce((sum, sentence) => sum + (sentence.expected.get(named)?.get(to) ?? 0), 0);
          expect(kernels.memory[gradient + from * W + to]).toBeCloseTo(expected, digits);
        }
      }
    });

    test('the decoded path is the best, of equals that with the lowest last tag, and so on to the first', () => {
      for (const [sentence, { best: expected }] of sentences.entries())
        expect(tagsOf(sentence, best)).toEqual(expected);
    });
  });
});
