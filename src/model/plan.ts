import type { Cell } from '../layers/cell.js';
import { CELLS, type CellName } from '../layers/cells.js';
import type { ReadingDirection } from '../layers/sequence.js';

/** A table of words: each word names some of its rows. */
export interface PlannedTable {
  readonly name: string;
  /** The kind of part that reads it, by its name among the kinds. */
  readonly part: string;
  /** V, the number of values. */
  readonly rows: number;
  /** How many of its rows a word names. */
  readonly named: number;
  /** Numbers a row; with `sum`, trained rows are as wide as the recurrence, and this is not used. */
  readonly width: number;
  /** Whether training sometimes hides which of its rows a word names. */
  readonly canBeHidden: boolean;
}

/** All that decides a network's shape: plain data, which threads can be given. */
export interface NetworkPlan {
  readonly tables: readonly PlannedTable[];
  /** `sum`: rows go straight into the recurrence, summed. `concatenate`: side by side, then through a product. */
  readonly input: 'sum' | 'concatenate';
  readonly cell: CellName;
  readonly direction: 'forward' | 'both';
  /** Number of recurrent layers, each reading the states of the one below. */
  readonly layers: number;
  /** H */
  readonly hidden: number;
  /** K */
  readonly tags: number;
  readonly decoder: 'softmax' | 'crf';
  /** Neighbours on each side whose rows are seen beside the token's own; needs `concatenate`. */
  readonly window: number;
  /** Whether rows of the token and of its neighbours are also added straight to the logits ("wide", Cheng et al., 2016). */
  readonly wide: boolean;
  /** Chances that a number is dropped in training: of rows side by side, and of the hidden states; from 0 to 1. */
  readonly inputDropout: number;
  readonly dropout: number;
  /** ((K + 2), K), row by row: 1 where a tag (row) may be followed by another; then which may begin, which may end. */
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

/** Returns where the tokens stand whose rows the recurrence sees from a token: itself first, then from near to far. */
export function windowOffsets({ window }: NetworkPlan): number[] {
  return offsetsUpTo(window);
}

/** Neighbours on each side whose rows are added to the logits. */
const WIDE_DISTANCE = 2;

/** Returns where the tokens stand whose rows are added to the logits, in the order of `windowOffsets`. */
export function wideOffsets({ wide }: NetworkPlan): number[] {
  return wide ? offsetsUpTo(WIDE_DISTANCE) : [];
}

function offsetsUpTo(distance: number): number[] {
  return [0, ...Array.from({ length: distance }, (_, index) => [-index - 1, index + 1]).flat()];
}

/** Returns a name with the offset that it is about: `input`, `input-1`, `input+1`. */
export function nameAt(name: string, offset: number): string {
  return offset === 0 ? name : `${name}${offset > 0 ? '+' : ''}${offset}`;
}

/** Returns the name of the input weights of a table at one offset of the window. */
export function inputName(offset: number, table: string): string {
  return `${nameAt('input', offset)}.${table}.weights`;
}

/** Returns what the names of a layer's parameters begin with. */
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

/** Returns the side of what the input gives the recurrence: a block of H a direction and gate. */
export function recurrenceBlocks(plan: NetworkPlan): number {
  return directionsOf(plan).length * cellOf(plan).gates.length;
}
