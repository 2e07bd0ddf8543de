import type { History } from '../model/model.js';
import type { Measure } from '../text/measure.js';
import { chartText } from './chart-text.js';
import { percent } from './numbers.js';

/** Minimum number of epochs for a chart. */
const FEWEST_EPOCHS = 3;
/** Maximum width of a chart in columns. */
const WIDEST = 72;
const HEIGHT = 6;

/** The names of measures in reports. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = { f1: 'F1', accuracy: 'accuracy' };

/**
 * Returns charts of the loss and the dev score by epoch for a terminal, or nothing if there are too few epochs.
 *
 * @param columns width of the terminal
 */
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
