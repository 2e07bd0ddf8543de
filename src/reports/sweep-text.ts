import type { EpochScores } from '../model/model.js';
import type { Measure } from '../text/measure.js';
import { MEASURE_NAMES } from './history-text.js';
import { percent } from './numbers.js';
import type { Section } from './report-structure.js';

/** The settings and results of a trial. */
export interface ShownTrial {
  readonly trial: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly failed?: string | undefined;
  readonly bestEpoch?: number | undefined;
  readonly dev?: EpochScores | undefined;
  readonly test?: EpochScores | undefined;
  readonly seconds: number;
}

/** Maximum number of trials shown. */
const MOST = 20;

/** Returns a section with the first of some trials, in the given order. */
export function trialsSection(title: string, trials: readonly ShownTrial[], measure: Measure): Section {
  const shown = trials.slice(0, MOST);
  const names = [...new Set(trials.flatMap(({ settings }) => Object.keys(settings)))];
  const hasTest = shown.some(({ test }) => test);
  const name = MEASURE_NAMES[measure];
  const head = ['trial', ...names, `dev ${name}`, ...(hasTest ? [`test ${name}`] : []), 'epoch', 'seconds'];
  const rows = shown.map(({ trial, settings, dev, test, bestEpoch, seconds }) => [
    String(trial),
    ...names.map((each) => String(settings[each] ?? '')),
    dev ? percent(dev[measure]) : 'failed',
    ...(hasTest ? [test ? percent(test[measure]) : ''] : []),
    String(bestEpoch ?? ''),
    seconds.toFixed(1),
  ]);
  return { title, table: { head, rows }, notes: trials.length > MOST ? [`and ${trials.length - MOST} more`] : [] };
}

/** Describes a trial in one line. */
export function trialLine({ trial, settings, failed, dev, seconds }: ShownTrial, measure: Measure): string {
  const values = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  const score = dev ? `dev ${MEASURE_NAMES[measure]} ${percent(dev[measure])}` : `failed: ${failed}`;
  return `trial ${trial}: ${score}; ${values.join(', ')}; ${seconds.toFixed(1)} s`;
}
