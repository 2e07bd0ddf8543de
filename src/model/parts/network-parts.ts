import { type NetworkPlan, tablesFor } from '../plan.js';
import { KINDS_OF_PARTS, type PartKindName } from './kinds.js';
import type { KindOfPart, Part } from './part.js';

/** A part, and what kind it is of. */
export interface NetworkPart extends Part {
  readonly kind: PartKindName;
  /** When its weights are drawn. */
  readonly drawOrder: number;
}

/** Returns the parts of a network in the order of a checkpoint: those that are trained, then those that are given. */
export function partsOf(plan: NetworkPlan): NetworkPart[] {
  const names = Object.keys(KINDS_OF_PARTS) as PartKindName[];
  const parts = names.flatMap((kind, drawOrder) =>
    KINDS_OF_PARTS[kind].partsOf(plan, tablesFor(plan, kind)).map((part) => ({ ...part, kind, drawOrder })),
  );
  return [...parts.filter(isTrained), ...parts.filter((part) => !isTrained(part))];
}

/** Whether training changes the rows of a part. */
export function isTrained({ rows }: Part): boolean {
  return rows.kind !== 'given';
}

/**
 * Returns how the kind of part that reads a table treats it.
 *
 * @param part name of the kind
 */
export function tablesOfKind(part: string): NonNullable<KindOfPart['tables']> {
  const kinds: Readonly<Record<string, KindOfPart>> = KINDS_OF_PARTS;
  const tables = kinds[part]?.tables;
  if (!tables) throw new Error(`no kind of part has tables for ${part}`);
  return tables;
}
