import { clusters } from './clusters.js';
import { dictionaries } from './dictionaries.js';
import { letters } from './letters.js';
import { oneHot } from './one-hot.js';
import type { KindOfPart } from './part.js';
import { vectors } from './vectors.js';

/**
 * All kinds of parts. Weights are drawn kind by kind in this order, those of the rest of the network with the first, so
 * that a network without a later kind begins with the same weights; a new kind goes last.
 */
export const KINDS_OF_PARTS = { oneHot, vectors, letters, clusters, dictionaries } satisfies Record<string, KindOfPart>;

/** The name of a kind. */
export type PartKindName = keyof typeof KINDS_OF_PARTS;
