import { rowsByLabel, type Scores } from '../evaluation/scores.js';
import { grouped } from '../text/counts.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import type { ReportTable } from './sections.js';
import { percent, textTable } from './text.js';

/** How a model scored on what it knew, before it learned more and after. */
export interface Forgetting {
  readonly before: Scores;
  readonly after: Scores;
}

/** The table as text. */
export function forgettingReport(forgetting: Forgetting, scheme: Scheme): string {
  const { head, rows } = forgettingTable(forgetting, scheme);
  return textTable(head, rows);
}

/** F1 of each label that occurs, and of all, in per cent; token accuracy where tags spell no names. */
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
  const change = after - before;
  return [
    name,
    percent(before),
    percent(after),
    `${change < 0 ? '-' : '+'}${percent(Math.abs(change))}`,
    grouped(count),
  ];
}
