import { at } from '../numerics/at.js';
import type { PathTable } from './span-probability.js';

/** A sequence of tags that a sentence may have. */
export interface Alternative {
  /** (T), the number of each token's tag */
  readonly tags: Int32Array;
  /** The probability of the sequence among all that decoding allows, from 0 to 1. */
  readonly probability: number;
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
  /** (K, count): the score of each path, scaled so that the best of a token has 1; 0 if there is no path. */
  let scores = new Float64Array(K * count);
  /** (T, K, count): the path of the previous token that each continues, as its number among K * count. */
  const origins = new Int32Array(T * K * count);
  for (let tag = 0; tag < K; tag++) scores[tag * count] = table.start(tag) * table.emission(0, tag);
  rescale(scores);
  for (let t = 1; t < T; t++) {
    const next = new Float64Array(K * count);
    for (let to = 0; to < K; to++) {
      const best = insertionList(next, origins, to * count, (t * K + to) * count, count);
      for (let from = 0; from < K; from++) {
        const step = table.transition(from, to) * table.emission(t, to);
        if (step === 0) continue;
        for (let rank = 0; rank < count; rank++)
          if (!best(at(scores, from * count + rank) * step, from * count + rank)) break;
      }
    }
    scores = next;
    rescale(scores);
  }
  const ends = new Float64Array(count);
  const lasts = new Int32Array(count);
  const best = insertionList(ends, lasts, 0, 0, count);
  for (let tag = 0; tag < K; tag++)
    for (let rank = 0; rank < count; rank++)
      if (!best(at(scores, tag * count + rank) * table.end(tag), tag * count + rank)) break;
  const alternatives: Alternative[] = [];
  for (let rank = 0; rank < count && at(ends, rank) > 0; rank++) {
    const tags = new Int32Array(T);
    let path = at(lasts, rank);
    for (let t = T - 1; t >= 0; t--) {
      tags[t] = Math.floor(path / count);
      path = at(origins, t * K * count + path);
    }
    alternatives.push({ tags, probability: probabilityOfPath(table, tags) });
  }
  return alternatives;
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

/**
 * Returns a function that adds a path to a list of the best ones, sorted by score with the earlier of equals first, and
 * tells whether the path was good enough.
 *
 * @param scores the list's scores, `count` numbers from `start` on; 0 for an empty place
 */
function insertionList(
  scores: Float64Array,
  origins: Int32Array,
  start: number,
  originsAt: number,
  count: number,
): (score: number, origin: number) => boolean {
  return (score, origin) => {
    let place = count;
    while (place > 0 && score > at(scores, start + place - 1)) place--;
    if (place === count) return false;
    for (let index = count - 1; index > place; index--) {
      scores[start + index] = at(scores, start + index - 1);
      origins[originsAt + index] = at(origins, originsAt + index - 1);
    }
    scores[start + place] = score;
    origins[originsAt + place] = origin;
    return true;
  };
}

/** Divides scores by the largest, so that those of long sentences do not vanish. */
function rescale(scores: Float64Array): void {
  let largest = 0;
  for (const score of scores) if (score > largest) largest = score;
  if (largest === 0) return;
  scores.forEach((score, index) => {
    scores[index] = score / largest;
  });
}
