import type { Address, Kernels } from '../numerics/kernels.js';
import type { Network } from './network.js';

/** Words that are multiplied out together: one piece of work. */
export const WORD_BLOCK = 32;

/**
 * The distinct words of a batch, and what each gives the recurrence: the product of its one-hot vectors and the input
 * weights, computed once however many tokens have it. Threads that make the same one share it.
 *
 * Each offset of the window has a product of its own: that of offset o goes to the token which stands o places before
 * the word.
 */
export class Words {
  readonly capacity: number;
  /** (capacity) a table, whole numbers: the row that each word names */
  readonly ids: readonly Address[];
  /** (capacity), whole numbers: what dropout of the input is drawn from */
  readonly keys: Address;
  /** (capacity + 1, recurrence) an offset; the last row is of no word, and stays 0 */
  readonly products: readonly Address[];
  /** (capacity, recurrence) an offset: the loss's gradient by the products; none where words are only tagged */
  readonly dProducts: readonly Address[];
  /** (capacity, input): rows side by side, after dropout, and the gradient by them; 0 with `sum` */
  readonly #rows: Address;
  readonly #dRows: Address;
  readonly #count: Address;
  readonly #network: Network;
  readonly #kernels: Kernels;

  constructor(network: Network, capacity: number, isTraining: boolean) {
    const { kernels, plan, widths, offsets } = network;
    const { recurrence, input } = widths;
    this.#network = network;
    this.#kernels = kernels;
    this.capacity = capacity;
    this.#count = kernels.allocate(1);
    this.ids = plan.features.map(() => kernels.allocate(capacity));
    this.keys = kernels.allocate(capacity);
    this.products = offsets.map(() => kernels.allocate((capacity + 1) * recurrence));
    this.dProducts = isTraining ? offsets.map(() => kernels.allocate(capacity * recurrence)) : [];
    this.#rows = kernels.allocate(capacity * input);
    this.#dRows = isTraining ? kernels.allocate(capacity * input) : 0;
  }

  get count(): number {
    return this.#kernels.integers[this.#count] as number;
  }

  set count(count: number) {
    this.#kernels.integers[this.#count] = count;
  }

  /** Where a table's part of the words' gradient begins, and how far its rows are apart. */
  gradientOf(table: number): { readonly address: Address; readonly ld: number } {
    const { plan, widths, tables } = this.#network;
    if (plan.input === 'sum') return { address: this.dProducts[0] as Address, ld: widths.recurrence };
    return { address: this.#dRows + (tables[table] as { column: number }).column, ld: widths.input };
  }

  /** Makes the products of words `first` to `last`, exclusive; with dropout in training. */
  multiply(first: number, last: number, isTraining: boolean): void {
    const kernels = this.#kernels;
    const { plan, widths, tables, offsets } = this.#network;
    const { input, recurrence } = widths;
    const M = last - first;
    if (plan.input === 'sum') {
      const y = (this.products[0] as Address) + first * recurrence;
      kernels.fill(y, 0, M * recurrence);
      for (const [index, { table, width }] of tables.entries())
        kernels.gatherAdd(table, (this.ids[index] as Address) + first, y, recurrence, M, width);
      return;
    }
    const x = this.#rows + first * input;
    for (const [index, { table, width, column }] of tables.entries())
      kernels.gather(table, (this.ids[index] as Address) + first, x + column, input, M, width);
    if (isTraining && plan.inputDropout > 0) kernels.dropout(x, input, this.keys + first, plan.inputDropout, M, input);
    for (const [index, offset] of offsets.entries()) {
      const y = (this.products[index] as Address) + first * recurrence;
      kernels.fill(y, 0, M * recurrence);
      kernels.multiply(x, input, this.#network.inputPanels(offset).panels, y, recurrence, M, input, recurrence);
    }
  }

  /** From the gradient by the products of words `first` to `last` makes that by the rows. */
  multiplyBack(first: number, last: number): void {
    const kernels = this.#kernels;
    const { plan, widths, offsets } = this.#network;
    const { input, recurrence } = widths;
    if (plan.input === 'sum') return;
    const M = last - first;
    const dx = this.#dRows + first * input;
    kernels.fill(dx, 0, M * input);
    for (const [index, offset] of offsets.entries()) {
      const dy = (this.dProducts[index] as Address) + first * recurrence;
      kernels.multiply(dy, recurrence, this.#network.inputPanels(offset).transposed, dx, input, M, recurrence, input);
    }
    if (plan.inputDropout > 0) kernels.dropout(dx, input, this.keys + first, plan.inputDropout, M, input);
  }

  /**
   * Adds some columns of the gradient by the input weights of one offset.
   *
   * @param gradient (input, recurrence)
   * @param scratch min(count, 256) · (input + 8)
   */
  addWeightGradient(index: number, column: number, columns: number, gradient: Address, scratch: Address): void {
    const { input, recurrence } = this.#network.widths;
    const dy = (this.dProducts[index] as Address) + column;
    this.#kernels.multiplyTransposed(
      this.#rows,
      input,
      dy,
      recurrence,
      gradient + column,
      recurrence,
      this.count,
      input,
      columns,
      scratch,
    );
  }
}
