import type { BatchMemory } from '../model/batch.js';
import type { Network } from '../model/network.js';
import { type FeatureTable, namedRows } from '../model/plan.js';
import type { Address, Kernels } from '../numerics/kernels.js';

/** Things sorted by whom they name: those of number n are `positions[i]`, from[n] <= i < from[n + 1]. */
interface Grouping {
  readonly from: Address;
  readonly positions: Address;
}

/** The rows of one table that a batch names, and its words (of letters: their places in words) that name each. */
export interface TouchedTable extends Grouping {
  /** The table within every block of the layout. */
  readonly offset: number;
  readonly width: number;
  /** Number of the feature whose values its rows are. */
  readonly feature: number;
  /** How many rows a word names. */
  readonly named: number;
  /** (1), number of rows touched */
  readonly count: Address;
  /** (count), which rows, in the order of their first word */
  readonly rows: Address;
  /** (count, width), gradient of each row */
  readonly gradient: Address;
  /** (count) doubles, its sum of squares */
  readonly squares: Address;
}

/** Who names whom in a batch. Threads that make the same share it. */
export interface Touched {
  readonly tables: readonly TouchedTable[];
  /** The tokens of each word, by their rows in the batch. */
  readonly tokens: Grouping;
  /** Beside each of them, an offset of the window: the token that sees the word there. */
  readonly seers: readonly Address[];
}

/** Takes the memory for a batch of up to `capacity` tokens. */
export function allocateTouched(network: Network, capacity: number): Touched {
  const { kernels, plan, layout, seenOffsets } = network;
  const features = [...network.tables, ...network.wideTables, ...network.letterTables].map(({ feature }) => feature);
  const group = (things: number): Grouping => ({
    from: kernels.allocate(things + 1),
    positions: kernels.allocate(things),
  });
  const tokens = group(capacity);
  return {
    tokens,
    seers: seenOffsets.map((offset) => (offset === 0 ? tokens.positions : kernels.allocate(capacity))),
    tables: layout.tables.map(({ offset, width, height }, index) => {
      const feature = features[index] as number;
      const named = namedRows(plan.features[feature] as FeatureTable);
      const rows = named === 1 ? capacity : Math.min(capacity * named, height);
      return {
        ...group(capacity * named),
        feature,
        named,
        offset,
        width,
        count: kernels.allocate(1),
        rows: kernels.allocate(rows),
        gradient: kernels.allocate(rows * width),
        squares: kernels.allocate(2 * rows),
      };
    }),
  };
}

/** Finds who names whom in a batch, so that gradients are sums in the order of tokens and words. */
export class TouchedRowFinder {
  readonly #kernels: Kernels;
  readonly #touched: Touched;
  readonly #offsets: readonly number[];
  /** Of each value of each feature: its number among the touched ones, or -1. */
  readonly #slots: readonly Int32Array[];

  constructor({ kernels, plan, seenOffsets }: Network, touched: Touched) {
    this.#kernels = kernels;
    this.#touched = touched;
    this.#offsets = seenOffsets;
    this.#slots = plan.features.map(({ rows }) => new Int32Array(rows).fill(-1));
  }

  find(batch: BatchMemory): void {
    const { integers } = this.#kernels;
    const { words, rows } = batch;
    const { tokens, seers, tables } = this.#touched;
    const own = batch.slots[this.#offsets.indexOf(0)] as Address;
    integers.fill(0, tokens.from, tokens.from + words.count);
    for (let token = 0; token < rows; token++) (integers[tokens.from + (integers[own + token] as number)] as number)++;
    this.#group(tokens, words.count, own, rows, (word) => word);
    for (const [index, offset] of this.#offsets.entries()) {
      if (offset === 0) continue;
      const neighbours = batch.neighbours[this.#offsets.indexOf(-offset)] as Address;
      const target = seers[index] as Address;
      for (let i = 0; i < rows; i++)
        integers[target + i] = integers[neighbours + (integers[tokens.positions + i] as number)] as number;
    }
    for (const table of tables) {
      const ids = words.ids[table.feature] as Address;
      this.#findRows(table, this.#slots[table.feature] as Int32Array, ids, words.count * table.named);
    }
  }

  #findRows({ count, rows, ...grouping }: TouchedTable, slots: Int32Array, ids: Address, things: number): void {
    const { integers } = this.#kernels;
    let touched = 0;
    for (let thing = 0; thing < things; thing++) {
      const id = integers[ids + thing] as number;
      let slot = slots[id] as number;
      if (slot < 0) {
        slot = touched++;
        slots[id] = slot;
        integers[rows + slot] = id;
        integers[grouping.from + slot] = 0;
      }
      (integers[grouping.from + slot] as number)++;
    }
    this.#group(grouping, touched, ids, things, (id) => slots[id] as number);
    for (let slot = 0; slot < touched; slot++) slots[integers[rows + slot] as number] = -1;
    integers[count] = touched;
  }

  /**
   * The rest of a counting sort, when `from` counts how many things name each of the `count` named.
   *
   * @param names (things), whole numbers
   * @param slotOf the number among the named of a thing's name
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
      end += integers[from + slot] as number;
      integers[from + slot] = end;
    }
    integers[from + count] = end;
    for (let thing = things - 1; thing >= 0; thing--) {
      const slot = slotOf(integers[names + thing] as number);
      const place = (integers[from + slot] as number) - 1;
      integers[from + slot] = place;
      integers[positions + place] = thing;
    }
  }
}
