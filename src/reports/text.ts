import Table from 'cli-table3';
import { rowsByLabel, type Scores, type SpanCounts } from '../evaluation/scores.js';
import { counted, grouped } from '../text/counts.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { accuracyPercentage, percentages, twoDecimals } from './conlleval.js';
import type { ReportTable } from './sections.js';

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Rows under a heading, the first column to the left, the others to the right; no colour, no borders. */
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

/** Letters that take two columns of a terminal: East Asian wide ones and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;

/**
 * Breaks a line between words so that it fits a terminal; a longer word stays whole.
 *
 * @param width in columns; undefined: the line stays as it is
 * @param indent what the lines after the first begin with
 */
export function wrapLine(line: string, width: number | undefined, indent = ''): string {
  if (width === undefined) return line;
  const [first = '', ...words] = line.split(/(?<=[^ ]) /);
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (columnsOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(indent + word);
  }
  return lines.join('\n');
}

function columnsOf(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

/** `0.9174` as `91.74`. */
export function percent(fraction: number): string {
  return twoDecimals(100 * fraction);
}

/** The number of sentences and tokens, and the token accuracy in per cent. */
export function describeSize(scores: Scores, separator = ', '): string {
  const size = `${counted(scores.sentences, 'sentence')}, ${counted(scores.tokens, 'token')}`;
  return `${size}${separator}token accuracy ${twoDecimals(accuracyPercentage(scores))} %`;
}

/** Precision, recall and F1 in per cent, and counts, a row for each group, as labels are. */
export function groupTable(name: string, groups: readonly (readonly [string, SpanCounts])[]): ReportTable {
  return {
    head: [name, 'precision', 'recall', 'F1', 'gold', 'found', 'correct'],
    rows: groups.map(([group, counts]) => {
      const { precision, recall, f1 } = percentages(counts);
      const sizes = [counts.gold, counts.predicted, counts.correct];
      return [group, ...[precision, recall, f1].map(twoDecimals), ...sizes.map(grouped)];
    }),
  };
}

/** The same for each label and for all. */
export function scoreTable(name: string, scores: Scores): ReportTable {
  return groupTable(name, [...rowsByLabel(scores), ['all', scores]]);
}

/** Precision, recall and F1 of each label and of all, in per cent, and the token accuracy. */
export function scoreReport(title: string, scores: Scores, scheme: Scheme): string {
  if (!hasSpans(scheme)) return `${title}: ${describeSize(scores, '\n')}\n`;
  const { head, rows } = scoreTable(title, scores);
  return `${textTable(head, rows)}${describeSize(scores)}\n`;
}
