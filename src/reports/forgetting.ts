import { rowsByLabel, type Scores } from '../evaluation/scores.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { grouped, percent, textTable } from './text.js';

/** How a model scored on what it knew, before it learned more and after. */
export interface Forgetting {
  readonly before: Scores;
  readonly after: Scores;
}

/** F1 of each label that occurs, and of all, in per cent; token accuracy where tags spell no names. */
export function forgettingReport({ before, after }: Forgetting, scheme: Scheme): string {
  if (!hasSpans(scheme))
    return textTable(
      ['old dev', 'accuracy before', 'after', 'change', 'tokens'],
      [rowOf('all', before.accuracy, after.accuracy, before.tokens)],
    );
  const olds = new Map(rowsByLabel(before));
  const rows = rowsByLabel(after)
    .filter(([, { gold }]) => gold > 0)
    .map(([label, { f1, gold }]) => rowOf(label, olds.get(label)?.f1 ?? 0, f1, gold));
  return textTable(
    ['old dev', 'F1 before', 'after', 'change', 'gold'],
    [...rows, rowOf('all', before.f1, after.f1, after.gold)],
  );
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
