import type { Cell } from './cell.js';
import { elman } from './elman.js';
import { feedforward } from './feedforward.js';
import { gru } from './gru.js';
import { lstm } from './lstm.js';

/** The cells by the names that settings give them. */
export const CELLS = { elman, gru, lstm, feedforward } satisfies Record<string, Cell>;

export type CellName = keyof typeof CELLS;
