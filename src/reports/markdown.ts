import type { ReportTable, Section } from './report-structure.js';

/** Returns sections in Markdown below a title, with tables as on GitHub. Sentences are left out. */
export function markdownReport(title: string, sections: readonly Section[]): string {
  return `${markdownTitle(title)}\n${sections.map((section) => sectionMarkdown(section)).join('\n')}`;
}

/** Returns the title of a report in Markdown. */
export function markdownTitle(title: string): string {
  return `# ${escapeMarkdown(title)}\n`;
}

/** Returns a section of a report in Markdown, with blocks of Markdown after its table and notes. */
export function sectionMarkdown({ title, table, notes = [] }: Section, blocks: readonly string[] = []): string {
  return [
    `## ${escapeMarkdown(title)}\n`,
    ...(table ? [tableMarkdown(table)] : []),
    ...notes.map((note) => `${escapeMarkdown(note)}\n`),
    ...blocks,
  ].join('\n');
}

function tableMarkdown({ head, rows }: ReportTable): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |\n`;
  const rule = `|${head.map((_, index) => (index === 0 ? ':--' : '--:')).join('|')}|\n`;
  return row(head) + rule + rows.map(row).join('');
}

/** Escapes the characters that are special in Markdown and its tables. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~&]/g, '\\$&');
}
