import { columnsOf, shortened, wrapLine } from '../lines.js';
import { textTable } from '../table.js';
import { shadeLegend, shadeOf } from './shades.js';

/** The least share of a row's largest number for each shade but the lightest. */
const SHARES = [0.001, 0.01, 0.1, 0.5];

/** The longest name of a row, in columns. */
const LONGEST_NAME = 12;

/**
 * Draws how far the error of each word reaches: a row a loss, a column a step, each cell shaded by its share of the largest
 * in its row.
 *
 * @param reach (T, T): `reach[t][s]` is the norm of the gradient of word t's loss by the state at step s
 * @param hasCellState true if a cell state carries errors beside the hidden state
 */
export function reachText(
  tokens: readonly { readonly text: string }[],
  reach: readonly (readonly number[])[],
  columns: number,
  hasCellState: boolean,
): string {
  const lines = [
    'Back-propagation through time: how much of the error of each word (row) reaches the state at each step (column)',
    `Shares of the largest in the row: ${shadeLegend(SHARES)}`,
    ...(hasCellState ? ['Only what h carries; the cell state of an LSTM carries more.'] : []),
  ];
  return (
    lines.map((line) => `${wrapLine(line, columns)}\n`).join('') + drawing(tokens, reach, columns) + farText(reach)
  );
}

function drawing(
  tokens: readonly { readonly text: string }[],
  reach: readonly (readonly number[])[],
  columns: number,
): string {
  const T = tokens.length;
  const numberWidth = `${T}`.length;
  const names = tokens.map(({ text }) => shortened(text, LONGEST_NAME));
  const nameWidth = Math.max(...names.map(columnsOf));
  const room = columns - numberWidth - nameWidth - 6;
  const cellWidth = room >= T * (numberWidth + 1) ? numberWidth + 1 : 1;
  const perBlock = Math.max(1, Math.floor(room / cellWidth));
  const blocks: string[] = [];
  for (let from = 0; from < T; from += perBlock) {
    const to = Math.min(T, from + perBlock);
    const head = Array.from({ length: to - from }, (_, s) =>
      cellWidth > 1 ? `${from + s + 1}`.padStart(cellWidth) : `${(from + s + 1) % 10}`,
    ).join('');
    const margin = ' '.repeat(numberWidth + nameWidth + 4);
    const rows = names.map((name, t) => {
      const own = reach[t] ?? [];
      const largest = Math.max(...own);
      const cells = own
        .slice(from, to)
        .map((norm) => shadeOf(largest > 0 ? norm / largest : 0, SHARES).repeat(cellWidth));
      const padding = ' '.repeat(nameWidth - columnsOf(name));
      return `${`${t + 1}`.padStart(numberWidth)}  ${name}${padding} |${cells.join('')}|\n`;
    });
    blocks.push(`${margin}${head}\n${rows.join('')}`);
  }
  return blocks.join('\n');
}

/** The largest distance that is told. */
const FARTHEST = 6;

/** Tells the mean share of an error that is left at each distance before its word. */
function farText(reach: readonly (readonly number[])[]): string {
  const distances = Array.from({ length: Math.min(reach.length - 1, FARTHEST) }, (_, index) => index + 1);
  const means = distances.map((distance) => {
    const shares = reach.flatMap((row, t) => {
      const own = row[t] ?? 0;
      const far = row[t - distance];
      return far === undefined || own === 0 ? [] : [far / own];
    });
    return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  });
  if (means.length === 0) return '';
  const rows = [['norm over own', ...means.map((mean) => shareText(mean))]];
  return textTable(['words back', ...distances.map(String)], rows);
}

function shareText(share: number): string {
  return share >= 0.0005 || share === 0 ? share.toFixed(3) : share.toExponential(0);
}
