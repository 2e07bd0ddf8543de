import type { BatchMemory } from '../model/batch.js';
import type { Network } from '../model/network.js';
import { tablesOf } from '../model/pass.js';
import type { Address, Kernels } from '../numerics/kernels.js';

/** The rows of one table that a batch names, and the tokens that name each. */
export interface TouchedTable {
  /** The table within every block of the layout. */
  readonly offset: number;
  readonly width: number;
  /** Column of the gradient by the input where this table's begins. */
  readonly column: number;
  /** (1), number of rows touched */
  readonly count: Address;
  /** (count), which rows, in the order of their first token */
  readonly rows: Address;
  /** (count + 1), where each row's tokens begin in `positions` */
  readonly from: Address;
  /** (tokens), rows of the batch */
  readonly positions: Address;
  /** (count, width), gradient of each row */
  readonly gradient: Address;
  /** (count) doubles, its sum of squares */
  readonly squares: Address;
  /** Where rows are multiplied out: (count, width), the rows; (count, recurrence), their products, then its gradient. */
  readonly gathered: Address;
  readonly products: Address;
}

/** Takes the memory for a batch of up to `capacity` tokens. Threads that make the same share it. */
export function allocateTouchedTables(network: Network, capacity: number): TouchedTable[] {
  const { kernels, projection, widths } = network;
  return tablesOf(network).map(({ table, width, column }) => ({
    offset: table - network.weights,
    width,
    column: projection ? 0 : column,
    count: kernels.allocate(1),
    rows: kernels.allocate(capacity),
    from: kernels.allocate(capacity + 1),
    positions: kernels.allocate(capacity),
    gradient: kernels.allocate(capacity * width),
    squares: kernels.allocate(2 * capacity),
    gathered: projection ? kernels.allocate(capacity * width) : 0,
    products: projection ? kernels.allocate(capacity * widths.recurrence) : 0,
  }));
}

/** Finds the touched rows of a batch, so that their gradients are sums in the order of the tokens. */
export class TouchedRowFinder {
  readonly #kernels: Kernels;
  readonly #tables: readonly TouchedTable[];
  /** Of each row of each table: its number among the touched ones, or -1. */
  readonly #slots: readonly Int32Array[];

  constructor(network: Network, tables: readonly TouchedTable[]) {
    this.#kernels = network.kernels;
    this.#tables = tables;
    this.#slots = network.plan.features.map(({ rows }) => new Int32Array(rows).fill(-1));
  }

  find(batch: BatchMemory): void {
    const tokens = batch.rows;
    for (const [index, table] of this.#tables.entries()) {
      this.#findIn(table, this.#slots[index] as Int32Array, batch.ids[index] as Address, tokens);
    }
  }

  /** A counting sort of the tokens by the row they name. */
  #findIn({ count, rows, from, positions }: TouchedTable, slots: Int32Array, ids: Address, tokens: number): void {
    const { integers } = this.#kernels;
    let touched = 0;
    for (let token = 0; token < tokens; token++) {
      const id = integers[ids + token] as number;
      let slot = slots[id] as number;
      if (slot < 0) {
        slot = touched++;
        slots[id] = slot;
        integers[rows + slot] = id;
        integers[from + slot] = 0;
      }
      (integers[from + slot] as number)++;
    }
    let end = 0;
    for (let slot = 0; slot < touched; slot++) {
      end += integers[from + slot] as number;
      integers[from + slot] = end;
    }
    integers[from + touched] = end;
    for (let token = tokens - 1; token >= 0; token--) {
      const slot = slots[integers[ids + token] as number] as number;
      const place = (integers[from + slot] as number) - 1;
      integers[from + slot] = place;
      integers[positions + place] = token;
    }
    for (let slot = 0; slot < touched; slot++) slots[integers[rows + slot] as number] = -1;
    integers[count] = touched;
  }
}
