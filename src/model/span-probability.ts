import type { PathSums } from '../layers/crf.js';
import { at, doubleAt, integerAt } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
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

/** Returns a view of the sums of one sentence, whose K tags stand in rows of W. It is valid until the kernels compute others. */
export function readPathTable(kernels: Kernels, { T, potentials, sums }: PathSums, K: number, W: number): PathTable {
  const { memory } = kernels;
  if (memory instanceof Float32Array)
    return new KernelSums(new Float64Array(memory.buffer), potentials / 2, sums / 2, T, K, W);
  // Kernels in double precision keep their doubles elsewhere.
  const copy = (from: Address, count: number): number[] =>
    Array.from({ length: count }, (_, index) => kernels.loadDouble(shifted(from, 2 * index)));
  const ofTags = copy(potentials, (W + 2) * W);
  return new KernelSums(Float64Array.from([...ofTags, ...copy(sums, (3 * T + 2) * W)]), 0, ofTags.length, T, K, W);
}

/** The sums as kernels lay them out. */
class KernelSums implements PathTable {
  readonly length: number;
  readonly tags: number;
  readonly #doubles: Float64Array;
  /** Where the potentials and the sums begin. */
  readonly #potentials: number;
  readonly #sums: number;
  readonly #width: number;
  readonly #total: number;

  constructor(doubles: Float64Array, potentials: number, sums: number, T: number, K: number, W: number) {
    this.length = T;
    this.tags = K;
    this.#doubles = doubles;
    this.#potentials = potentials;
    this.#sums = sums;
    this.#width = W;
    this.#total = doubleAt(doubles, sums + (3 * T + 1) * W);
  }

  forward(t: number, tag: number): number {
    return doubleAt(this.#doubles, this.#sums + t * this.#width + tag);
  }

  emission(t: number, tag: number): number {
    return this.forward(this.length + t, tag);
  }

  onward(t: number, tag: number): number {
    return this.forward(2 * this.length + t, tag);
  }

  transition(from: number, to: number): number {
    return doubleAt(this.#doubles, this.#potentials + from * this.#width + to);
  }

  start(tag: number): number {
    return this.transition(this.#width, tag);
  }

  end(tag: number): number {
    return this.transition(this.#width + 1, tag) / this.#total;
  }
}

/** Finds the spans of sequences of tags, and their probabilities. */
export class SpanProbabilities {
  readonly #K: number;
  /** ((K + 1), (K + 1)): 1 if a span starts between tags; row K: before the first token, column K: after the last */
  readonly #starts: Uint8Array;
  /** ((K + 1), (K + 1)): 1 if a span ends between two tags */
  readonly #ends: Uint8Array;
  /** The tags with the same label as each tag; none for the outside tag. */
  readonly #sameLabel: readonly Int32Array[];
  /** (K), the sums over the paths inside a span up to a token, by tag of the span's label, and those up to the next one */
  #inside: Float64Array;
  #next: Float64Array;

  /**
   * @param tags the network's tags
   * @param inner the scheme of these tags
   * @param outer the scheme that decides what is a span
   */
  constructor(tags: readonly string[], inner: Scheme, outer: Scheme) {
    const K = tags.length;
    const boundaries = createTagBoundaries(tags, inner, outer);
    this.#K = K;
    this.#inside = new Float64Array(K);
    this.#next = new Float64Array(K);
    this.#starts = new Uint8Array((K + 1) * (K + 1));
    this.#ends = new Uint8Array((K + 1) * (K + 1));
    const numbers = [...tags.keys()];
    if (!hasSpans(outer)) {
      this.#sameLabel = numbers.map(() => new Int32Array());
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
    this.#sameLabel = labels.map((label) =>
      Int32Array.from(label === '' ? [] : numbers.filter((tag) => labels[tag] === label)),
    );
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
    for (let index = 0; index < tags.length; index++) {
      const to = integerAt(tags, index);
      let sum = 0;
      if (start === 0) sum = this.#starts[K * (K + 1) + to] === 1 ? table.start(to) : 0;
      else
        for (let from = 0; from < K; from++)
          if (this.#starts[from * (K + 1) + to] === 1)
            sum += table.forward(start - 1, from) * table.transition(from, to);
      this.#inside[index] = sum * table.emission(start, to);
    }
    for (let t = start + 1; t < end; t++) this.#goOn(table, tags, t);
    let probability = 0;
    for (let index = 0; index < tags.length; index++) {
      const from = integerAt(tags, index);
      let after = 0;
      if (end === table.length) after = this.#ends[from * (K + 1) + K] === 1 ? table.end(from) : 0;
      else
        for (let to = 0; to < K; to++)
          if (this.#ends[from * (K + 1) + to] === 1) after += table.transition(from, to) * table.onward(end, to);
      probability += doubleAt(this.#inside, index) * after;
    }
    return Math.min(1, probability);
  }

  /** Takes the sums over the paths inside a span from the token before to token t. */
  #goOn(table: PathTable, tags: Int32Array, t: number): void {
    const K = this.#K;
    const before = this.#inside;
    for (let index = 0; index < tags.length; index++) {
      const to = integerAt(tags, index);
      let sum = 0;
      for (let other = 0; other < tags.length; other++) {
        const place = integerAt(tags, other) * (K + 1) + to;
        if (this.#starts[place] === 0 && this.#ends[place] === 0)
          sum += doubleAt(before, other) * table.transition(integerAt(tags, other), to);
      }
      this.#next[index] = sum * table.emission(t, to);
    }
    this.#inside = this.#next;
    this.#next = before;
  }
}
