import { side } from '../../numerics/parameters.js';
import { table } from '../parameter.js';
import { type NetworkPlan, type NumberedTable, recurrenceBlocks } from '../plan.js';
import { lookedUpPart } from './looked-up.js';
import type { KindOfPart, Part } from './part.js';

const CASING_WIDTH = 8;

/** Features of which a word has one value: its form, affixes, shape, and casing. */
export const oneHot: KindOfPart = {
  tables: {
    canBeSummed: true,
    widthOf({ name }, { formWidth, affixWidth }) {
      if (name === 'form') return formWidth;
      return name === 'casing' ? CASING_WIDTH : affixWidth;
    },
  },
  partsOf: (plan, own) => own.map((each) => oneHotPart(plan, each)),
};

/** Creates a part that gives each word the row of its value, side by side with others or summed into the recurrence. */
export function oneHotPart(plan: NetworkPlan, { index, name, rows, width }: NumberedTable): Part {
  const isSummed = plan.input === 'sum';
  const columns = isSummed ? side(plan.hidden, recurrenceBlocks(plan)) : side(width);
  const bound = isSummed ? 1 / Math.sqrt(plan.hidden) : Math.sqrt(3 / width);
  const rowMeaning = { kind: 'value', table: name } as const;
  return lookedUpPart(
    index,
    table(`input.${name}`, rows, columns, bound, { rowMeaning }),
    isSummed ? { kind: 'recurrence' } : { kind: 'columns', side: columns },
  );
}
