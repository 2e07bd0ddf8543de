import type { Cell } from '../layers/cell.js';
import { CELLS, type CellName } from '../layers/cells.js';
import type { ReadingDirection } from '../layers/sequence.js';
import type { Hideable } from '../text/features.js';

/** A table of which each word names some rows. */
export interface PlannedTable {
  readonly name: string;
  /** The name of the kind of part that reads it. */
  readonly part: string;
  /** V, the number of values. */
  readonly rows: number;
  /** The number of rows that a word names. */
  readonly named: number;
  /** The width of a row; unused with `sum`, where trained rows are as wide as the recurrence. */
  readonly width: number;
  /** What training hides if it replaces the rows that a word names by that of unknown values; undefined if it never does. */
  readonly hideable: Hideable | undefined;
}

/** The description of a network's shape, as plain data that can be sent to threads. */
export interface NetworkPlan {
  readonly tables: readonly PlannedTable[];
  /** `sum`: rows are summed straight into the recurrence. `concatenate`: side by side, then through a product. */
  readonly input: 'sum' | 'concatenate';
  readonly cell: CellName;
  readonly direction: 'forward' | 'both';
  /** The number of recurrent layers, each of which reads the states of the one below. */
  readonly layers: number;
  /** H */
  readonly hidden: number;
  /** K */
  readonly tags: number;
  readonly decoder: 'softmax' | 'crf';
  /** The number of neighbours on each side whose rows the recurrence also sees; needs `concatenate`. */
  readonly window: number;
  /** The probability that training drops a number of rows side by side, from 0 to 1. */
  readonly inputDropout: number;
  /** The probability that training drops a number of the hidden states, from 0 to 1. */
  readonly dropout: number;
  /** ((K + 2), K): 1 where a tag (row) may be followed by another; then the tags that may begin, those that may end. */
  readonly allowed: Uint8Array;
}

/** A table, and its number among all tables of the plan. */
export interface NumberedTable extends PlannedTable {
  readonly index: number;
}

/** Returns the tables that parts of one kind read. */
export function tablesFor({ tables }: NetworkPlan, kind: string): NumberedTable[] {
  return tables.map((table, index) => ({ ...table, index })).filter(({ part }) => part === kind);
}

/** Returns the offsets of the tokens whose rows the recurrence sees: 0, then from near to far. */
export function windowOffsets({ window }: NetworkPlan): number[] {
  return [0, ...Array.from({ length: window }, (_, index) => [-index - 1, index + 1]).flat()];
}

/** Returns a name with an offset: `input`, `input-1`, `input+1`. */
export function nameAt(name: string, offset: number): string {
  return offset === 0 ? name : `${name}${offset > 0 ? '+' : ''}${offset}`;
}

/** Returns the name of the input weights of a table at one offset of the window. */
export function inputName(offset: number, table: string): string {
  return `${nameAt('input', offset)}.${table}.weights`;
}

/** Returns the prefix of the names of a layer's parameters. */
export function layerPrefix(layer: number): string {
  return layer === 0 ? '' : `layer${layer + 1}.`;
}

/** Returns the cell of every recurrent layer. */
export function cellOf({ cell }: NetworkPlan): Cell {
  return CELLS[cell];
}

/** Returns the directions in which sentences are read. */
export function directionsOf({ direction }: NetworkPlan): readonly ReadingDirection[] {
  return direction === 'both' ? ['forward', 'backward'] : ['forward'];
}

/** Returns the number of blocks of H that the recurrence gets: one for each direction and gate. */
export function recurrenceBlocks(plan: NetworkPlan): number {
  return directionsOf(plan).length * cellOf(plan).gates.length;
}
