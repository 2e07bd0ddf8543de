import type { Evaluation } from '../evaluation/evaluation.js';
import { writeBracketText } from '../formats/bracket.js';
import { hasSpans } from '../text/scheme.js';
import { sectionsOf } from './evaluation-sections.js';
import { wrapLine } from './lines.js';
import type { Section, ShownSentence, ShownTags } from './report-structure.js';
import { textTable } from './table.js';

/** Maximum number of sentences shown. */
const SENTENCES = 5;

/** Maximum width of a table in columns. */
const WIDEST = 76;

/** Sentences are indented to leave room for the names of their readings. */
const INDENT = ' '.repeat(9);

/**
 * Returns an evaluation as text, with the scores first.
 *
 * @param width of notes and sentences in columns; their lines are not broken if it is undefined
 */
export function evaluationText(evaluation: Evaluation, width?: number): string {
  const ofSpans = hasSpans(evaluation.scheme);
  return sectionsOf(evaluation, SENTENCES)
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
export function readingText(tokens: readonly string[], { spans }: ShownTags, ofSpans: boolean): string {
  if (!ofSpans) {
    const labels = new Map(spans.filter(({ isRight }) => !isRight).map(({ start, label }) => [start, label]));
    return tokens.map((token, t) => (labels.has(t) ? `${token}/${labels.get(t)}` : token)).join(' ');
  }
  const offsetOf = (token: number): number =>
    tokens.slice(0, token).reduce((offset, { length }) => offset + length + 1, 0);
  const ranges = spans.map(({ label, start, end }) => ({ label, start: offsetOf(start), end: offsetOf(end) - 1 }));
  return writeBracketText(tokens.join(' '), ranges);
}
