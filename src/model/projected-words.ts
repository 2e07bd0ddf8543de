import { at } from '../numerics/at.js';
import { type Address, LARGEST_INTEGER, shifted } from '../numerics/kernels.js';
import { COLUMN_FACTOR } from '../numerics/quantised-matrix.js';
import type { NamedRows } from './named-rows.js';
import type { Network } from './network.js';
import { nameAt } from './plan.js';
import type { TaggingNetwork } from './tagging-network.js';
import { WORD_BLOCK, Words } from './words.js';

/** The products of words and the weights of the recurrence at one offset of the window. */
export interface ProjectedRows {
  /** (capacity + 1, recurrence), numbers of 16 bits; the last row belongs to no word and stays 0 */
  readonly rows: Address;
  /** (capacity + 1): the numbers by which the rows are multiplied */
  readonly scales: Address;
}

/** Returns the number of numbers of the memory that each word takes. */
export function numbersPerWord({ widths, offsets }: Pick<Network, 'widths' | 'offsets'>): number {
  return (widths.recurrence / 2 + 1) * offsets.length;
}

/**
 * Words as tagging keeps them: what each adds to the input of the recurrence, in 16 bits with a scale for each row. Threads
 * that create the same words share them.
 */
export class ProjectedWords {
  /** The rows at each offset of the window. */
  readonly products: readonly ProjectedRows[];
  readonly #network: Network;

  constructor(network: Network, capacity: number) {
    const { kernels, widths, offsets } = network;
    this.#network = network;
    this.products = offsets.map(() => ({
      rows: kernels.allocate(((capacity + 1) * widths.recurrence) / 2),
      scales: kernels.allocate(capacity + 1),
    }));
  }

  /**
   * Stores products of words at one offset, given by its place, from the place `slot` on.
   *
   * @param sums (count, recurrence): the products
   * @param factors (count): the numbers by which the products are multiplied; undefined if they are not
   */
  storeProducts(place: number, sums: Address, factors: Address | undefined, count: number, slot: number): void {
    const { kernels, widths } = this.#network;
    const { recurrence } = widths;
    const { rows, scales } = at(this.products, place);
    const to = shifted(rows, (slot * recurrence) / 2);
    const own = shifted(scales, slot);
    kernels.quantiseRows(sums, recurrence, to, recurrence / 2, own, LARGEST_INTEGER, count, recurrence);
    if (factors === undefined) return;
    const { memory } = kernels;
    for (let word = 0; word < count; word++)
      memory[own + word] = at(memory, own + word) * at(memory, factors + word) * COLUMN_FACTOR;
  }
}

/** Multiplies new words out, block by block in buffers of its own, so that threads can divide the words among themselves. */
export class WordProjector {
  readonly #tagging: TaggingNetwork;
  readonly #block: Words;
  /** (block, input): the columns of words, rounded to 14 bits with a scale for each word; empty with `sum` */
  readonly #columns: Address;
  readonly #scales: Address;

  constructor(tagging: TaggingNetwork) {
    const { network } = tagging;
    this.#tagging = tagging;
    this.#block = new Words(network, WORD_BLOCK, false);
    this.#columns = network.kernels.allocate((WORD_BLOCK * network.widths.input) / 2);
    this.#scales = network.kernels.allocate(WORD_BLOCK);
  }

  /**
   * Multiplies words out and stores them.
   *
   * @param named the rows that the words name
   * @param first the first of the words among those of `named`
   * @param last the last of them, exclusive
   * @param slot the place in `words` of the first of all words of `named`
   */
  project(named: NamedRows, first: number, last: number, words: ProjectedWords, slot: number): void {
    for (let from = first; from < last; from += WORD_BLOCK) {
      const count = Math.min(WORD_BLOCK, last - from);
      this.#block.named.copyFrom(named, from, from + count);
      this.#block.read(0, count);
      const factors = this.#multiply(count);
      for (const [place, { sums }] of this.#block.products.entries())
        words.storeProducts(place, sums, factors, count, slot + from);
    }
  }

  /**
   * Computes the products of the first words of the block from their columns, and returns the numbers by which these are to be
   * multiplied; does nothing with `sum`, where rows are products.
   */
  #multiply(count: number): Address | undefined {
    const { network } = this.#tagging;
    const { kernels, plan, widths } = network;
    const { input, recurrence } = widths;
    if (plan.input === 'sum') return undefined;
    const ld = input / 2;
    kernels.quantiseRows(this.#block.columns, input, this.#columns, ld, this.#scales, COLUMN_FACTOR, count, input);
    for (const { offset, sums } of this.#block.products) {
      const { panels, scales } = this.#tagging.matrix(nameAt('input', offset));
      kernels.multiplyQuantised(this.#columns, ld, panels, scales, sums, recurrence, count, input, recurrence);
    }
    return this.#scales;
  }
}
