import type { Kernels } from '../../../src/numerics/kernels.js';
import { allowedTags } from './softmax.js';
import { each, logSumExp } from './sums.js';

/** Logarithms of what the tags of a sentence score, minus infinity where they may not go. */
export interface LogScores {
  readonly T: number;
  readonly K: number;
  emission(t: number, tag: number): number;
  transition(from: number, to: number): number;
  start(tag: number): number;
  end(tag: number): number;
}

/** Sums over all paths to each tag of each token, over all from there, and over all. */
export interface PathSums {
  /** (T, K), the token's own score included */
  readonly forward: readonly (readonly number[])[];
  /** (T, K), the token's own score left out */
  readonly backward: readonly (readonly number[])[];
  readonly logZ: number;
}

/** The forward-backward recursion in the domain of logarithms. */
export function sumPaths({ T, K, emission, transition, start, end }: LogScores): PathSums {
  const tags = Array.from({ length: K }, (_, tag) => tag);
  const forward = [tags.map((tag) => start(tag) + emission(0, tag))];
  for (let t = 1; t < T; t++) {
    const before = forward[t - 1];
    forward.push(
      tags.map((to) => emission(t, to) + logSumExp(tags.map((from) => before[from] + transition(from, to)))),
    );
  }
  const backward = [tags.map(end)];
  for (let t = T - 1; t > 0; t--) {
    const [after] = backward;
    backward.unshift(
      tags.map((from) => logSumExp(tags.map((to) => transition(from, to) + emission(t, to) + after[to]))),
    );
  }
  return { forward, backward, logZ: logSumExp(tags.map((tag) => forward[T - 1][tag] + end(tag))) };
}

