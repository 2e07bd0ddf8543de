import type { Step } from './steps-file.js';

/**
 * Returns the number of tokens at which a run reaches an F1 and does not fall below it at the next step, between steps by a straight
 * line; undefined if it does not.
 */
export function tokensToReach(steps: readonly Pick<Step, 'tokens' | 'f1'>[], f1: number): number | undefined {
  const index = steps.findIndex((step, place) => step.f1 >= f1 && (steps[place + 1]?.f1 ?? f1) >= f1);
  const [before, at] = [steps[index - 1], steps[index]];
  if (!at) return undefined;
  if (!before || before.f1 >= f1) return at.tokens;
  return before.tokens + ((f1 - before.f1) / (at.f1 - before.f1)) * (at.tokens - before.tokens);
}

/** What the orders need to reach a part of the F1 of all the data, as means over seeds. */
export interface Comparison {
  readonly corpus: string;
  /** The F1 of all the data, as a fraction of 1. */
  readonly full: number;
  readonly uncertain: number | undefined;
  readonly random: number | undefined;
  /** The tokens of `uncertain` as a part of those of `random`. */
  readonly ratio: number | undefined;
}

/** @param runs the steps of each seed */
export function compare(
  corpus: string,
  full: number,
  part: number,
  runs: Readonly<Record<'uncertain' | 'random', readonly (readonly Step[])[]>>,
): Comparison {
  const [uncertain, random] = [runs.uncertain, runs.random].map((of) =>
    meanOf(of.map((steps) => tokensToReach(steps, part * full))),
  );
  const ratio = uncertain === undefined || random === undefined ? undefined : uncertain / random;
  return { corpus, full, uncertain, random, ratio };
}

/** Returns the mean; undefined if there is no value, or one is missing. */
export function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0 || known.length < values.length) return undefined;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
