import { latexReport } from './latex.js';
import { markdownReport } from './markdown.js';
import type { Section } from './report-structure.js';

/** The formats of tables for other texts. */
export const TABLE_FORMATS = ['markdown', 'latex'] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Returns the tables and notes of a report, below its title. */
export function writeTables(title: string, sections: readonly Section[], format: TableFormat): string {
  return format === 'latex' ? latexReport(title, sections) : markdownReport(title, sections);
}

/** Returns whether a format of reports is one of tables. */
export function isTableFormat(format: string): format is TableFormat {
  return TABLE_FORMATS.some((each) => each === format);
}
