import { at } from '../numerics/at.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import type { Hideable } from '../text/features.js';
import { UNKNOWN_ID } from '../text/vocabulary.js';
import type { Lexicon } from './lexicon.js';
import type { PlannedTable } from './plan.js';

/** The rows of one table that words name. */
interface TableRows {
  readonly table: PlannedTable;
  /** (capacity, named), whole numbers */
  readonly ids: Address;
}

/** The rows that each of some words names in each table of a plan. Threads that create the same share them. */
export class NamedRows {
  /** The rows in each table, in the order of the plan. */
  readonly tables: readonly TableRows[];
  readonly #kernels: Kernels;

  constructor(kernels: Kernels, tables: readonly PlannedTable[], capacity: number) {
    this.#kernels = kernels;
    this.tables = tables.map((table) => ({ table, ids: kernels.allocate(capacity * table.named) }));
  }

  /** Stores the rows that a word of a lexicon names as those of number `index`. */
  set(index: number, lexicon: Lexicon, word: number): void {
    const { integers } = this.#kernels;
    for (const [number, { table, ids }] of this.tables.entries()) {
      const { named } = table;
      for (let place = 0; place < named; place++)
        integers[ids + index * named + place] = lexicon.idOf(word, number, place);
    }
  }

  /** Makes a word name the row of unknown values in the tables that training hides together. */
  hide(index: number, what: Hideable): void {
    for (const [number, { table }] of this.tables.entries()) if (table.hideable === what) this.forget(index, number);
  }

  /** Makes a word name the row of unknown values in one table, given by its number. */
  forget(index: number, number: number): void {
    const { table, ids } = at(this.tables, number);
    this.#kernels.integers.fill(UNKNOWN_ID, ids + index * table.named, ids + (index + 1) * table.named);
  }

  /** Copies the rows of words `first` to `last`, exclusive, of others to the first words. */
  copyFrom(others: NamedRows, first: number, last: number): void {
    const { integers } = this.#kernels;
    for (const [number, { table, ids }] of this.tables.entries()) {
      const { named } = table;
      const from = at(others.tables, number).ids;
      integers.copyWithin(ids, from + first * named, from + last * named);
    }
  }
}
