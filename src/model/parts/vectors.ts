import { side } from '../../numerics/parameters.js';
import { table } from '../parameter.js';
import { lookedUpPart } from './looked-up.js';
import type { KindOfPart } from './part.js';

/** Pre-trained vectors of words, which are given and not trained. Row 0, of words without a vector, is 0. */
export const vectors: KindOfPart = {
  tables: {
    canBeSummed: false,
    widthOf({ name, givenWidth }) {
      if (givenWidth === undefined) throw new Error(`the table ${name} does not say how wide its rows are`);
      return givenWidth;
    },
  },
  partsOf: (_plan, own) =>
    own.map(({ index, name, rows, width }) => {
      const columns = side(width);
      return lookedUpPart(index, table(`input.${name}`, rows, columns, 0, {}, 'given'), {
        kind: 'columns',
        side: columns,
      });
    }),
};
