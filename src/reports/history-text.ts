import type { History } from '../model/model.js';
import type { Measure } from '../text/measure.js';
import { curveText } from './curve-text.js';
import { percent } from './text.js';

/** With fewer epochs there is no curve to be seen. */
const FEWEST_EPOCHS = 3;
/** Columns that a curve fills at most. */
const WIDEST = 72;
const HEIGHT = 6;

/** How people call the measures. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = { f1: 'F1', accuracy: 'accuracy' };

/**
 * The loss and the score on dev, epoch by epoch, as curves for a terminal; nothing where there are too few epochs.
 *
 * @param columns of the terminal
 */
export function historyText({ epochs }: Pick<History, 'epochs'>, measure: Measure, columns: number): string {
  if (epochs.length < FEWEST_EPOCHS) return '';
  const common = { width: Math.min(columns - 1, WIDEST), height: HEIGHT };
  const span = `epochs 1 to ${epochs.length}`;
  const loss = curveText(
    epochs.map((epoch) => epoch.loss),
    { ...common, title: `loss, ${span}`, format: (value) => value.toFixed(3) },
  );
  const scores = curveText(
    epochs.map(({ dev }) => dev[measure]),
    { ...common, title: `dev ${MEASURE_NAMES[measure]}, ${span}`, format: percent },
  );
  return `${loss}${scores}`;
}
