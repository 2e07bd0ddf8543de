import type { Scores } from '../evaluation/scores.js';
import { deviationOf, meanOf } from '../evaluation/spread.js';
import { percent, textTable } from './text.js';

/** One of several models that were trained from different seeds. */
interface Run {
  readonly seed: number;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly dev: Scores;
  readonly test: Scores | undefined;
}

const RATES = ['precision', 'recall', 'f1', 'accuracy'] as const;

type Rates = Readonly<Record<(typeof RATES)[number], number>>;

/** What others may parse of scores, fractions of 1. */
export function ratesOf({ precision, recall, f1, accuracy }: Rates): Rates {
  return { precision, recall, f1, accuracy };
}

/** A line a run, then their mean and deviation; all have a test or none. */
export function runsReport(runs: readonly Run[], kept: Run, measure: 'f1' | 'accuracy'): string {
  const name = measure === 'f1' ? 'F1' : 'accuracy';
  const parts = partsOf(runs);
  const row = (title: string, figure: (scores: readonly number[]) => number): string[] => [
    title,
    ...parts.map(([, scores]) => percent(figure(scores.map((rates) => rates[measure])))),
  ];
  return textTable(
    ['run', ...parts.map(([part]) => `${part} ${name}`), 'best epoch', ''],
    [
      ...runs.map((run, index) => [
        ...row(`seed ${run.seed}`, (figures) => figures[index] as number),
        `${run.bestEpoch} of ${run.epochs}`,
        run === kept ? 'kept' : '',
      ]),
      [...row('mean', meanOf), '', ''],
      [...row('deviation', deviationOf), '', ''],
    ],
  );
}

/** The same for others to parse. */
export function runsJson(runs: readonly Run[], kept: Run): object {
  const each = (figure: (figures: readonly number[]) => number): object =>
    Object.fromEntries(
      partsOf(runs).map(([part, scores]) => [
        part,
        Object.fromEntries(RATES.map((rate) => [rate, figure(scores.map((rates) => rates[rate]))])),
      ]),
    );
  return {
    seed: kept.seed,
    mean: each(meanOf),
    deviation: each(deviationOf),
    runs: runs.map(({ seed, epochs, bestEpoch, dev, test }) => {
      return { seed, epochs, bestEpoch, dev: ratesOf(dev), test: test && ratesOf(test) };
    }),
  };
}

/** The scores of all runs on dev, and on test where there is one. */
function partsOf(runs: readonly Run[]): (readonly [string, readonly Rates[]])[] {
  const tests = runs.flatMap(({ test }) => (test ? [test] : []));
  const dev = ['dev', runs.map((run) => run.dev)] as const;
  return tests.length > 0 ? [dev, ['test', tests]] : [dev];
}
