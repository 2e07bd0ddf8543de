import Table from 'cli-table3';
import type { Figure } from './section.js';

/** A figure with the name of the section that measured it. */
export interface NamedFigure extends Figure {
  readonly section: string;
}

/** A section that gave no figures, and why. */
export interface MissingSection {
  readonly section: string;
  readonly reason: string;
}

/** Whether a figure is what it has to be; undefined where it has to be nothing. */
export function isReached({ measured, atLeast, atMost }: Figure): boolean | undefined {
  if (atLeast === undefined && atMost === undefined) return undefined;
  return measured >= (atLeast ?? Number.NEGATIVE_INFINITY) && measured <= (atMost ?? Number.POSITIVE_INFINITY);
}

/** All figures as one table, and below it the sections that have none. */
export function renderTable(figures: readonly NamedFigure[], missing: readonly MissingSection[]): string {
  const table = new Table({
    head: ['section', 'what', 'measured', 'unit', 'must be', 'reached', 'note'],
    colAligns: ['left', 'left', 'right', 'left', 'right', 'left', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const figure of figures) {
    const reached = isReached(figure);
    table.push([
      figure.section,
      figure.what,
      shorten(figure.measured),
      figure.unit,
      describeLimit(figure),
      reached === undefined ? '' : reached ? 'yes' : 'NO',
      figure.note ?? '',
    ]);
  }
  const reasons = missing.map(({ section, reason }) => `${section}: ${reason}\n`).join('');
  return `${figures.length > 0 ? `${table.toString()}\n` : ''}${reasons}`;
}

/** The same for programs. */
export function toJson(figures: readonly NamedFigure[], missing: readonly MissingSection[]): string {
  const rows = figures.map((figure) => ({ ...figure, reached: isReached(figure) }));
  return `${JSON.stringify({ figures: rows, missing }, null, 2)}\n`;
}

function describeLimit({ atLeast, atMost }: Figure): string {
  const limits = [atLeast !== undefined && `>= ${atLeast}`, atMost !== undefined && `<= ${atMost}`];
  return limits.filter(Boolean).join(', ');
}

/** Three figures are as much as a measurement is worth, but whole numbers stay whole. */
function shorten(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toString();
  return value.toPrecision(3);
}
