import { at } from '../numerics/at.js';
import type { PathTable } from './span-probability.js';

/** A sequence of tags that a sentence may have. */
export interface Alternative {
  /** (T), the number of each token's tag */
  readonly tags: Int32Array;
  /** The probability of the sequence among all that decoding allows, from 0 to 1. */
  readonly probability: number;
}

/** Where paths come from: the tag of the token before, and the path's number among the paths to that tag. */
interface Origins {
  readonly tags: Int32Array;
  readonly ranks: Int32Array;
}

/** The best paths to a tag, by falling score. */
interface Paths extends Origins {
  readonly scores: Float64Array;
}

/**
 * Returns the most probable sequences of tags of a sentence, best first, by Viterbi's recursion with a list of paths
 * for each tag instead of one (Seshadri & Sundberg, 1994). Among equals, the one whose last tag is lower comes first.
 *
 * @param count the largest number of sequences; there are fewer if decoding allows fewer
 */
export function bestAlternatives(table: PathTable, count: number): Alternative[] {
  const { length: T, tags: K } = table;
  if (T === 0) return [];
  const numbers = Array.from({ length: K }, (_, tag) => tag);
  /** (T, K): where the paths to each tag of each token come from. */
  const origins: Origins[][] = [];
  /** (K): the paths to each tag of a token, with scores scaled so that the best of the token has 1. */
  let before = numbers.map((tag) => startOf(table.start(tag) * table.emission(0, tag)));
  for (let t = 0; t < T; t++) {
    if (t > 0)
      before = numbers.map((to) => bestOf(before, (from) => table.transition(from, to) * table.emission(t, to), count));
    rescale(before);
    origins.push(before.map(({ tags, ranks }) => ({ tags, ranks })));
  }
  const ends = bestOf(before, (tag) => table.end(tag), count);
  return Array.from(ends.scores, (_, rank) => {
    const tags = new Int32Array(T);
    let tag = at(ends.tags, rank);
    let path = at(ends.ranks, rank);
    for (let t = T - 1; t >= 0; t--) {
      tags[t] = tag;
      const own = at(at(origins, t), tag);
      tag = at(own.tags, path);
      path = at(own.ranks, path);
    }
    return { tags, probability: probabilityOfPath(table, tags) };
  });
}

/** Returns the one path of a sentence's first token, which continues none, or no path if its score is 0. */
function startOf(score: number): Paths {
  const size = score > 0 ? 1 : 0;
  return { scores: new Float64Array(size).fill(score), tags: new Int32Array(size), ranks: new Int32Array(size) };
}

/**
 * Merges the paths to all tags, each multiplied by its tag's factor, into one list of the best. Each list is sorted, so that
 * only the first path of each that is left needs to be compared. Among equals, the path from the lower tag comes first.
 */
function bestOf(lists: readonly Paths[], factorOf: (tag: number) => number, count: number): Paths {
  const factors = lists.map((_, tag) => factorOf(tag));
  const heads = new PathHeap(lists, factors);
  const total = lists.reduce((sum, { scores }, tag) => sum + (at(factors, tag) === 0 ? 0 : scores.length), 0);
  const most = Math.min(count, total);
  const scores = new Float64Array(most);
  const tags = new Int32Array(most);
  const ranks = new Int32Array(most);
  let size = 0;
  for (let best = heads.best(); best && size < most; best = heads.best()) {
    scores[size] = best.score;
    tags[size] = best.tag;
    ranks[size++] = best.rank;
    heads.removeBest();
  }
  return { scores: scores.subarray(0, size), tags: tags.subarray(0, size), ranks: ranks.subarray(0, size) };
}

interface PathHead {
  readonly tag: number;
  rank: number;
  score: number;
}

/** A binary heap of the best path of each list that is left. */
class PathHeap {
  readonly #lists: readonly Paths[];
  readonly #factors: readonly number[];
  readonly #heads: PathHead[] = [];

  constructor(lists: readonly Paths[], factors: readonly number[]) {
    this.#lists = lists;
    this.#factors = factors;
    for (const tag of lists.keys()) {
      const score = this.#scoreOf(tag, 0);
      if (score > 0) this.#heads.push({ tag, rank: 0, score });
    }
    for (let place = (this.#heads.length >> 1) - 1; place >= 0; place--) this.#sink(place);
  }

  best(): PathHead | undefined {
    return this.#heads[0];
  }

  /** Takes the best path out; the next one of its list comes in. */
  removeBest(): void {
    const best = at(this.#heads, 0);
    best.rank++;
    best.score = this.#scoreOf(best.tag, best.rank);
    if (best.score === 0) {
      const last = this.#heads.pop();
      if (last && last !== best) this.#heads[0] = last;
    }
    this.#sink(0);
  }

  /** Returns the score of a path; 0 if the list has no such path. */
  #scoreOf(tag: number, rank: number): number {
    return (at(this.#lists, tag).scores[rank] ?? 0) * at(this.#factors, tag);
  }

  /** Moves a head down, until none below it is better. */
  #sink(from: number): void {
    const heads = this.#heads;
    const head = heads[from];
    if (!head) return;
    let place = from;
    for (let child = 2 * place + 1; child < heads.length; child = 2 * place + 1) {
      const [left, right] = [at(heads, child), heads[child + 1]];
      const better = right && isBetter(right, left) ? right : left;
      if (!isBetter(better, head)) break;
      heads[place] = better;
      place = better === left ? child : child + 1;
    }
    heads[place] = head;
  }
}

function isBetter(one: PathHead, other: PathHead): boolean {
  return one.score > other.score || (one.score === other.score && one.tag < other.tag);
}

/** Returns the probability of a sequence of tags among all that are allowed, from 0 to 1. */
function probabilityOfPath(table: PathTable, tags: Int32Array): number {
  let probability = table.start(at(tags, 0));
  for (let t = 0; t < tags.length; t++) {
    const tag = at(tags, t);
    if (t > 0) probability *= table.transition(at(tags, t - 1), tag);
    probability *= table.emission(t, tag);
  }
  return Math.min(1, probability * table.end(at(tags, tags.length - 1)));
}

/** Divides scores by the largest, so that those of long sentences do not vanish. */
function rescale(lists: readonly Paths[]): void {
  const largest = lists.reduce((most, { scores }) => Math.max(most, scores[0] ?? 0), 0);
  if (largest === 0) return;
  for (const { scores } of lists) for (const [rank, score] of scores.entries()) scores[rank] = score / largest;
}
