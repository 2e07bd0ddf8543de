import { side } from '../../numerics/parameters.js';
import { TAG, table } from '../parameter.js';
import { type NetworkPlan, type NumberedTable, nameAt, tablesFor, wideOffsets } from '../plan.js';
import { lookedUpPart } from './looked-up.js';
import type { KindOfPart, Part } from './part.js';

/** The features of neighbours that have wide rows; all features of the token itself have them. */
const NEIGHBOURS: readonly string[] = ['form', 'shape'];

/**
 * Rows that are added straight to the logits, beside the recurrence ("wide", Cheng et al., 2016): a second table for
 * each one-hot feature, at each offset from the token that is tagged.
 */
export const wide: KindOfPart = {
  partsOf: (plan) =>
    wideOffsets(plan).flatMap((offset, place) =>
      tablesFor(plan, 'oneHot')
        .filter(({ name }) => offset === 0 || NEIGHBOURS.includes(name))
        .map((each) => widePart(plan, each, offset, place)),
    ),
};

function widePart({ tags: K }: NetworkPlan, { index, name, rows }: NumberedTable, offset: number, place: number): Part {
  const meanings = { rowMeaning: { kind: 'value', table: name }, columnMeaning: TAG } as const;
  const weights = table(`${nameAt('wide', offset)}.${name}`, rows, side(K), 0, meanings);
  return lookedUpPart(index, weights, { kind: 'logits', place });
}
