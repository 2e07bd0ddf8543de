import { epochScoresOf } from '../evaluation/score-tagger.js';
import type { Scores } from '../evaluation/scores.js';
import { deviationOf, meanOf } from '../evaluation/spread.js';
import type { EpochScores } from '../model/model.js';
import type { Measure } from '../text/measure.js';
import { MEASURE_NAMES } from './history-text.js';
import { percent } from './numbers.js';
import { textTable } from './table.js';

/** One of several trainings with different seeds. */
export interface Run {
  readonly seed: number;
  /** Number of epochs that came to their end. */
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly dev: Scores;
  readonly test: Scores | undefined;
}

const RATES = ['precision', 'recall', 'f1', 'accuracy'] as const;

/** Returns a table with a row for each run, and rows for mean and deviation. Either all runs have test scores or none. */
export function runsReport(runs: readonly Run[], kept: Run, measure: Measure): string {
  const name = MEASURE_NAMES[measure];
  const corpora = scoresByCorpus(runs);
  const summary = (title: string, summarize: (scores: readonly number[]) => number): string[] => [
    title,
    ...corpora.map(([, scores]) => percent(summarize(scores.map((rates) => rates[measure])))),
    '',
    '',
  ];
  return textTable(
    ['run', ...corpora.map(([corpus]) => `${corpus} ${name}`), 'best epoch', ''],
    [
      ...runs.map((run) => [
        `seed ${run.seed}`,
        ...[run.dev, run.test].flatMap((scores) => (scores ? [percent(scores[measure])] : [])),
        `${run.bestEpoch} of ${run.epochs}`,
        run === kept ? 'kept' : '',
      ]),
      summary('mean', meanOf),
      summary('deviation', deviationOf),
    ],
  );
}

/** Returns runs, mean and deviation for JSON output. */
export function runsJson(runs: readonly Run[], kept: Run): object {
  const summary = (summarize: (scores: readonly number[]) => number): object =>
    Object.fromEntries(
      scoresByCorpus(runs).map(([corpus, scores]) => [
        corpus,
        Object.fromEntries(RATES.map((rate) => [rate, summarize(scores.map((rates) => rates[rate]))])),
      ]),
    );
  return {
    seed: kept.seed,
    mean: summary(meanOf),
    deviation: summary(deviationOf),
    runs: runs.map(({ seed, epochs, bestEpoch, dev, test }) => {
      return { seed, epochs, bestEpoch, dev: epochScoresOf(dev), test: test && epochScoresOf(test) };
    }),
  };
}

/** Returns the scores of all runs on dev, and on test if there are any. */
function scoresByCorpus(runs: readonly Run[]): [corpus: string, scores: readonly EpochScores[]][] {
  const tests = runs.flatMap(({ test }) => (test ? [test] : []));
  const dev: [string, readonly EpochScores[]] = ['dev', runs.map((run) => run.dev)];
  return tests.length > 0 ? [dev, ['test', tests]] : [dev];
}
