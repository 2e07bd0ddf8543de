import { oneHotPart } from './one-hot.js';
import type { KindOfPart } from './part.js';

const DICTIONARY_WIDTH = 8;

/** The names of dictionaries: a word has one value in each table, its place in a name, and row 0 if it is in none. */
export const dictionaries: KindOfPart = {
  tables: { canBeSummed: true, widthOf: () => DICTIONARY_WIDTH },
  partsOf: (plan, own) => own.map((each) => oneHotPart(plan, each)),
};
