import { at, integerAt, numberAt } from '../numerics/at.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import type { Steps } from './sequence.js';

/** The output layer that scores whole sequences of tags (Lafferty et al., 2001). */
export interface CrfLayer {
  /** K, the number of tags. */
  readonly K: number;
  /** K, padded. */
  readonly W: number;
  /** (W² + 2W): transitions from a tag (row) to a tag (column), start, end */
  readonly weights: Address;
  /** (W² + 2W): 1 where a transition, start or end is allowed, 0 elsewhere and in the padding */
  readonly allowed: Address;
  /** (S, W): 1 for the tags of each set that targets name, 0 elsewhere; undefined if every target is a tag */
  readonly sets?: Address | undefined;
}

export type CrfBuffers = ReturnType<typeof allocateCrf>;

/**
 * Allocates the layer's working space for sentences of up to T tokens.
 *
 * @param hasSets whether targets may name sets of tags
 */
export function allocateCrf(kernels: Kernels, T: number, W: number, hasSets = false) {
  const n = W * W + 2 * W;
  const lattices = hasSets ? 2 : 1;
  return {
    potentials: kernels.allocate(2 * n),
    masked: kernels.allocate(n),
    pairs: kernels.allocate(2 * n),
    counts: kernels.allocate(n),
    rows: kernels.allocate(T),
    scratch: kernels.allocate(2 * lattices * (3 * T * W + 2 * W + T)),
  };
}

/**
 * Computes the sum of the sentences' losses, -log of the probability of their tags, and `factor` times its gradient. Where
 * tags are not known, it is the probability of all paths that are possible (Tsuboi et al. 2008).
 *
 * @param x (N, W): on entry logits, on return their gradient
 * @param targets (N), whole numbers: a tag each, or -1 - s for one of the tags of set s
 * @param gradient (W² + 2W), added to
 */
export function crfLoss(
  kernels: Kernels,
  steps: Steps,
  { K, W, weights, allowed, sets }: CrfLayer,
  { potentials, pairs, counts, rows, scratch }: CrfBuffers,
  x: Address,
  targets: Address,
  factor: number,
  gradient: Address,
): number {
  const n = W * W + 2 * W;
  kernels.crfPotentials(weights, allowed, potentials, W);
  kernels.fill(pairs, 0, 2 * n);
  kernels.fill(counts, 0, n);
  let loss = 0;
  forEachSentence(kernels, steps, rows, (T) => {
    if (sets !== undefined && hasSet(kernels, targets, rows, T)) {
      loss += kernels.crfLossOfSets(x, W, targets, sets, rows, T, K, W, potentials, factor, pairs, scratch);
      return;
    }
    countTransitions(kernels, targets, rows, T, W, counts);
    loss += kernels.crfLoss(x, W, targets, rows, T, K, W, weights, potentials, factor, pairs, scratch);
  });
  kernels.crfGradient(pairs, potentials, counts, factor, gradient, W);
  return loss;
}

/**
 * Finds the best path of each sentence by allowed transitions (Viterbi, 1967).
 *
 * @param x (N, W), logits
 * @param best (N), whole numbers, overwritten
 */
export function crfDecode(
  kernels: Kernels,
  steps: Steps,
  { K, W, weights, allowed }: CrfLayer,
  { masked, rows, scratch }: CrfBuffers,
  x: Address,
  best: Address,
): void {
  const { memory } = kernels;
  for (let i = 0; i < W * W + 2 * W; i++) {
    memory[masked + i] = numberAt(memory, allowed + i) === 0 ? Number.NEGATIVE_INFINITY : numberAt(memory, weights + i);
  }
  forEachSentence(kernels, steps, rows, (T) => kernels.viterbi(x, W, rows, T, K, W, masked, best, scratch));
}

/** The sums over all paths of one sentence; valid until the next sentence. */
export interface PathSums {
  /** The length of the sentence. */
  readonly T: number;
  /** (T), whole numbers: the rows of the sentence's tokens */
  readonly rows: Address;
  /** ((W + 2), W), doubles: exponentials of transitions, start and end, 0 where not allowed */
  readonly potentials: Address;
  /** The `sums` of `crfSums` of the kernels, doubles */
  readonly sums: Address;
}

/**
 * Computes the sums over all paths of each sentence by allowed transitions.
 *
 * @param x (N, W), logits
 * @param temperature the number by which logits and weights are divided
 * @param wants tells whether the sums of a sentence are wanted
 * @param visit called with each wanted sentence's sums, in the order of the sentences
 */
export function crfSums(
  kernels: Kernels,
  steps: Steps,
  { K, W, weights, allowed }: CrfLayer,
  { potentials, counts, rows, scratch }: CrfBuffers,
  x: Address,
  temperature: number,
  wants: (sentence: Pick<PathSums, 'T' | 'rows'>) => boolean,
  visit: (sums: PathSums, sentence: number) => void,
): void {
  const { memory } = kernels;
  const inverse = Math.fround(1 / temperature);
  const tempered = counts;
  for (let i = 0; i < W * W + 2 * W; i++) memory[tempered + i] = numberAt(memory, weights + i) * inverse;
  kernels.crfPotentials(tempered, allowed, potentials, W);
  forEachSentence(kernels, steps, rows, (T, sentence) => {
    if (!wants({ T, rows })) return;
    kernels.crfSums(x, W, rows, T, K, W, potentials, inverse, scratch);
    visit({ T, rows, potentials, sums: scratch }, sentence);
  });
}

/** Tells whether a target of a sentence names a set of tags. */
function hasSet({ integers }: Kernels, targets: Address, rows: Address, T: number): boolean {
  for (let t = 0; t < T; t++) if (integerAt(integers, targets + integerAt(integers, rows + t)) < 0) return true;
  return false;
}

/** Adds to `counts` how often the sentence's own tags take each transition, start and end. */
function countTransitions(
  { memory, integers }: Kernels,
  targets: Address,
  rows: Address,
  T: number,
  W: number,
  counts: Address,
): void {
  let from = W;
  for (let t = 0; t < T; t++) {
    const tag = integerAt(integers, targets + integerAt(integers, rows + t));
    memory[counts + from * W + tag] = at(memory, counts + from * W + tag) + 1;
    from = tag;
  }
  memory[counts + (W + 1) * W + from] = at(memory, counts + (W + 1) * W + from) + 1;
}

/** Calls `visit` with the length of each sentence, after writing its rows to `rows`. */
function forEachSentence(
  kernels: Kernels,
  { T, start }: Steps,
  rows: Address,
  visit: (T: number, sentence: number) => void,
): void {
  const { integers } = kernels;
  const sentences = T === 0 ? 0 : integerAt(integers, start + 1) - integerAt(integers, start);
  for (let b = 0; b < sentences; b++) {
    let length = 0;
    while (length < T) {
      const row = integerAt(integers, start + length) + b;
      if (row >= integerAt(integers, start + length + 1)) break;
      integers[rows + length++] = row;
    }
    visit(length, b);
  }
}
