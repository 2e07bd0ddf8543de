import { epochScoresOf } from '../evaluation/score-tagger.js';
import { deviationOf, meanOf } from '../evaluation/spread.js';
import type { EpochScores } from '../model/model.js';
import type { Measure } from '../text/measure.js';
import type { Run } from '../training/state.js';
import { MEASURE_NAMES } from './history-text.js';
import { meanText, percent } from './numbers.js';
import type { ReportTable, Section } from './report-structure.js';
import { sectionText } from './table.js';

/** Several trainings with different seeds. */
export interface Runs {
  /** The runs that ended, in the order of their seeds. Either all have test scores or none. */
  readonly runs: readonly Run[];
  /** Number of runs that were asked for. */
  readonly count: number;
  /** The run whose model was kept. */
  readonly kept: Run;
}

const RATES = ['precision', 'recall', 'f1', 'accuracy'] as const;

/** Returns a table with a row for each run, and below it rows for mean and deviation, as text. */
export function runsReport(runs: Runs, measure: Measure): string {
  const summary = [
    summaryRow('mean', runs, (scores) => percent(meanOf(scores)), measure),
    summaryRow('deviation', runs, (scores) => percent(deviationOf(scores)), measure),
  ];
  return sectionText({ table: tableOf(runs, summary, measure), notes: notesOf(runs) });
}

/** Returns a section with a row for each run, and below it one for mean and deviation. */
export function runsSection(runs: Runs, measure: Measure): Section {
  const summary = [
    summaryRow('mean ± deviation', runs, (scores) => meanText(meanOf(scores), deviationOf(scores)), measure),
  ];
  return { title: 'Runs', table: tableOf(runs, summary, measure), notes: notesOf(runs) };
}

/** @param summary rows about all runs, which are left out if there are fewer than two of them */
function tableOf({ runs, kept }: Runs, summary: readonly (readonly string[])[], measure: Measure): ReportTable {
  const names = scoresByCorpus(runs).map(([corpus]) => `${corpus} ${MEASURE_NAMES[measure]}`);
  const rows = runs.map((run) => [
    `seed ${run.seed}`,
    ...[run.dev, run.test].flatMap((scores) => (scores ? [percent(scores[measure])] : [])),
    `${run.bestEpoch} of ${run.epochs}`,
    run.seed === kept.seed ? 'kept' : '',
  ]);
  return { head: ['run', ...names, 'best epoch', ''], rows: [...rows, ...(runs.length > 1 ? summary : [])] };
}

function summaryRow(
  title: string,
  { runs }: Runs,
  summarize: (scores: readonly number[]) => string,
  measure: Measure,
): string[] {
  const cells = scoresByCorpus(runs).map(([, scores]) => summarize(scores.map((rates) => rates[measure])));
  return [title, ...cells, '', ''];
}

function notesOf({ runs: { length }, count }: Runs): string[] {
  if (length < 2) return [`${length} of ${count} runs ended: there is no deviation.`];
  return length < count ? [`${length} of ${count} runs ended: mean and deviation are theirs.`] : [];
}

/** Returns runs, mean and, if there are two runs or more, deviation for JSON output. */
export function runsJson({ runs, kept }: Runs): object {
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
    ...(runs.length > 1 && { deviation: summary(deviationOf) }),
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
