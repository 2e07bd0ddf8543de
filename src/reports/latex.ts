import type { ReportTable, Section } from './report-structure.js';

/**
 * Returns the tables of sections in LaTeX, each with its title as caption and its notes below, in the style of the package
 * booktabs. Sentences are left out.
 */
export function latexReport(title: string, sections: readonly Section[]): string {
  const head = `% ${onOneLine(title)}\n% The preamble needs \\usepackage{booktabs}.\n`;
  return [head, ...sections.map(sectionLatex)].join('\n');
}

function sectionLatex({ title, table, notes = [] }: Section): string {
  const below = notes.map((note) => `${escapeLatex(note)}\\par\n`);
  if (!table) return `\\paragraph{${escapeLatex(title)}}\n${below.join('')}`;
  const lines = [
    '\\begin{table}\n\\centering\n',
    `\\caption{${escapeLatex(title)}}\n`,
    tableLatex(table),
    ...(below.length > 0 ? ['\\par\\smallskip\\footnotesize\n', ...below] : []),
    '\\end{table}\n',
  ];
  return lines.join('');
}

function tableLatex({ head, rows }: ReportTable): string {
  const row = (cells: readonly string[]): string => `${cells.map(cellLatex).join(' & ')} \\\\\n`;
  return [
    `\\begin{tabular}{l${'r'.repeat(head.length - 1)}}\n`,
    `\\toprule\n${row(head)}\\midrule\n`,
    ...rows.map(row),
    '\\bottomrule\n\\end{tabular}\n',
  ].join('');
}

/** Returns a cell, in braces if LaTeX would take its beginning for the argument of the line break before it. */
function cellLatex(cell: string): string {
  const text = escapeLatex(cell).replace(/^([+-])(?=\d)/, '$$$1$$');
  return /^[[*]/.test(text) ? `{${text}}` : text;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '±': '$\\pm$',
  '·': '$\\cdot$',
  '…': '\\ldots{}',
};

/** Escapes the characters that are special in LaTeX, or that its oldest fonts have elsewhere. */
function escapeLatex(text: string): string {
  return onOneLine(text).replace(/[\\~^<>|"±·…{}$&#_%]/g, (character) => ESCAPES[character] ?? `\\${character}`);
}

/** Joins lines, because an empty one ends a paragraph, and what follows a line feed is no longer a comment. */
function onOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ');
}
