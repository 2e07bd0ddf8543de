import { at } from '../numerics/at.js';
import type { Random } from '../numerics/random.js';
import type { Sentence } from '../text/sentence.js';
import { FEWEST_TO_HOLD_OUT } from './subsets.js';

/** A corpus divided into parts of about equal size. */
export interface Folds {
  readonly count: number;
  /** The number of each sentence's fold, from 0. */
  readonly of: readonly number[];
  readonly unit: 'documents' | 'sentences';
}

/** A fold of whole documents may have so many times its share of the tokens; beyond it sentences are drawn. */
const LARGEST_SHARE = 2;

/**
 * Divides a corpus into folds of about as many tokens each: whole documents if there are ten or more and their sizes allow it,
 * else sentences, of which equal ones stay together.
 *
 * @param count the number of folds; there are fewer if the corpus has fewer different sentences
 */
export function divideIntoFolds(sentences: readonly Sentence[], count: number, random: Random): Folds {
  const documents = sentences.map(({ document }) => document);
  if (new Set(documents).size >= Math.max(FEWEST_TO_HOLD_OUT, count)) {
    const { of, sizes } = divide(sentences, documents, count, random);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (Math.max(...sizes) * count <= LARGEST_SHARE * total) return { count, of, unit: 'documents' };
  }
  const words = sentences.map(({ tokens }) => JSON.stringify(tokens));
  const { of, sizes } = divide(sentences, words, count, random);
  return { count: sizes.length, of, unit: 'sentences' };
}

/** Puts each unit, in random order, into the fold that has the fewest tokens, the first of equals. */
function divide<Unit>(
  sentences: readonly Sentence[],
  units: readonly Unit[],
  count: number,
  random: Random,
): { readonly of: number[]; readonly sizes: readonly number[] } {
  const tokens = new Map<Unit, number>();
  for (const [index, unit] of units.entries())
    tokens.set(unit, (tokens.get(unit) ?? 0) + at(sentences, index).tokens.length);
  const shuffled = [...tokens];
  random.shuffle(shuffled);
  const sizes = new Array<number>(Math.min(count, shuffled.length)).fill(0);
  const foldOf = new Map<Unit, number>();
  for (const [unit, size] of shuffled) {
    const fold = sizes.indexOf(Math.min(...sizes));
    foldOf.set(unit, fold);
    sizes[fold] = at(sizes, fold) + size;
  }
  return { of: units.map((unit) => foldOf.get(unit) ?? 0), sizes };
}
