import { side } from '../../numerics/parameters.js';
import { table } from '../parameter.js';
import { lookUpRows } from './looked-up.js';
import type { KindOfPart, Part, Target } from './part.js';

/** Pre-trained vectors of words: rows that are given and not trained. Row 0, of words without a vector, is 0. */
export const vectors: KindOfPart = {
  tables: {
    canBeSummed: false,
    widthOf({ name, givenWidth }) {
      if (givenWidth === undefined) throw new Error(`the table ${name} does not say how wide its rows are`);
      return givenWidth;
    },
  },
  partsOf: (_plan, own) =>
    own.map(({ index, name, rows, width }): Part => {
      const target: Target = { kind: 'columns', side: side(width) };
      return {
        table: index,
        rows: table(`input.${name}`, rows, side(width), 0, {}, 'given'),
        matrices: [],
        target,
        numbersPerWord: 0,
        createWords: (place) => lookUpRows(place, target),
      };
    }),
};
