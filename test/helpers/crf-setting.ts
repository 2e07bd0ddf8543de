import { allocateCrf, crfDecode, crfLoss } from '../../src/layers/crf.js';
import type { Steps } from '../../src/layers/sequence.js';
import type { Address, Kernels } from '../../src/numerics/kernels.js';
import { padded } from '../../src/numerics/parameters.js';
import { layOutSteps, rowsOf } from './steps.js';
import type { LogScores } from './textbook/crf.js';

export const START = -1;
export const END = -2;

export interface CrfSetting {
  readonly kernels: Kernels;
  readonly steps: Steps;
  readonly W: number;
  /** (N, W) */
  readonly logits: Address;
  /** (N, W), a copy that `loss` turns into the gradient */
  readonly dLogits: Address;
  readonly targets: Address;
  readonly best: Address;
  /** (W² + 2W) */
  readonly weights: Address;
  readonly gradient: Address;
  readonly allowed: Address;
  /** The scores of one sentence. */
  scoresOf(sentence: number): LogScores;
  tagsOf(sentence: number, from: Address): number[];
  loss(factor?: number): number;
  decode(): void;
}

export interface CrfChoices {
  readonly lengths: readonly number[];
  readonly K: number;
  logit(row: number, tag: number): number;
  /** Weight of going from a tag or `START` to a tag, or, from `END`, of ending with it. */
  weight(from: number, to: number): number;
  isAllowed(from: number, to: number): boolean;
  /** A tag, or -1 - s for one of the tags of set s. */
  target(row: number): number;
  /** The tags of each set. */
  readonly sets?: readonly (readonly number[])[];
}

export function setUpCrf(kernels: Kernels, choices: CrfChoices): CrfSetting {
  const { lengths, K } = choices;
  const W = padded(K);
  const n = W * W + 2 * W;
  const steps = layOutSteps(kernels, lengths);
  const [logits, dLogits] = [0, 0].map(() => kernels.allocate(steps.N * W));
  const [weights, allowed, gradient] = [0, 0, 0].map(() => kernels.allocate(n));
  const [targets, best] = [0, 0].map(() => kernels.allocate(steps.N));
  const buffers = allocateCrf(kernels, steps.T, W, choices.sets !== undefined);
  const sets = choices.sets && kernels.allocate(choices.sets.length * W);
  const { memory, integers } = kernels;
  for (let row = 0; row < steps.N; row++) {
    integers[targets + row] = choices.target(row);
    for (let tag = 0; tag < K; tag++) memory[logits + row * W + tag] = choices.logit(row, tag);
  }
  const placeOf = (from: number, to: number): number => (from === START ? W : from === END ? W + 1 : from) * W + to;
  for (const from of [...Array(K).keys(), START, END]) {
    for (let to = 0; to < K; to++) {
      memory[weights + placeOf(from, to)] = choices.weight(from, to);
      memory[allowed + placeOf(from, to)] = choices.isAllowed(from, to) ? 1 : 0;
    }
  }
  const scoreOf = (from: number, to: number): number => {
    const place = placeOf(from, to);
    return kernels.memory[allowed + place] === 0 ? Number.NEGATIVE_INFINITY : kernels.memory[weights + place];
  };
  for (const [set, tags] of (choices.sets ?? []).entries())
    for (const tag of tags) kernels.memory[(sets ?? 0) + set * W + tag] = 1;
  const layer = { K, W, weights, allowed, sets };
  return {
    kernels,
    steps,
    W,
    logits,
    dLogits,
    targets,
    best,
    weights,
    gradient,
    allowed,
    scoresOf(sentence) {
      const rows = rowsOf(kernels, steps, sentence, lengths[sentence]);
      return {
        T: rows.length,
        K,
        emission: (t, tag) => kernels.memory[logits + rows[t] * W + tag],
        transition: scoreOf,
        start: (tag) => scoreOf(START, tag),
        end: (tag) => scoreOf(END, tag),
      };
    },
    tagsOf: (sentence, from) =>
      rowsOf(kernels, steps, sentence, lengths[sentence]).map((row) => kernels.integers[from + row]),
    loss(factor = 1) {
      kernels.copyRows(logits, W, dLogits, W, steps.N, W);
      return crfLoss(kernels, steps, layer, buffers, dLogits, targets, factor, gradient);
    },
    decode: () => crfDecode(kernels, steps, layer, buffers, logits, best),
  };
}

/** The score of a path of tags. */
export function scorePath({ emission, transition, start, end }: LogScores, tags: readonly number[]): number {
  return tags.reduce(
    (score, tag, t) => score + emission(t, tag) + (t === 0 ? start(tag) : transition(tags[t - 1], tag)),
    end(tags[tags.length - 1]),
  );
}
