import type { Random } from '../numerics/random.js';
import { at } from '../text/at.js';
import type { AnnotatedSentence } from './annotations.js';
import { RESAMPLES, resample } from './bootstrap.js';

/** The number that stands for tokens in no span. */
export const NO_LABEL = 0;

/** What annotators say of tokens, and how often, in the corpus and in samples of it. */
export interface PatternCounts {
  /** (patterns, annotators): numbers of labels */
  readonly patterns: readonly (readonly number[])[];
  /** (patterns): the number of tokens of each */
  readonly totals: Float64Array;
  /** (samples, patterns): the same in bootstrap samples, each of as many sentences as there are */
  readonly samples: readonly Float64Array[];
}

/** Sentences in which each pattern is as frequent as in the others. */
interface SentenceKind {
  /** Pattern and count, one after the other. */
  readonly counts: readonly number[];
  size: number;
}

/**
 * Counts what annotators say of tokens whose tags all of them know.
 *
 * @param labels the number of each label, from 1
 */
export function countPatterns(
  sentences: readonly AnnotatedSentence[],
  labels: ReadonlyMap<string, number>,
  random: Random,
): PatternCounts {
  const numbers = new Map<string, number>();
  const patterns: number[][] = [];
  const kinds = new Map<string, SentenceKind>();
  for (const { sentence, spans, isUnknown } of sentences) {
    const columns = spans.map((own) => {
      const column = new Array<number>(sentence.tokens.length).fill(NO_LABEL);
      for (const { label, start, end } of own) column.fill(labels.get(label) ?? NO_LABEL, start, end);
      return column;
    });
    const counts = new Map<number, number>();
    for (const [t] of sentence.tokens.entries()) {
      if (isUnknown[t]) continue;
      const pattern = columns.map((column) => at(column, t));
      const key = pattern.join(' ');
      const number = numbers.get(key) ?? patterns.push(pattern) - 1;
      numbers.set(key, number);
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    const key = [...counts].sort(([a], [b]) => a - b).flat();
    const kind = kinds.get(key.join(' '));
    if (kind) kind.size++;
    else kinds.set(key.join(' '), { counts: key, size: 1 });
  }
  const sorted = [...kinds.values()].sort((a, b) => b.size - a.size);
  const totals = new Float64Array(patterns.length);
  for (const { counts, size } of sorted) addCounts(totals, counts, size);
  const samples = Array.from({ length: RESAMPLES }, () => {
    const sample = new Float64Array(patterns.length);
    resample(sorted, random, ({ counts }, drawn) => addCounts(sample, counts, drawn));
    return sample;
  });
  return { patterns, totals, samples };
}

function addCounts(sums: Float64Array, counts: readonly number[], times: number): void {
  for (let place = 0; place < counts.length; place += 2) {
    const pattern = at(counts, place);
    sums[pattern] = at(sums, pattern) + times * at(counts, place + 1);
  }
}
