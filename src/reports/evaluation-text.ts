import type { Evaluation } from '../evaluation/evaluation.js';
import { writeBracketText } from '../formats/bracket-text.js';
import { hasSpans } from '../text/scheme.js';
import { sectionsOf } from './evaluation-sections.js';
import { latexReport } from './latex.js';
import { wrapLine } from './lines.js';
import { markdownTitle, sectionMarkdown } from './markdown.js';
import type { Section, ShownSentence, ShownTags } from './report-structure.js';
import { textTable } from './table.js';

/** Maximum number of sentences that are shown in text, and in Markdown. */
const SENTENCES = { text: 5, markdown: 20 };

/** Maximum width of a table in columns. */
const WIDEST = 76;

/** Sentences are indented to leave room for the names of their readings. */
const INDENT = ' '.repeat(9);

interface TextOptions {
  /** Width of notes and sentences in columns; their lines are not broken if it is undefined. */
  readonly width?: number | undefined;
  /** Whether sections of details are shown too. */
  readonly isWhole?: boolean | undefined;
}

/** Returns an evaluation as text, with the scores first. */
export function evaluationText(evaluation: Evaluation, { width, isWhole = true }: TextOptions = {}): string {
  const ofSpans = hasSpans(evaluation.scheme);
  return sectionsOf(evaluation, SENTENCES.text)
    .filter(({ isDetail }) => isWhole || !isDetail)
    .map((section, index) => (index === 0 ? '' : `\n${section.title}\n`) + sectionText(section, ofSpans, width))
    .join('');
}

function sectionText(
  { table, narrow, notes = [], sentences = [] }: Section,
  ofSpans: boolean,
  width: number | undefined,
): string {
  const text = table ? textTable(table.head, table.rows) : '';
  if (narrow && text.split('\n').some((line) => line.length > Math.min(WIDEST, width ?? WIDEST)))
    return sectionText({ title: '', ...narrow }, ofSpans, width);
  return (
    text +
    notes.map((note) => `${wrapLine(note, width)}\n`).join('') +
    sentences.map((each) => sentenceText(each, ofSpans, width)).join('')
  );
}

function sentenceText(
  { heading, tokens, readings }: ShownSentence,
  ofSpans: boolean,
  width: number | undefined,
): string {
  const lines = readings.map((reading) => {
    const line = `  ${reading.name.padEnd(6)} ${readingText(tokens, reading, ofSpans)}`;
    return `${wrapLine(line, width, INDENT)}\n`;
  });
  return `${wrapLine(heading, width)}\n${lines.join('')}`;
}

/** Returns the tokens with entities in brackets; for plain tags only wrong tokens are shown with theirs. */
function readingText(tokens: readonly string[], { spans }: ShownTags, ofSpans: boolean): string {
  if (!ofSpans) {
    const labels = new Map(spans.filter(({ isRight }) => !isRight).map(({ start, label }) => [start, label]));
    return tokens.map((token, t) => (labels.has(t) ? `${token}/${labels.get(t)}` : token)).join(' ');
  }
  const offsetOf = (token: number): number =>
    tokens.slice(0, token).reduce((offset, { length }) => offset + length + 1, 0);
  const ranges = spans.map(({ label, start, end }) => ({ label, start: offsetOf(start), end: offsetOf(end) - 1 }));
  return writeBracketText(tokens.join(' '), ranges);
}

/** Returns an evaluation in Markdown, with tables as on GitHub. */
export function evaluationMarkdown(evaluation: Evaluation, title: string): string {
  const ofSpans = hasSpans(evaluation.scheme);
  const sections = sectionsOf(evaluation, SENTENCES.markdown).map((section) => {
    const sentences = (section.sentences ?? []).map((each) => sentenceMarkdown(each, ofSpans));
    return sectionMarkdown(section, sentences);
  });
  return [markdownTitle(title), ...sections].join('\n');
}

/** Returns the tables of an evaluation in LaTeX. */
export function evaluationLatex(evaluation: Evaluation, title: string): string {
  return latexReport(title, sectionsOf(evaluation, 0));
}

/** Returns a sentence as a code block, where no character is special, with a fence longer than any inside it. */
function sentenceMarkdown({ heading, tokens, readings }: ShownSentence, ofSpans: boolean): string {
  const lines = readings.map((reading) => `${reading.name.padEnd(6)} ${readingText(tokens, reading, ofSpans)}`);
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return `${heading}\n\n${fence}text\n${lines.join('\n')}\n${fence}\n`;
}
