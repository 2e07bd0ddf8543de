import type { PathSums } from '../layers/crf.js';
import { at } from '../numerics/at.js';
import type { Kernels } from '../numerics/kernels.js';
import { createTagBoundaries, hasSpans, type Scheme } from '../text/scheme.js';

/** The sums over all paths of one sentence by token and tag. */
export interface PathTable {
  /** T */
  readonly length: number;
  /** K */
  readonly tags: number;
  /** Returns the sum over all paths that lead to a tag; over all tags of a token, these sums add up to 1. */
  forward(t: number, tag: number): number;
  /** Returns the factor of a token's tag, scaled so that forward sums add up to 1. */
  emission(t: number, tag: number): number;
  /** Returns the emission times the sum over all paths that follow. */
  onward(t: number, tag: number): number;
  transition(from: number, to: number): number;
  start(tag: number): number;
  /** Returns the factor of ending with a tag, divided by the total of all paths. */
  end(tag: number): number;
}

/** Returns a view of the sums of one sentence, whose K tags stand in rows of W. */
export function readPathTable(kernels: Kernels, { T, potentials, sums }: PathSums, K: number, W: number): PathTable {
  const at = (from: number, row: number, column: number): number => kernels.loadDouble(from + 2 * (row * W + column));
  const total = at(sums, 3 * T + 1, 0);
  return {
    length: T,
    tags: K,
    forward: (t, tag) => at(sums, t, tag),
    emission: (t, tag) => at(sums, T + t, tag),
    onward: (t, tag) => at(sums, 2 * T + t, tag),
    transition: (from, to) => at(potentials, from, to),
    start: (tag) => at(potentials, W, tag),
    end: (tag) => at(potentials, W + 1, tag) / total,
  };
}

/** Finds the spans of sequences of tags, and their probabilities. */
export class SpanProbabilities {
  readonly #K: number;
  /** ((K + 1), (K + 1)): 1 if a span starts between tags; row K: before the first token, column K: after the last */
  readonly #starts: Uint8Array;
  /** ((K + 1), (K + 1)): 1 if a span ends between two tags */
  readonly #ends: Uint8Array;
  /** The tags with the same label as each tag; none for the outside tag. */
  readonly #sameLabel: readonly (readonly number[])[];

  /**
   * @param tags the network's tags
   * @param inner the scheme of these tags
   * @param outer the scheme that decides what is a span
   */
  constructor(tags: readonly string[], inner: Scheme, outer: Scheme) {
    const K = tags.length;
    const boundaries = createTagBoundaries(tags, inner, outer);
    this.#K = K;
    this.#starts = new Uint8Array((K + 1) * (K + 1));
    this.#ends = new Uint8Array((K + 1) * (K + 1));
    const numbers = [...tags.keys()];
    if (!hasSpans(outer)) {
      this.#sameLabel = numbers.map(() => []);
      return;
    }
    for (const from of [...numbers, undefined]) {
      for (const to of [...numbers, undefined]) {
        const place = (from ?? K) * (K + 1) + (to ?? K);
        this.#starts[place] = boundaries.startsBetween(from, to) ? 1 : 0;
        this.#ends[place] = boundaries.endsBetween(from, to) ? 1 : 0;
      }
    }
    const labels = numbers.map((tag) => boundaries.labelOf(tag));
    this.#sameLabel = labels.map((label) => (label === '' ? [] : numbers.filter((tag) => labels[tag] === label)));
  }

  /** Returns the spans of a sequence of tags by their first token and the first one after them. */
  spansOf(tags: ArrayLike<number>): [start: number, end: number][] {
    const K = this.#K;
    const spans: [number, number][] = [];
    let start = -1;
    for (let t = 0; t <= tags.length; t++) {
      const place = (tags[t - 1] ?? K) * (K + 1) + (tags[t] ?? K);
      if (start >= 0 && this.#ends[place] === 1) {
        spans.push([start, t]);
        start = -1;
      }
      if (this.#starts[place] === 1) start = t;
    }
    return spans;
  }

  /**
   * Returns the marginal probability of a span, from 0 to 1: the share of all paths, each as probable as the product of
   * its factors, in which exactly this span stands with this label. Forward and backward sums are joined over the tags
   * that spell the span (constrained forward-backward, Culotta & McCallum, 2004). With a softmax, which has no
   * transitions, the paths are those that decoding allows, so that a path's probability is the product of its tokens'
   * probabilities, normalised over these paths.
   *
   * @param first a tag with the label
   * @param start the first token of the span
   * @param end the first token after it
   */
  probabilityOf(table: PathTable, first: number, start: number, end: number): number {
    const K = this.#K;
    const tags = at(this.#sameLabel, first);
    let inside = tags.map((to) => {
      let sum = 0;
      if (start === 0) sum = this.#starts[K * (K + 1) + to] === 1 ? table.start(to) : 0;
      else
        for (let from = 0; from < K; from++)
          if (this.#starts[from * (K + 1) + to] === 1)
            sum += table.forward(start - 1, from) * table.transition(from, to);
      return sum * table.emission(start, to);
    });
    for (let t = start + 1; t < end; t++) {
      const before = inside;
      inside = tags.map((to) => {
        let sum = 0;
        for (const [index, from] of tags.entries()) {
          const place = from * (K + 1) + to;
          if (this.#starts[place] === 0 && this.#ends[place] === 0)
            sum += at(before, index) * table.transition(from, to);
        }
        return sum * table.emission(t, to);
      });
    }
    let probability = 0;
    for (const [index, from] of tags.entries()) {
      let after = 0;
      if (end === table.length) after = this.#ends[from * (K + 1) + K] === 1 ? table.end(from) : 0;
      else
        for (let to = 0; to < K; to++)
          if (this.#ends[from * (K + 1) + to] === 1) after += table.transition(from, to) * table.onward(end, to);
      probability += at(inside, index) * after;
    }
    return Math.min(1, probability);
  }
}
