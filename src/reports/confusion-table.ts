import type { ConfusionCell } from '../evaluation/confusion.js';
import { counted, grouped } from '../text/counts.js';
import type { ReportTable, Section } from './report-structure.js';

/** Maximum number of labels in the matrix. */
const MOST_LABELS = 24;

/** Maximum number of mistakes in the narrow table. */
const MOST_CELLS = 12;

/** Returns the confusion matrix of labels, and a list of the most frequent mistakes in case the matrix is too wide. */
export function confusionSection(cells: readonly ConfusionCell[], ofSpans: boolean): Section {
  const sizes = labelSizes(cells);
  const frequent = [...sizes].sort(([, a], [, b]) => b - a).map(([label]) => label);
  const labels = frequent.slice(0, MOST_LABELS).sort();
  const left = sizes.size - labels.length;
  return {
    title: 'Confusion',
    table: matrixOf(cells, labels),
    narrow: {
      table: listOf(cells),
      notes: [
        `The most frequent mistakes; reports in Markdown and HTML show the ${left > 0 ? `${labels.length} most frequent labels` : 'whole table'}.`,
      ],
    },
    notes: [
      ofSpans
        ? 'Overlapping entities are paired, whatever their boundaries; missed ones overlap no entity found, spurious ones no gold entity.'
        : 'Rows are gold labels, columns are labels found.',
      ...(left > 0 ? [`${counted(left, 'rarer label')} left out`] : []),
    ],
  };
}

/** Returns how often each label occurs among gold and predicted spans together. */
function labelSizes(cells: readonly ConfusionCell[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { gold, predicted, count } of cells) {
    for (const label of [gold, predicted]) if (label !== undefined) sizes.set(label, (sizes.get(label) ?? 0) + count);
  }
  return sizes;
}

/** Returns the matrix of labels. It has a column for missed and a row for spurious spans only if there are any. */
function matrixOf(cells: readonly ConfusionCell[], labels: readonly string[]): ReportTable {
  const rows: (string | undefined)[] = [...labels];
  const columns: (string | undefined)[] = [...labels];
  if (cells.some(({ gold }) => gold === undefined)) rows.push(undefined);
  if (cells.some(({ predicted }) => predicted === undefined)) columns.push(undefined);
  const counts = rows.map(() => columns.map(() => 0));
  for (const { gold, predicted, count } of cells) {
    const row = counts[rows.indexOf(gold)];
    const column = columns.indexOf(predicted);
    if (row && column >= 0) row[column] = count;
  }
  return {
    head: ['gold \\ found', ...columns.map((label) => label ?? '(missed)')],
    rows: counts.map((row, index) => [
      rows[index] ?? '(spurious)',
      ...row.map((count) => (count > 0 ? grouped(count) : '.')),
    ]),
    heat: counts.map((row) => {
      const whole = row.reduce((sum, count) => sum + count, 0);
      return row.map((count) => (whole > 0 ? count / whole : 0));
    }),
  };
}

function listOf(cells: readonly ConfusionCell[]): ReportTable {
  const mistakes = cells.filter(({ gold, predicted }) => gold !== predicted).slice(0, MOST_CELLS);
  return {
    head: ['gold', 'found', 'times'],
    rows: mistakes.map(({ gold, predicted, count }) => [gold ?? '(spurious)', predicted ?? '(missed)', grouped(count)]),
  };
}
