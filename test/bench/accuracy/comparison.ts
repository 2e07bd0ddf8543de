import { fixed, type Grid, yesOrNo } from './grid.js';
import type { CorpusVerdict, Summary, Verdict } from './summary.js';

/** The presets beside what they have to reach, a line a corpus. */
export function verdictGrid(verdicts: readonly CorpusVerdict[]): Grid {
  return {
    title: 'Presets on test, entity F1 (token accuracy where marked), mean of the seeds',
    head: [
      ':corpus',
      'CRFsuite',
      ':by',
      'default',
      'must be',
      ':reached',
      ':beats it',
      'accurate',
      'must be',
      ':reached',
      'default s',
      'L-BFGS s',
      ':quicker',
    ],
    rows: verdicts.map((verdict) => [
      nameOf(verdict),
      fixed(verdict.crfsuite?.test, 2),
      verdict.crfsuite?.contestant.replace('crfsuite-', '') ?? '',
      ...presetCells(verdict.default),
      yesOrNo(verdict.isBetter),
      ...presetCells(verdict.accurate),
      fixed(verdict.default?.summary.seconds),
      fixed(verdict.lbfgsSeconds),
      yesOrNo(verdict.isQuicker),
    ]),
  };
}

function presetCells(verdict: Verdict | undefined): [score: string, atLeast: string, isReached: string] {
  return [verdict ? scoreOf(verdict.summary) : '', fixed(verdict?.atLeast, 2), yesOrNo(verdict?.isReached)];
}

/** Everybody's scores and costs, a line for each contestant on each corpus. */
export function contestantGrid(summaries: readonly Summary[]): Grid {
  return {
    title: 'All contestants, means of seeds and splits; processor seconds are those of all threads',
    head: [':corpus', ':contestant', 'runs', 'dev', 'test', 's', 'processor s', 'tokens/s', 'MB', ':note'],
    rows: summaries.map((summary) => [
      nameOf(summary),
      summary.contestant,
      `${summary.runs}/${summary.wanted}`,
      fixed(summary.dev, 2),
      scoreOf(summary),
      fixed(summary.seconds),
      fixed(summary.cpuSeconds),
      fixed(summary.tokensPerSecond, 0),
      fixed(summary.residentMegabytes, 0),
      summary.failures.map((failure) => failure.split('\n')[0]).join('; '),
    ]),
  };
}

function nameOf({ corpus, measure }: Pick<Summary, 'corpus' | 'measure'>): string {
  return measure === 'accuracy' ? `${corpus} (accuracy)` : corpus;
}

/** The score with its deviation over seeds, and how many runs stand for it where some are missing. */
function scoreOf({ test, deviation, runs, wanted }: Summary): string {
  const missing = runs < wanted && runs > 0 ? ` (${runs}/${wanted})` : '';
  return `${fixed(test, 2)}${deviation === undefined ? '' : ` ± ${fixed(deviation, 2)}`}${missing}`;
}
