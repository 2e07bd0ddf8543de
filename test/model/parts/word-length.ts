import { table } from '../../../src/model/parameter.js';
import { lookedUpPart } from '../../../src/model/parts/looked-up.js';
import type { KindOfPart } from '../../../src/model/parts/part.js';
import { side } from '../../../src/numerics/parameters.js';
import type { WordFeature } from '../../../src/text/features.js';

/** A word's length as a feature: what a new kind of table takes on the side of text. */
export const LENGTH: WordFeature = {
  name: 'length',
  part: 'wordLength',
  named: 1,
  isOfForm: false,
  valuesOf: (token) => [`${Math.min(token.length, 12)}`],
};

/** A one-hot vector of a word's length: all that a new kind of table takes on the side of numbers. */
export const wordLength: KindOfPart = {
  tables: { canBeSummed: false, widthOf: () => 4 },
  partsOf: (_plan, own) =>
    own.map(({ index, name, rows, width }) => {
      const columns = side(width);
      const rowMeaning = { kind: 'value', table: name } as const;
      const weights = table(`input.${name}`, rows, columns, 0.5, { rowMeaning });
      return lookedUpPart(index, weights, { kind: 'columns', side: columns });
    }),
};
