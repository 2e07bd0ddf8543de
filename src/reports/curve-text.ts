/** How a curve is drawn. */
export interface CurveStyle {
  readonly title: string;
  /** Columns in all, labels included. */
  readonly width: number;
  /** Lines of the curve itself. */
  readonly height: number;
  /** A value beside the axis. */
  readonly format: (value: number) => string;
}

/** A curve in characters, for a terminal: values from left to right, the largest on top, spread over the width. */
export function curveText(values: readonly number[], { title, width, height, format }: CurveStyle): string {
  if (values.length === 0 || values.some((value) => !Number.isFinite(value))) return '';
  const [high, low] = [Math.max(...values), Math.min(...values)];
  const labels = Array.from({ length: height }, (_, row) => {
    const isShown = row === 0 || row === height - 1;
    return isShown ? format(row === 0 ? high : low) : '';
  });
  const margin = Math.max(...labels.map((label) => label.length));
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
  const lines = grid.map((line, row) => `${(labels[row] as string).padStart(margin)} ┤${line.join('').trimEnd()}`);
  return `${title}\n${lines.join('\n')}\n`;
}

/** @param position from 0, the first value, to 1, the last one */
function interpolate(values: readonly number[], position: number): number {
  const exact = position * (values.length - 1);
  const left = Math.floor(exact);
  const from = values[left] as number;
  const to = values[Math.min(left + 1, values.length - 1)] as number;
  return from + (exact - left) * (to - from);
}
