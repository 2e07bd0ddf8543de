import Table from 'cli-table3';
import { rowsByLabel, type Scores, type SpanCounts } from '../evaluation/scores.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { accuracyPercentage, percentages, twoDecimals } from './conlleval.js';

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

/** `0.9174` as `91.74`. */
export function percent(fraction: number): string {
  return twoDecimals(100 * fraction);
}

/** `62730` as `62,730`, in every locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 sentence`, `1,201 sentences`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Precision, recall and F1 of each label and of all, in per cent, and the token accuracy. */
export function scoreReport(title: string, scores: Scores, scheme: Scheme): string {
  const size = `${counted(scores.sentences, 'sentence')}, ${counted(scores.tokens, 'token')}`;
  const accuracy = `token accuracy ${twoDecimals(accuracyPercentage(scores))} %`;
  if (!hasSpans(scheme)) return `${title}: ${size}\n${accuracy}\n`;
  const row = (name: string, counts: SpanCounts): string[] => {
    const { precision, recall, f1 } = percentages(counts);
    const sizes = [counts.gold, counts.predicted, counts.correct];
    return [name, ...[precision, recall, f1].map(twoDecimals), ...sizes.map(grouped)];
  };
  const table = textTable(
    [title, 'precision', 'recall', 'F1', 'gold', 'found', 'correct'],
    [...rowsByLabel(scores).map(([label, counts]) => row(label, counts)), row('all', scores)],
  );
  return `${table}${size}, ${accuracy}\n`;
}
