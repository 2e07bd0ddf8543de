import Table from 'cli-table3';
import type { Section } from './report-structure.js';

const BORDERS =
  'top bottom left right top-mid top-left top-right bottom-mid bottom-left bottom-right left-mid mid mid-mid right-mid';
const NO_BORDERS = { ...Object.fromEntries(BORDERS.split(' ').map((name) => [name, ''])), middle: '  ' };

/** Returns a table as plain text, with the first column aligned left and the others right, without colour and borders. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
  });
  table.push([...head], ...rows.map((row) => [...row]));
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** Returns a section's table and notes as plain text, without its title. */
export function sectionText({ table, notes = [] }: Pick<Section, 'table' | 'notes'>): string {
  return (table ? textTable(table.head, table.rows) : '') + notes.map((note) => `${note}\n`).join('');
}
