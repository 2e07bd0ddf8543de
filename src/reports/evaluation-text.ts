import type { Evaluation } from '../evaluation/evaluation.js';
import { writeBracketText } from '../formats/bracket.js';
import { hasSpans } from '../text/scheme.js';
import { sectionsOf } from './evaluation-sections.js';
import type { Section, ShownSentence, ShownTags } from './sections.js';
import { textTable, wrapLine } from './text.js';

/** Sentences that are shown. */
const SENTENCES = 5;

/** Columns of a terminal that a table may fill. */
const WIDEST = 76;

/** Sentences begin behind the names of their readings. */
const INDENT = ' '.repeat(9);

/**
 * An evaluation for a terminal, the scores first.
 *
 * @param width columns that notes and sentences may fill; undefined: their lines are not broken
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

/** The tokens with their entities in brackets; where each token has a label, only the wrong ones have it here. */
export function readingText(tokens: readonly string[], { spans }: ShownTags, ofSpans: boolean): string {
  if (!ofSpans) {
    const labels = new Map(spans.filter(({ isRight }) => !isRight).map(({ start, label }) => [start, label]));
    return tokens.map((token, t) => (labels.has(t) ? `${token}/${labels.get(t)}` : token)).join(' ');
  }
  const starts: number[] = [];
  let length = 0;
  for (const token of tokens) {
    starts.push(length);
    length += token.length + 1;
  }
  const ranges = spans.map(({ label, start, end }) => ({
    label,
    start: starts[start] as number,
    end: (starts[end - 1] as number) + (tokens[end - 1] as string).length,
  }));
  return writeBracketText(tokens.join(' '), ranges);
}
