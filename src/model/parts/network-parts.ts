import { type NetworkPlan, tablesFor } from '../plan.js';
import { KINDS_OF_PARTS, type PartKindName } from './kinds.js';
import type { KindOfPart, Part } from './part.js';

/** A part of a network and its kind. */
export interface NetworkPart extends Part {
  readonly kind: PartKindName;
  /** The place of its weights in the order in which initial weights are drawn. */
  readonly drawOrder: number;
}

/** Returns the parts of a network in the order of a checkpoint: trained ones, then given ones. */
export function partsOf(plan: NetworkPlan): NetworkPart[] {
  const names = Object.keys(KINDS_OF_PARTS) as PartKindName[];
  const parts = names.flatMap((kind, drawOrder) =>
    KINDS_OF_PARTS[kind].partsOf(plan, tablesFor(plan, kind)).map((part) => ({ ...part, kind, drawOrder })),
  );
  return [...parts.filter(isTrained), ...parts.filter((part) => !isTrained(part))];
}

/** Returns whether training changes the rows of a part. */
export function isTrained({ rows }: Part): boolean {
  return rows.kind !== 'given';
}

/** Returns what the kind of part with a name says about its tables. */
export function tablesOfKind(part: string): KindOfPart['tables'] {
  const kinds: Readonly<Record<string, KindOfPart>> = KINDS_OF_PARTS;
  const kind = kinds[part];
  if (!kind) throw new Error(`no kind of part has the name ${part}`);
  return kind.tables;
}
