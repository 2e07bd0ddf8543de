import { integerAt } from '../numerics/at.js';
import type { Address, Kernels } from '../numerics/kernels.js';

/**
 * The layout of sentences' tokens in memory, time-major and without padding. The longest sentence comes first, so that
 * the tokens of step t, one of each sentence longer than t, are the rows start[t] to start[t + 1] - 1, and row b of a
 * step belongs to the same sentence as row b of every other step.
 */
export interface Steps {
  /** T, the length of the longest sentence. */
  readonly T: number;
  /** N, the number of tokens. */
  readonly N: number;
  /** (T + 1), whole numbers */
  readonly start: Address;
}

/** The direction in which sentences are read. */
export type ReadingDirection = 'forward' | 'backward';

/** The rows of one step, and those of the previous step in the order of reading. */
export interface Step {
  /** The first row of the step. */
  row: number;
  /** The number of its rows. */
  rows: number;
  /** The first row of the previous step. */
  before: number;
  /** The number of rows, the first ones of the step, that have a row in the previous step. */
  beforeRows: number;
}

/**
 * Visits the steps in the order of reading, or in reverse.
 *
 * @param visit called with the same object every time
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
