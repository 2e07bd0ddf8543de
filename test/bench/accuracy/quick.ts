import { fixed, type Grid, yesOrNo } from './grid.js';
import type { Summary } from './summary.js';

/** The largest part of the perceptron's time that the fast preset may take. */
const MOST = 0.9;

/** The fast preset beside CRFsuite's quicker algorithm on one corpus; what has not run is undefined. */
export interface QuickVerdict {
  readonly corpus: string;
  readonly fast: Summary | undefined;
  readonly perceptron: Summary | undefined;
  /** The part of the perceptron's wall time that the fast preset takes. */
  readonly time: number | undefined;
  /** Whether it scores as well in less time. */
  readonly isReached: boolean | undefined;
}

export function judgeFast(corpus: string, summaries: readonly Summary[]): QuickVerdict {
  const find = (name: string): Summary | undefined =>
    summaries.find((summary) => summary.corpus === corpus && summary.contestant === name && summary.runs > 0);
  const [fast, perceptron] = [find('fast'), find('crfsuite-averaged-perceptron')];
  if (fast?.seconds === undefined || perceptron?.seconds === undefined)
    return { corpus, fast, perceptron, time: undefined, isReached: undefined };
  const time = fast.seconds / perceptron.seconds;
  return { corpus, fast, perceptron, time, isReached: time <= MOST && (fast.test ?? 0) >= (perceptron.test ?? 0) };
}

export function quickGrid(verdicts: readonly QuickVerdict[]): Grid {
  return {
    title: `The fast preset beside CRFsuite’s perceptron on test: at least its score in ${MOST} of its time`,
    head: [
      ':corpus',
      'fast',
      'perceptron',
      'fast s',
      'perceptron s',
      'of its time',
      'processor s',
      'processor s',
      ':reached',
    ],
    rows: verdicts.map(({ corpus, fast, perceptron, time, isReached }) => [
      corpus,
      fixed(fast?.test, 2),
      fixed(perceptron?.test, 2),
      fixed(fast?.seconds),
      fixed(perceptron?.seconds),
      fixed(time, 2),
      fixed(fast?.cpuSeconds),
      fixed(perceptron?.cpuSeconds),
      yesOrNo(isReached),
    ]),
  };
}
