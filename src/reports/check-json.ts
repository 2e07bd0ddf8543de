import type { CheckResult } from '../checks/corpus.js';
import type { RepairOutcome } from '../checks/repair.js';

/** Returns what was found in a corpus as an object for programs. */
export function checkJson({
  statistics,
  findings,
  repaired,
  hasErrors,
}: CheckResult & { readonly repaired?: RepairOutcome; readonly hasErrors: boolean }): object {
  const parts = Object.fromEntries(
    statistics.map(({ name, labels, ...figures }) => [name, { ...figures, labels: Object.fromEntries(labels) }]),
  );
  if (!repaired) return { hasErrors, statistics: parts, findings };
  const { file, repairs, left } = repaired;
  return { hasErrors, statistics: parts, findings, repaired: { file, repairs, left } };
}
