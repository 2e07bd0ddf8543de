import { rowsByLabel, type Scores } from '../evaluation/scores.js';
import { grouped } from '../text/counts.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { percent, signedPercent } from './numbers.js';
import type { ReportTable } from './report-structure.js';
import { textTable } from './table.js';

/** The scores of a model on its old dev corpus before and after further training. */
export interface Forgetting {
  readonly before: Scores;
  readonly after: Scores;
}

/** Returns the table of forgetting as text. */
export function forgettingReport(forgetting: Forgetting, scheme: Scheme): string {
  const { head, rows } = forgettingTable(forgetting, scheme);
  return textTable(head, rows);
}

/** Returns F1 before and after, in per cent, for each label that occurs and for all; token accuracy for plain tags. */
export function forgettingTable({ before, after }: Forgetting, scheme: Scheme): ReportTable {
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
