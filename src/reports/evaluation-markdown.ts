import type { Evaluation } from '../evaluation/evaluation.js';
import { hasSpans } from '../text/scheme.js';
import { sectionsOf } from './evaluation-sections.js';
import { readingText } from './evaluation-text.js';
import type { ReportTable, Section, ShownSentence } from './report-structure.js';

/** Maximum number of sentences shown. */
const SENTENCES = 20;

/** Returns an evaluation in Markdown, with tables as on GitHub. */
export function evaluationMarkdown(evaluation: Evaluation, title: string): string {
  const ofSpans = hasSpans(evaluation.scheme);
  const sections = sectionsOf(evaluation, SENTENCES).map((section) => sectionMarkdown(section, ofSpans));
  return `# ${escapeMarkdown(title)}\n\n${sections.join('\n')}`;
}

function sectionMarkdown({ title, table, notes = [], sentences = [] }: Section, ofSpans: boolean): string {
  const blocks = [`## ${title}\n`];
  if (table) blocks.push(tableMarkdown(table));
  blocks.push(
    ...notes.map((note) => `${escapeMarkdown(note)}\n`),
    ...sentences.map((each) => sentenceMarkdown(each, ofSpans)),
  );
  return blocks.join('\n');
}

function tableMarkdown({ head, rows }: ReportTable): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |\n`;
  const rule = `|${head.map((_, index) => (index === 0 ? ':--' : '--:')).join('|')}|\n`;
  return row(head) + rule + rows.map(row).join('');
}

/** Returns a sentence as a code block, where no character is special, with a fence longer than any inside it. */
function sentenceMarkdown({ heading, tokens, readings }: ShownSentence, ofSpans: boolean): string {
  const lines = readings.map((reading) => `${reading.name.padEnd(6)} ${readingText(tokens, reading, ofSpans)}`);
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return `${heading}\n\n${fence}text\n${lines.join('\n')}\n${fence}\n`;
}

/** Escapes the characters that are special in Markdown and its tables. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~&]/g, '\\$&');
}