export function textbookCrf(
  kernels: Kernels,
): Pick<Kernels, 'crfPotentials' | 'crfLoss' | 'crfLossOfSets' | 'crfGradient' | 'crfSums' | 'viterbi'> {
  return {
    crfPotentials(weights, allowed, potentials, W) {
      const { memory: x } = kernels;
      for (let i = 0; i < W * W + 2 * W; i++) {
        x[potentials + i] = x[allowed + i] === 0 ? 0 : Math.exp(x[weights + i]);
      }
    },

    crfLoss(logits, ld, targets, rows, T, K, W, weights, potentials, factor, pairs) {
      const { memory: x, integers } = kernels;
      const gold = Array.from({ length: T }, (_, t) => integers[targets + integers[rows + t]]);
      const place = (t: number, tag: number): number => logits + integers[rows + t] * ld + tag;
      const scores: LogScores = {
        T,
        K,
        emission: (t, tag) => x[place(t, tag)],
        transition: (from, to) => Math.log(x[potentials + from * W + to]),
        start: (tag) => Math.log(x[potentials + W * W + tag]),
        end: (tag) => Math.log(x[potentials + W * W + W + tag]),
      };
      const { forward, backward, logZ } = sumPaths(scores);
      const goldScore = gold.reduce(
        (score, tag, t) => {
          return score + scores.emission(t, tag) + x[weights + (t === 0 ? W : gold[t - 1]) * W + tag];
        },
        x[weights + (W + 1) * W + gold[T - 1]],
      );
      each(T - 1, K, (t, from) => {
        for (let to = 0; to < K; to++) {
          const after = scores.emission(t + 1, to) + backward[t + 1][to];
          x[pairs + from * W + to] += Math.exp(forward[t][from] + after - logZ);
        }
      });
      for (let tag = 0; tag < K; tag++) {
        x[pairs + W * W + tag] += Math.exp(scores.emission(0, tag) + backward[0][tag] - logZ);
        x[pairs + W * W + W + tag] += Math.exp(forward[T - 1][tag] - logZ);
      }
      each(T, W, (t, tag) => {
        const marginal = tag < K ? Math.exp(forward[t][tag] + backward[t][tag] - logZ) : 0;
        x[place(t, tag)] = factor * (marginal - (tag === gold[t] ? 1 : 0));
      });
      return logZ - goldScore;
    },

    crfLossOfSets(logits, ld, targets, sets, rows, T, K, W, potentials, factor, pairs) {
      const { memory: x, integers } = kernels;
      const place = (t: number, tag: number): number => logits + integers[rows + t] * ld + tag;
      const allowed = Array.from({ length: T }, (_, t) =>
        allowedTags(kernels, integers[targets + integers[rows + t]], sets, W, K),
      );
      const free: LogScores = {
        T,
        K,
        emission: (t, tag) => x[place(t, tag)],
        transition: (from, to) => Math.log(x[potentials + from * W + to]),
        start: (tag) => Math.log(x[potentials + W * W + tag]),
        end: (tag) => Math.log(x[potentials + W * W + W + tag]),
      };
      const emission = (t: number, tag: number): number =>
        allowed[t].includes(tag) ? free.emission(t, tag) : Number.NEGATIVE_INFINITY;
      const change = Array.from({ length: T }, () => new Array<number>(W).fill(0));
      const [logZ, logAllowed] = [free, { ...free, emission }].map((scores, index) => {
        const { forward, backward, logZ: own } = sumPaths(scores);
        const sign = index === 0 ? 1 : -1;
        each(T - 1, K, (t, from) => {
          for (let to = 0; to < K; to++) {
            const after = scores.emission(t + 1, to) + backward[t + 1][to];
            x[pairs + from * W + to] += sign * Math.exp(forward[t][from] + after - own);
          }
        });
        for (let tag = 0; tag < K; tag++) {
          x[pairs + W * W + tag] += sign * Math.exp(scores.emission(0, tag) + backward[0][tag] - own);
          x[pairs + W * W + W + tag] += sign * Math.exp(forward[T - 1][tag] - own);
        }
        each(T, K, (t, tag) => {
          change[t][tag] += sign * Math.exp(forward[t][tag] + backward[t][tag] - own);
        });
        return own;
      });
      each(T, W, (t, tag) => {
        x[place(t, tag)] = factor * change[t][tag];
      });
      return logZ - logAllowed;
    },

    crfGradient(pairs, potentials, counts, factor, gradient, W) {
      const { memory: x } = kernels;
      for (let i = 0; i < W * W + 2 * W; i++) {
        x[gradient + i] += factor * (x[pairs + i] * x[potentials + i] - x[counts + i]);
      }
    },

    crfSums(logits, ld, rows, T, K, W, potentials, inverse, sums) {
      const { memory: x, integers } = kernels;
      const scores: LogScores = {
        T,
        K,
        emission: (t, tag) => inverse * x[logits + integers[rows + t] * ld + tag],
        transition: (from, to) => Math.log(x[potentials + from * W + to]),
        start: (tag) => Math.log(x[potentials + W * W + tag]),
        end: (tag) => Math.log(x[potentials + W * W + W + tag]),
      };
      const { forward, backward, logZ } = sumPaths(scores);
      const upTo = forward.map(logSumExp);
      each(T, W, (t, tag) => {
        const isInside = tag < K;
        const emission = isInside ? Math.exp(scores.emission(t, tag) - upTo[t] + (t > 0 ? upTo[t - 1] : 0)) : 0;
        const beta = isInside ? Math.exp(backward[t][tag] + upTo[t] - logZ) : 0;
        x[sums + t * W + tag] = isInside ? Math.exp(forward[t][tag] - upTo[t]) : 0;
        x[sums + (T + t) * W + tag] = emission;
        x[sums + (2 * T + t) * W + tag] = beta * emission;
        if (t === 0) x[sums + 3 * T * W + tag] = beta;
      });
      x[sums + 3 * T * W + W] = Math.exp(logZ - upTo[T - 1]);
    },

    viterbi(logits, ld, rows, T, K, W, masked, best) {
      const { memory: x, integers } = kernels;
      const emission = (t: number, tag: number): number => x[logits + integers[rows + t] * ld + tag];
      let paths = Array.from({ length: K }, (_, tag) => ({
        tags: [tag],
        score: x[masked + W * W + tag] + emission(0, tag),
      }));
      for (let t = 1; t < T; t++) {
        paths = paths.map((_, to) => {
          const scores = paths.map(({ score }, from) => score + x[masked + from * W + to]);
          const from = scores.indexOf(Math.max(...scores));
          return { tags: [...paths[from].tags, to], score: scores[from] + emission(t, to) };
        });
      }
      const scores = paths.map(({ score }, tag) => score + x[masked + (W + 1) * W + tag]);
      for (const [t, tag] of paths[scores.indexOf(Math.max(...scores))].tags.entries()) {
        integers[best + integers[rows + t]] = tag;
      }
    },
  };
}
