import { at, integerAt } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import { NamedRows } from './named-rows.js';
import type { Network, PlacedPart } from './network.js';
import { Nonzeros } from './nonzeros.js';
import type { PartWords, Rows, Target } from './parts/part.js';

/** The number of words whose products are computed together as one piece of work. */
export const WORD_BLOCK = 16;

/** The number of rows of the network's widest matrix that a pass's scratch holds. */
export const SCRATCH_ROWS = 256;

/** The number of columns of the input weights whose gradient is one piece of work. */
const COLUMNS = 32;

/** The number of columns of the words whose numbers are found as one piece of work. */
const FOUND_COLUMNS = 8;

/** A part and its share in the words. */
interface WordPart extends PlacedPart {
  readonly words: PartWords;
}

/** The words' products at one offset of the window. */
export interface WordSums {
  readonly offset: number;
  /** (capacity + 1, recurrence); the last row belongs to no word and stays 0 */
  readonly sums: Address;
  /** (capacity, recurrence): the loss's gradient by the sums; empty in tagging */
  readonly gradient: Address;
}

/**
 * The distinct words of a batch. What each adds to the recurrence (its product) is computed once, however many tokens
 * have the word. A product is what the input's parts give the word side by side, multiplied by the input weights. Each
 * offset of the window has products of its own: that of offset o goes to the token o places before the word. Threads
 * that create the same words share them.
 */
export class Words {
  readonly capacity: number;
  /** (capacity), whole numbers: the keys from which dropout of the input is drawn */
  readonly keys: Address;
  /** The numbers that words add to the recurrence's input, (·, recurrence), at each offset of the window. */
  readonly products: readonly WordSums[];
  /** The rows that the words name. */
  readonly named: NamedRows;
  /** (capacity, input): what the parts give side by side, in training after dropout */
  readonly columns: Address;
  /** (capacity, input): the gradient by `columns`; empty in tagging */
  readonly #dColumns: Address;
  /** What dropout leaves of `columns`; undefined if that is most of them. */
  readonly #nonzeros: Nonzeros | undefined;
  readonly #parts: readonly WordPart[];
  readonly #count: Address;
  readonly #network: Network;
  readonly #kernels: Kernels;

