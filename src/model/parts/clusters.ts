import { oneHotPart } from './one-hot.js';
import type { KindOfPart } from './part.js';

/** The clusters of words: a word has one value in each table, and row 0 if it has no clusters. */
export const clusters: KindOfPart = {
  tables: { canBeSummed: true, widthOf: (_table, { clusterWidth }) => clusterWidth },
  partsOf: (plan, own) => own.map((each) => oneHotPart(plan, each)),
};
