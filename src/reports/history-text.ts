import type { History } from '../model/model.js';
import type { Measure } from '../text/measure.js';
import { percent } from './numbers.js';

/** Minimum number of epochs for a chart. */
const FEWEST_EPOCHS = 3;
/** Maximum width of a chart in columns. */
const WIDEST = 72;
const HEIGHT = 6;

/** The names of measures in reports. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = { f1: 'F1', accuracy: 'accuracy' };

/** Returns charts of the loss and the dev score by epoch for a terminal, or nothing if there are too few epochs. */
export function historyText({ epochs }: Pick<History, 'epochs'>, measure: Measure, columns: number): string {
  if (epochs.length < FEWEST_EPOCHS) return '';
  const common = { width: Math.min(columns - 1, WIDEST), height: HEIGHT };
  const span = `epochs 1 to ${epochs.length}`;
  const loss = chartText(
    epochs.map((epoch) => epoch.loss),
    { ...common, title: `loss, ${span}`, format: (value) => value.toFixed(3) },
  );
  const scores = chartText(
    epochs.map(({ dev }) => dev[measure]),
    { ...common, title: `dev ${MEASURE_NAMES[measure]}, ${span}`, format: percent },
  );
  return `${loss}${scores}`;
}

/** The look of a chart. */
export interface ChartTextStyle {
  readonly title: string;
  /** Number of columns, including labels. */
  readonly width: number;
  /** Number of lines, without the title. */
  readonly height: number;
  /** Formats a value of the vertical axis. */
  readonly format: (value: number) => string;
}

/**
 * Draws a line chart in characters for a terminal, with the values from left to right over the whole width. Returns
 * nothing if there are no values or if one is not finite.
 */
export function chartText(values: readonly number[], { title, width, height, format }: ChartTextStyle): string {
  if (values.length === 0 || values.some((value) => !Number.isFinite(value))) return '';
  const [high, low] = [Math.max(...values), Math.min(...values)];
  const [highLabel, lowLabel] = [format(high), format(low)];
  const margin = Math.max(highLabel.length, lowLabel.length);
  const columns = Math.max(2, width - margin - 2);
  const rowOf = (value: number): number =>
    high === low ? height - 1 : Math.round(((high - value) / (high - low)) * (height - 1));
  const rows = Array.from({ length: columns }, (_, column) => rowOf(interpolate(values, column / (columns - 1))));
  const grid = Array.from({ length: height }, () => new Array<string>(columns).fill(' '));
  const put = (row: number, column: number, character: string): void => {
    const line = grid[row];
    if (line) line[column] = character;
  };
  for (const [column, row] of rows.entries()) {
    const before = rows[column - 1] ?? row;
    if (before === row) {
      put(row, column, '─');
      continue;
    }
    put(before, column, before > row ? '╯' : '╮');
    put(row, column, before > row ? '╭' : '╰');
    for (let between = Math.min(before, row) + 1; between < Math.max(before, row); between++) put(between, column, '│');
  }
  const lines = grid.map((line, row) => {
    const label = row === 0 ? highLabel : row === height - 1 ? lowLabel : '';
    return `${label.padStart(margin)} ┤${line.join('').trimEnd()}`;
  });
  return `${title}\n${lines.join('\n')}\n`;
}

/** @param position from 0, the first value, to 1, the last one */
function interpolate(values: readonly number[], position: number): number {
  const exact = position * (values.length - 1);
  const left = Math.floor(exact);
  const [from = Number.NaN, to = from] = values.slice(left, left + 2);
  return from + (exact - left) * (to - from);
}
