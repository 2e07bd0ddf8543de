import { columnsOf } from './lines.js';
import type { Section } from './report-structure.js';

/** Returns a table as plain text, with the first column aligned left and the others right, without colour and borders. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map(columnsOf);
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, columnsOf(cell));
  const lineOf = (row: readonly string[]): string => {
    const cells = row.map((cell, column) => {
      const padding = ' '.repeat((widths[column] ?? 0) - columnsOf(cell));
      return column === 0 ? cell + padding : padding + cell;
    });
    return `${cells.join('  ').trimEnd()}\n`;
  };
  return [head, ...rows].map(lineOf).join('');
}

/** Returns a section's table and notes as plain text, without its title. */
export function sectionText({ table, notes = [] }: Pick<Section, 'table' | 'notes'>): string {
  return (table ? textTable(table.head, table.rows) : '') + notes.map((note) => `${note}\n`).join('');
}
