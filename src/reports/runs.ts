import { epochScoresOf } from '../evaluation/score-tagger.js';
import type { Scores } from '../evaluation/scores.js';
import { deviationOf, meanOf } from '../evaluation/spread.js';
import type { EpochScores } from '../model/model.js';
import type { Measure } from '../text/measure.js';
import { MEASURE_NAMES } from './history-text.js';
import { percent, textTable } from './text.js';

/** One of several models that were trained from different seeds. */
export interface Run {
  readonly seed: number;
  /** Number of epochs that came to their end. */
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly dev: Scores;
  readonly test: Scores | undefined;
}

const RATES = ['precision', 'recall', 'f1', 'accuracy'] as const;

/** Writes a line for each run, then their mean and deviation; all have a test or none. */
export function runsReport(runs: readonly Run[], kept: Run, measure: Measure): string {
  const name = MEASURE_NAMES[measure];
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

/** Returns the scores of all runs, with their mean and deviation, for programs to parse; fractions of 1. */
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
      return { seed, epochs, bestEpoch, dev: epochScoresOf(dev), test: test && epochScoresOf(test) };
    }),
  };
}

/** Returns the scores of all runs on dev, and on test if there is one. */
function partsOf(runs: readonly Run[]): (readonly [string, readonly EpochScores[]])[] {
  const tests = runs.flatMap(({ test }) => (test ? [test] : []));
  const dev = ['dev', runs.map((run) => run.dev)] as const;
  return tests.length > 0 ? [dev, ['test', tests]] : [dev];
}
