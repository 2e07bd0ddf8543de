import { integerAt } from '../numerics/at.js';
import type { Address, Kernels } from '../numerics/kernels.js';

/**
 * How the tokens of some sentences lie in memory: time-major and without padding. Sentences stand longest first, so
 * that the tokens of step t, one of each sentence that is still going on, are the rows start[t] to start[t + 1] - 1,
 * and row b of a step follows row b of the step before.
 */
export interface Steps {
  /** T, the length of the longest sentence. */
  readonly T: number;
  /** N, the number of tokens. */
  readonly N: number;
  /** (T + 1), whole numbers */
  readonly start: Address;
}

/** Which way sentences are read. */
export type ReadingDirection = 'forward' | 'backward';

/** The rows of one step, and which rows the recurrence comes from. */
export interface Step {
  /** First row of the step. */
  row: number;
  /** Number of rows. */
  rows: number;
  /** First row of the step that was read before this one. */
  before: number;
  /** How many of the rows, the first ones, have a row there. */
  beforeRows: number;
}

/**
 * Walks the steps in the order of reading, or against it.
 *
 * @param visit is handed one object again and again
 */
export function walkSteps(
  kernels: Kernels,
  { T, start }: Steps,
  direction: ReadingDirection,
  order: 'reading' | 'reverse',
  visit: (step: Step) => void,
): void {
  const { integers } = kernels;
  const step: Step = { row: 0, rows: 0, before: 0, beforeRows: 0 };
  const ascending = (direction === 'forward') === (order === 'reading');
  for (let index = 0; index < T; index++) {
    const t = ascending ? index : T - 1 - index;
    const earlier = direction === 'forward' ? t - 1 : t + 1;
    step.row = integerAt(integers, start + t);
    step.rows = integerAt(integers, start + t + 1) - step.row;
    const exists = earlier >= 0 && earlier < T;
    step.before = exists ? integerAt(integers, start + earlier) : step.row;
    const rowsThere = exists ? integerAt(integers, start + earlier + 1) - step.before : 0;
    step.beforeRows = Math.min(step.rows, rowsThere);
    visit(step);
  }
}
