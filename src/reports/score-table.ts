import type { IntervalScores } from '../evaluation/score-tagger.js';
import { rowsByLabel, type Scores, type SpanCounts } from '../evaluation/scores.js';
import { counted, grouped } from '../text/counts.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { accuracyPercentage, percentages } from './conlleval.js';
import { percent, signedPercent, twoDecimals } from './numbers.js';
import type { ReportTable, Section } from './report-structure.js';
import { sectionText } from './table.js';

/** Scores, with the interval of F1 if it was drawn. */
type MeasuredScores = Scores & Partial<IntervalScores>;

/** Returns the scores of each label and of all labels as text, with the token accuracy and the interval of F1 below. */
export function scoreReport(title: string, scores: MeasuredScores, scheme: Scheme): string {
  if (!hasSpans(scheme)) return `${title}: ${describeSize(scores, '\n')}\n`;
  return sectionText({ table: scoreTable(title, scores), notes: notesOf(scores) });
}

/** Returns a section with the scores of a corpus, which its title and the column of labels name. */
export function scoreSection(name: string, scores: MeasuredScores, scheme: Scheme): Section {
  const title = `Scores on ${name}`;
  if (hasSpans(scheme)) return { title, table: scoreTable(name, scores), notes: notesOf(scores) };
  const row = ['all', ...[scores.sentences, scores.tokens].map(grouped), twoDecimals(accuracyPercentage(scores))];
  return { title, table: { head: [name, 'sentences', 'tokens', 'accuracy'], rows: [row] } };
}

/** Returns a table with a row for each label and one for all labels; `name` heads the column of labels. */
export function scoreTable(name: string, scores: Scores): ReportTable {
  return groupTable(name, [...rowsByLabel(scores), ['all', scores]]);
}

/** Returns a table with precision, recall and F1 in per cent, and counts, of each group of spans. */
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

/** With fewer entities than this, a score says little. */
const FEW_ENTITIES = 100;

function notesOf(scores: MeasuredScores): string[] {
  const { f1, gold, predicted, interval } = scores;
  if (!interval || gold + predicted === 0) return [describeSize(scores)];
  const points = Math.round(100 * Math.max(f1 - interval.low, interval.high - f1));
  const isLittle = gold < FEW_ENTITIES && points > 0;
  return [
    describeSize(scores),
    `F1 ${percent(f1)}, 95 % interval ${percent(interval.low)} to ${percent(interval.high)}`,
    ...(isLittle
      ? [`${grouped(gold)} ${gold === 1 ? 'entity' : 'entities'}: this score can be off by ${counted(points, 'point')}`]
      : []),
  ];
}

/** Describes the number of sentences and tokens, and the token accuracy in per cent. */
export function describeSize(scores: Scores, separator = ', '): string {
  const size = `${counted(scores.sentences, 'sentence')}, ${counted(scores.tokens, 'token')}`;
  return `${size}${separator}token accuracy ${twoDecimals(accuracyPercentage(scores))} %`;
}

/** The scores of a model on its old dev corpus before and after further training. */
export interface Forgetting {
  readonly before: Scores;
  readonly after: Scores;
  /** Whether the model may have been trained on these sentences before. */
  readonly mayBeTrainedOn: boolean;
}

/** Returns the section on forgetting as text. */
export function forgettingReport(forgetting: Forgetting, scheme: Scheme): string {
  return sectionText(forgettingSection(forgetting, scheme));
}

/** Returns the section on forgetting. */
export function forgettingSection(forgetting: Forgetting, scheme: Scheme): Section {
  const notes = forgetting.mayBeTrainedOn
    ? ['The old model may have been trained on these sentences, so that the scores before may flatter it.']
    : [];
  return { title: 'Forgetting', table: forgettingTable(forgetting, scheme), notes };
}

/** Returns F1 before and after, in per cent, for each label that occurs and for all; token accuracy for plain tags. */
function forgettingTable({ before, after }: Forgetting, scheme: Scheme): ReportTable {
  if (!hasSpans(scheme))
    return {
      head: ['old dev', 'accuracy before', 'after', 'change', 'tokens'],
      rows: [rowOf('all', before.accuracy, after.accuracy, before.tokens)],
    };
  const olds = new Map(rowsByLabel(before));
  const rows = rowsByLabel(after)
    .filter(([, { gold }]) => gold > 0)
    .map(([label, { f1, gold }]) => rowOf(label, olds.get(label)?.f1 ?? 0, f1, gold));
  return {
    head: ['old dev', 'F1 before', 'after', 'change', 'gold'],
    rows: [...rows, rowOf('all', before.f1, after.f1, after.gold)],
  };
}

function rowOf(name: string, before: number, after: number, count: number): string[] {
  return [name, percent(before), percent(after), signedPercent(after - before), grouped(count)];
}
