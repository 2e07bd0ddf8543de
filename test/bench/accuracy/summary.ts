import type { AccuracyCorpus, Target } from './corpora.js';
import type { Measurement } from './results.js';
import type { Entry } from './run.js';

/** What one contestant reached on one corpus. */
export interface Summary {
  readonly corpus: string;
  readonly contestant: string;
  readonly measure: AccuracyCorpus['measure'];
  /** Runs that were measured, and that there should be. */
  readonly runs: number;
  readonly wanted: number;
  /** Whether none is left to run. */
  readonly isDone: boolean;
  /** Means over seeds and splits; scores in percent. Undefined where nothing was measured. */
  readonly dev: number | undefined;
  readonly test: number | undefined;
  /** Standard deviation of the seeds' scores on test (n - 1), each the mean of its splits; undefined below two seeds. */
  readonly deviation: number | undefined;
  readonly seconds: number | undefined;
  readonly cpuSeconds: number | undefined;
  readonly tokensPerSecond: number | undefined;
  /** The most of all runs. */
  readonly residentMegabytes: number | undefined;
  /** What the runs that failed said, each once. */
  readonly failures: readonly string[];
}

export function summarise({ corpus, contestant, results }: Entry): Summary {
  const measured = results.map((result) => (result && 'measured' in result ? result.measured : undefined));
  const present = measured.filter((measurement) => measurement !== undefined);
  const meanOf = (read: (measurement: Measurement) => number | undefined): number | undefined =>
    mean(present.map(read).filter((value) => value !== undefined));
  const failures = results.flatMap((result) => (result && 'failed' in result ? [result.failed] : []));
  return {
    corpus: corpus.name,
    contestant: contestant.name,
    measure: corpus.measure,
    runs: present.length,
    wanted: results.length,
    isDone: results.every((result) => result !== undefined),
    dev: meanOf(({ dev }) => dev),
    test: meanOf(({ test }) => test),
    deviation: deviation(testBySeed(measured, corpus.splits.length)),
    seconds: meanOf(({ seconds }) => seconds),
    cpuSeconds: meanOf(({ cpuSeconds }) => cpuSeconds),
    tokensPerSecond: meanOf(({ tokensPerSecond }) => tokensPerSecond),
    residentMegabytes: present.length > 0 ? Math.max(...present.map((run) => run.residentMegabytes)) : undefined,
    failures: [...new Set(failures)],
  };
}

/** The score on test of each seed whose splits are all there. */
function testBySeed(measured: readonly (Measurement | undefined)[], splits: number): number[] {
  const scores: number[] = [];
  for (let first = 0; first < measured.length; first += splits) {
    const ofSeed = measured.slice(first, first + splits).map((measurement) => measurement?.test);
    const known = ofSeed.filter((score) => score !== undefined);
    if (known.length === splits) scores.push(mean(known) as number);
  }
  return scores;
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined;
  const centre = mean(values) as number;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** A preset's score beside what it has to be. */
export interface Verdict {
  readonly summary: Summary;
  /** In percent; undefined where it depends on CRFsuite and that has not run whole. */
  readonly atLeast: number | undefined;
  /** Undefined where runs are missing. */
  readonly isReached: boolean | undefined;
}

/** A line of the table that a release answers for. */
export interface CorpusVerdict {
  readonly corpus: string;
  readonly measure: AccuracyCorpus['measure'];
  /** CRFsuite with the algorithm that is better on test; undefined until each has run or failed. */
  readonly crfsuite: Summary | undefined;
  readonly lbfgsSeconds: number | undefined;
  readonly default: Verdict | undefined;
  readonly accurate: Verdict | undefined;
  /** Whether the default is better than CRFsuite's best, and quicker than its L-BFGS. */
  readonly isBetter: boolean | undefined;
  readonly isQuicker: boolean | undefined;
}

/** Weighs the presets on a corpus against their targets and CRFsuite. */
export function judge(corpus: AccuracyCorpus, summaries: readonly Summary[]): CorpusVerdict {
  const ofCorpus = summaries.filter((summary) => summary.corpus === corpus.name);
  const find = (contestant: string): Summary | undefined =>
    ofCorpus.find((summary) => summary.contestant === contestant && summary.runs > 0);
  const rivals = ofCorpus.filter(({ contestant }) => contestant.startsWith('crfsuite-'));
  const [best] = rivals.filter(isWhole).sort((a, b) => (b.test ?? 0) - (a.test ?? 0));
  const crfsuite = rivals.every(({ isDone }) => isDone) ? best : undefined;
  const lbfgsSeconds = find('crfsuite-lbfgs')?.seconds;
  const ours = find('default');
  const verdictOn = (name: 'default' | 'accurate'): Verdict | undefined => {
    const summary = find(name);
    return summary && verdict(summary, floorOf(corpus.targets[name], crfsuite));
  };
  return {
    corpus: corpus.name,
    measure: corpus.measure,
    crfsuite,
    lbfgsSeconds,
    default: verdictOn('default'),
    accurate: verdictOn('accurate'),
    isBetter: isAbove(ours?.test, crfsuite?.test),
    isQuicker: isAbove(lbfgsSeconds, ours?.seconds),
  };
}

/** Whether nothing that is known falls short. */
export function isGood({ default: ours, accurate, isBetter, isQuicker }: CorpusVerdict): boolean {
  return [ours?.isReached, accurate?.isReached, isBetter, isQuicker].every((reached) => reached !== false);
}

function isWhole({ runs, wanted }: Summary): boolean {
  return runs === wanted;
}

function floorOf(target: Target, crfsuite: Summary | undefined): number | undefined {
  if ('atLeast' in target) return target.atLeast;
  return crfsuite?.test === undefined ? undefined : crfsuite.test + target.aboveCrfsuite;
}

function verdict(summary: Summary, atLeast: number | undefined): Verdict {
  const isKnown = isWhole(summary) && summary.test !== undefined && atLeast !== undefined;
  return { summary, atLeast, isReached: isKnown ? (summary.test as number) >= (atLeast as number) : undefined };
}

function isAbove(value: number | undefined, other: number | undefined): boolean | undefined {
  return value === undefined || other === undefined ? undefined : value > other;
}