  constructor(network: Network, capacity: number, isTraining: boolean) {
    const { kernels, plan, widths, offsets } = network;
    const { recurrence, input } = widths;
    const inTraining = (n: number): Address => kernels.allocate(isTraining ? n : 0);
    this.#network = network;
    this.#kernels = kernels;
    this.capacity = capacity;
    this.#count = kernels.allocate(1);
    this.named = new NamedRows(kernels, plan.tables, capacity);
    this.keys = kernels.allocate(capacity);
    this.products = offsets.map((offset) => ({
      offset,
      sums: kernels.allocate((capacity + 1) * recurrence),
      gradient: inTraining(capacity * recurrence),
    }));
    this.columns = kernels.allocate(capacity * input);
    this.#dColumns = inTraining(capacity * input);
    const isSparse = isTraining && plan.input === 'concatenate' && Nonzeros.isWorthwhile(plan.inputDropout);
    this.#nonzeros = isSparse ? new Nonzeros(kernels, capacity, input) : undefined;
    this.#parts = network.parts.map((placed) => {
      const place = {
        kernels,
        rows: placed.rows,
        width: placed.width,
        ids: at(this.named.tables, placed.part.table).ids,
        matrixOf: (name: string) => network.panelsOf(name),
      };
      return { ...placed, words: placed.part.createWords(place, capacity, isTraining) };
    });
  }

  get count(): number {
    return integerAt(this.#kernels.integers, this.#count);
  }

  set count(count: number) {
    this.#kernels.integers[this.#count] = count;
  }

  /** Returns the gradients by the named rows of each part, in the order of the layout: of the trained ones, or of all. */
  rowGradients(which: 'trained' | 'all' = 'trained'): Rows[] {
    return this.#parts
      .filter(({ isTrained }) => isTrained || which === 'all')
      .map((part) => part.words.rowGradient(this.#gradientBy(part, this.#dColumns, 0)));
  }

  /** Reads the rows of words `first` to `last`, exclusive: writes `columns`, or with `sum` products. */
  read(first: number, last: number): void {
    const kernels = this.#kernels;
    const { input, recurrence } = this.#network.widths;
    const M = last - first;
    const x = shifted(this.columns, first * input);
    for (const { sums } of this.products) kernels.fill(shifted(sums, first * recurrence), 0, M * recurrence);
    for (const part of this.#parts) part.words.forward(first, last, this.#resultOf(part, x, first));
  }

  /** Computes the products of words `first` to `last`, exclusive; applies dropout in training. */
  multiply(first: number, last: number, isTraining: boolean): void {
    const kernels = this.#kernels;
    const { plan, widths } = this.#network;
    const { input, recurrence } = widths;
    const M = last - first;
    const x = shifted(this.columns, first * input);
    this.read(first, last);
    if (plan.input === 'sum') return;
    if (isTraining && plan.inputDropout > 0)
      kernels.dropout(x, input, shifted(this.keys, first), plan.inputDropout, M, input);
    const nonzeros = isTraining ? this.#nonzeros : undefined;
    nonzeros?.findInRows(this.columns, first, last);
    for (const { offset, sums } of this.products) {
      const { panels } = this.#network.inputWeights(offset);
      const y = shifted(sums, first * recurrence);
      if (nonzeros) nonzeros.multiplyRows(first, last, panels, y, recurrence, recurrence);
      else kernels.multiply(x, input, panels, y, recurrence, M, input, recurrence);
    }
  }

  /**
   * Computes the gradient by the rows of words `first` to `last`, exclusive, from that by their products: by the rows of
   * trained parts, or by those of all.
   */
  multiplyBack(first: number, last: number, which: 'trained' | 'all' = 'trained'): void {
    const kernels = this.#kernels;
    const { plan, widths } = this.#network;
    const { input, trainedInput, recurrence } = widths;
    const M = last - first;
    const dx = shifted(this.#dColumns, first * input);
    if (plan.input === 'concatenate') {
      kernels.fill(dx, 0, M * input);
      for (const { offset, gradient } of this.products) {
        const { transposed } = this.#network.inputWeights(offset);
        const dy = shifted(gradient, first * recurrence);
        const columns = which === 'all' ? input : trainedInput;
        kernels.multiply(dy, recurrence, transposed, dx, input, M, recurrence, columns);
      }
      if (plan.inputDropout > 0) kernels.dropout(dx, input, shifted(this.keys, first), plan.inputDropout, M, input);
    }
    for (const part of this.#parts)
      if (part.isTrained) part.words.backward(first, last, this.#gradientBy(part, dx, first));
  }

  /** The number of pieces of `findColumns`. */
  get columnPieces(): number {
    return this.#nonzeros ? Math.ceil(this.#network.widths.input / FOUND_COLUMNS) : 0;
  }

  /** Finds, for `addWeightGradient`, one piece of what dropout has left of the words' columns. */
  findColumns(piece: number): void {
    const { input } = this.#network.widths;
    const first = piece * FOUND_COLUMNS;
    this.#nonzeros?.findInColumns(this.columns, this.count, first, Math.min(first + FOUND_COLUMNS, input));
  }

  /** Returns the place for what a part gives words from `first` on. */
  #resultOf({ part, column }: PlacedPart, x: Address, first: number): Rows {
    return this.#rowsOf(part.target, shifted(x, column), first, ({ sums }) => sums);
  }

  /** Returns the gradient by what a part gives words from `first` on. */
  #gradientBy({ part, column }: PlacedPart, dx: Address, first: number): Rows {
    return this.#rowsOf(part.target, shifted(dx, column), first, ({ gradient }) => gradient);
  }

  #rowsOf(target: Target, columns: Address, first: number, bufferOf: (sums: WordSums) => Address): Rows {
    const { input, recurrence } = this.#network.widths;
    if (target.kind === 'columns') return { address: columns, ld: input };
    return { address: shifted(bufferOf(at(this.products, 0)), first * recurrence), ld: recurrence };
  }

  /** The number of pieces of `addWeightGradient`: those of parts, then blocks of columns of each offset's weights. */
  get weightPieces(): number {
    const { plan, widths, offsets } = this.#network;
    if (plan.input === 'sum') return this.#partPieces;
    return this.#partPieces + offsets.length * Math.ceil(widths.recurrence / COLUMNS);
  }

  get #partPieces(): number {
    return this.#parts.reduce((sum, { words }) => sum + words.weightPieces, 0);
  }

  /**
   * Adds one piece of the gradient by the weights between the rows and the products.
   *
   * @param gradient block of the dense parameters' gradients
   * @param scratch min(count, 256) · (input + 8)
   */
  addWeightGradient(piece: number, gradient: Address, scratch: Address): void {
    let rest = piece;
    for (const { words } of this.#parts) {
      if (rest < words.weightPieces) {
        words.addWeightGradient(rest, this.count, gradient, scratch);
        return;
      }
      rest -= words.weightPieces;
    }
    const { input, recurrence } = this.#network.widths;
    const perOffset = Math.ceil(recurrence / COLUMNS);
    const column = (rest % perOffset) * COLUMNS;
    const { offset, gradient: dProducts } = at(this.products, Math.floor(rest / perOffset));
    const dy = shifted(dProducts, column);
    const dWeights = shifted(gradient, this.#network.inputWeights(offset).offset + column);
    const N = Math.min(COLUMNS, recurrence - column);
    const M = this.count;
    // The scratch of many words has no room for these columns of their gradient beside the panels of them.
    if (this.#nonzeros && 2 * M * N <= Math.min(M, SCRATCH_ROWS) * (input + 8)) {
      const panels = shifted(scratch, M * N);
      this.#kernels.copyRows(dy, recurrence, scratch, N, M, N);
      this.#kernels.pack(scratch, panels, M, N);
      this.#nonzeros.multiplyColumns(M, panels, dWeights, recurrence, N);
    } else
      this.#kernels.multiplyTransposed(this.columns, input, dy, recurrence, dWeights, recurrence, M, input, N, scratch);
  }
}
