import Table from 'cli-table3';

/** A table of texts with a title. */
export interface Grid {
  readonly title: string;
  /** A column that begins with `:` is aligned left, the others right. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** As lines for a terminal or a log. */
export function renderText({ title, head, rows }: Grid): string {
  const table = new Table({
    head: head.map(nameOf),
    colAligns: head.map((column) => (isLeft(column) ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push([...row]);
  return `${title}\n${table.toString()}\n`;
}

/** As a table of Markdown. */
export function renderMarkdown({ title, head, rows }: Grid): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  const rule = line(head.map((column) => (isLeft(column) ? '---' : '---:')));
  return `**${title}**\n\n${line(head.map(nameOf))}${rule}${rows.map(line).join('')}`;
}

function isLeft(column: string): boolean {
  return column.startsWith(':');
}

function nameOf(column: string): string {
  return isLeft(column) ? column.slice(1) : column;
}

/** A number with so many decimals; nothing where there is none. */
export function fixed(value: number | undefined, decimals = 1): string {
  return value === undefined ? '' : value.toFixed(decimals);
}

/** The same with its sign. */
export function signed(value: number | undefined, decimals = 2): string {
  if (value === undefined) return '';
  return `${value >= 0 ? '+' : ''}${value.toFixed(decimals)}`;
}

export function yesOrNo(value: boolean | undefined): string {
  return value === undefined ? '' : value ? 'yes' : 'NO';
}
