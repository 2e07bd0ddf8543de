import type { Network } from '../model/network.js';
import type { TrainingBatch } from '../model/training-batch.js';
import { at, integerAt } from '../numerics/at.js';
import type { Address, Kernels } from '../numerics/kernels.js';

/** Items grouped by what they name: those that name n are `positions[i]` for from[n] <= i < from[n + 1]. */
interface Grouping {
  readonly from: Address;
  readonly positions: Address;
}

/** The rows of one part's table that a batch names; `positions` are places among the ids of words, `named` a word. */
export interface TouchedTable extends Grouping {
  /** The place of the table within every block of the layout. */
  readonly offset: number;
  readonly width: number;
  /** The number of the plan's table to whose values the rows belong. */
  readonly table: number;
  /** The number of rows that a word names. */
  readonly named: number;
  /** (1), the number of touched rows */
  readonly count: Address;
  /** (count), the touched rows in the order in which words first name them */
  readonly rows: Address;
  /** (count, width), the gradient of each row */
  readonly gradient: Address;
  /** (count) doubles, the sum of squares of each row's gradient */
  readonly squares: Address;
}

/** The tokens that see a word at one offset. */
interface SeeingTokens {
  readonly offset: number;
  /** For each of the grouped tokens, the row of the token that sees it at this offset. */
  readonly rows: Address;
}

/** The rows, tokens and words of a batch, grouped by what they name. Threads share it as they share a network. */
export interface Touched {
  /** The trained tables, in the order of the layout. */
  readonly tables: readonly TouchedTable[];
  /** The tokens of each word, by their rows in the batch. */
  readonly tokens: Grouping;
  /** The tokens that see words, by offset. */
  readonly seeing: readonly SeeingTokens[];
}

/** Allocates the buffers for a batch of up to `capacity` tokens. */
export function allocateTouched(network: Network, capacity: number): Touched {
  const { kernels, plan, weights, parts, offsets } = network;
  const group = (things: number): Grouping => ({
    from: kernels.allocate(things + 1),
    positions: kernels.allocate(things),
  });
  const tokens = group(capacity);
  return {
    tokens,
    seeing: offsets.map((offset) => {
      return { offset, rows: offset === 0 ? tokens.positions : kernels.allocate(capacity) };
    }),
    tables: parts
      .filter(({ isTrained }) => isTrained)
      .map(({ part, rows: table, width }) => {
        const { named, rows: height } = at(plan.tables, part.table);
        const rows = named === 1 ? capacity : Math.min(capacity * named, height);
        return {
          ...group(capacity * named),
          table: part.table,
          named,
          offset: table - weights,
          width,
          count: kernels.allocate(1),
          rows: kernels.allocate(rows),
          gradient: kernels.allocate(rows * width),
          squares: kernels.allocate(2 * rows),
        };
      }),
  };
}

/** Finds what the words and tokens of a batch name, so that gradients are summed in the order of tokens and words. */
export class TouchedRowFinder {
  readonly #kernels: Kernels;
  readonly #touched: Touched;
  /** For each table of the plan, the number of each row among the touched ones, or -1. */
  readonly #slots: readonly Int32Array[];

  constructor({ kernels, plan }: Network, touched: Touched) {
    this.#kernels = kernels;
    this.#touched = touched;
    this.#slots = plan.tables.map(({ rows }) => new Int32Array(rows).fill(-1));
  }

  find(batch: TrainingBatch): void {
    const { integers } = this.#kernels;
    const { words, rows, own, seen } = batch;
    const { tokens, seeing, tables } = this.#touched;
    integers.fill(0, tokens.from, tokens.from + words.count);
    for (const word of integers.subarray(own.slots, own.slots + rows)) increment(integers, tokens.from + word);
    this.#group(tokens, words.count, own.slots, rows, (word) => word);
    for (const { offset, rows: target } of seeing) {
      const opposite = seen.find((there) => there.offset === -offset);
      if (offset === 0 || !opposite) continue;
      for (let i = 0; i < rows; i++)
        integers[target + i] = integerAt(integers, opposite.neighbours + integerAt(integers, tokens.positions + i));
    }
    for (const table of tables)
      this.#findRows(
        table,
        at(this.#slots, table.table),
        at(words.named.tables, table.table).ids,
        words.count * table.named,
      );
  }

  #findRows({ count, rows, ...grouping }: TouchedTable, slots: Int32Array, ids: Address, things: number): void {
    const { integers } = this.#kernels;
    let touched = 0;
    for (const id of integers.subarray(ids, ids + things)) {
      let slot = integerAt(slots, id);
      if (slot < 0) {
        slot = touched++;
        slots[id] = slot;
        integers[rows + slot] = id;
        integers[grouping.from + slot] = 0;
      }
      increment(integers, grouping.from + slot);
    }
    this.#group(grouping, touched, ids, things, (id) => integerAt(slots, id));
    for (const id of integers.subarray(rows, rows + touched)) slots[id] = -1;
    integers[count] = touched;
  }

  /**
   * Completes a counting sort, for which `from` counts the items that name each of the `count` named things.
   *
   * @param slotOf returns the number of a named thing, given the name
   */
  #group(
    { from, positions }: Grouping,
    count: number,
    names: Address,
    things: number,
    slotOf: (name: number) => number,
  ): void {
    const { integers } = this.#kernels;
    let end = 0;
    for (let slot = 0; slot < count; slot++) {
      end += integerAt(integers, from + slot);
      integers[from + slot] = end;
    }
    integers[from + count] = end;
    for (let thing = things - 1; thing >= 0; thing--) {
      const slot = slotOf(integerAt(integers, names + thing));
      const place = integerAt(integers, from + slot) - 1;
      integers[from + slot] = place;
      integers[positions + place] = thing;
    }
  }
}

function increment(integers: Int32Array, index: number): void {
  integers[index] = integerAt(integers, index) + 1;
}
