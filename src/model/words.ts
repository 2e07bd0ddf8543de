import type { Address, Kernels } from '../numerics/kernels.js';
import type { Lexicon } from './lexicon.js';
import type { Network } from './network.js';
import { inputName, namedRows, READINGS, wideOffsets } from './plan.js';
import { WordLetters } from './word-letters.js';

/** Words that are multiplied out together: one piece of work. */
export const WORD_BLOCK = 32;

/** Rows that a scratch of a pass holds, of the network's widest matrix. */
export const SCRATCH_ROWS = 256;

/** Columns of the input weights whose gradient is one piece. */
const COLUMNS = 32;

/**
 * The distinct words of a batch, and what each gives the recurrence: the product of its one-hot vectors and the input
 * weights, computed once however many tokens have it. Threads that make the same one share it.
 *
 * Each offset of the window has a product of its own: that of offset o goes to the token which stands o places before
 * the word.
 */
export class Words {
  readonly capacity: number;
  /** (capacity, named rows) a table, whole numbers: the rows that each word names, which is one but of letters */
  readonly ids: readonly Address[];
  /** (capacity), whole numbers: what dropout of the input is drawn from */
  readonly keys: Address;
  /** (capacity + 1, recurrence) an offset; the last row is of no word, and stays 0 */
  readonly products: readonly Address[];
  /** (capacity, recurrence) an offset: the loss's gradient by the products; none where words are only tagged */
  readonly dProducts: readonly Address[];
  /** (capacity + 1, tags) a wide offset: what each word adds to the logits; the last row is of no word, and stays 0 */
  readonly votes: readonly Address[];
  /** (capacity, tags) a wide offset: the loss's gradient by the votes; none where words are only tagged */
  readonly dVotes: readonly Address[];
  /**
   * (capacity, input): rows side by side, after dropout, and the gradient by them; 0 with `sum`, and where words are only
   * tagged
   */
  readonly #rows: Address;
  readonly #dRows: Address;
  /** Of the table of letters, if there is one. */
  readonly #letters: readonly WordLetters[];
  readonly #count: Address;
  readonly #network: Network;
  readonly #kernels: Kernels;

  constructor(network: Network, capacity: number, isTraining: boolean) {
    const { kernels, plan, widths, offsets } = network;
    const wide = wideOffsets(plan);
    const { recurrence, input, tags } = widths;
    this.#network = network;
    this.#kernels = kernels;
    this.capacity = capacity;
    this.#count = kernels.allocate(1);
    this.ids = plan.features.map((feature) => kernels.allocate(capacity * namedRows(feature)));
    this.keys = kernels.allocate(capacity);
    this.products = offsets.map(() => kernels.allocate((capacity + 1) * recurrence));
    this.dProducts = isTraining ? offsets.map(() => kernels.allocate(capacity * recurrence)) : [];
    this.votes = wide.map(() => kernels.allocate((capacity + 1) * tags));
    this.dVotes = isTraining ? wide.map(() => kernels.allocate(capacity * tags)) : [];
    this.#rows = isTraining ? kernels.allocate(capacity * input) : 0;
    this.#dRows = isTraining ? kernels.allocate(capacity * input) : 0;
    this.#letters = network.letterTables.map(
      (table) => new WordLetters(network, table, this.ids[table.feature] as Address, capacity, isTraining),
    );
  }

  get count(): number {
    return this.#kernels.integers[this.#count] as number;
  }

  set count(count: number) {
    this.#kernels.integers[this.#count] = count;
  }

  /** Writes down the rows that a word of a lexicon names. */
  setIds(slot: number, lexicon: Lexicon, word: number): void {
    const { integers } = this.#kernels;
    for (const [table, feature] of this.#network.plan.features.entries()) {
      const named = namedRows(feature);
      const ids = (this.ids[table] as Address) + slot * named;
      for (let place = 0; place < named; place++) integers[ids + place] = lexicon.idOf(word, table, place);
    }
  }

  /** Takes the rows that words `first` to `last` of others name, exclusive, for those of its own. */
  copyIds(others: Words, first: number, last: number): void {
    const { integers } = this.#kernels;
    for (const [table, feature] of this.#network.plan.features.entries()) {
      const named = namedRows(feature);
      const ids = others.ids[table] as Address;
      integers.copyWithin((this.ids[table] as Address) + first * named, ids + first * named, ids + last * named);
    }
  }

  /** Where the part of the words' gradient begins that belongs to a table of the layout, and how far its rows are apart. */
  gradientOf(table: number): { readonly address: Address; readonly ld: number } {
    const { plan, widths, tables, wideTables } = this.#network;
    const wide = wideTables[table - tables.length];
    if (wide) return { address: this.dVotes[wide.place] as Address, ld: widths.tags };
    const letters = this.#letters[table - tables.length - wideTables.length];
    if (letters) return letters.gradient;
    if (plan.input === 'sum') return { address: this.dProducts[0] as Address, ld: widths.recurrence };
    return { address: this.#dRows + (tables[table] as { column: number }).column, ld: widths.input };
  }

  /** Makes products and votes of words `first` to `last`, exclusive, and keeps their rows; with dropout in training. */
  multiply(first: number, last: number, isTraining: boolean): void {
    this.#vote(first, last, isTraining);
    this.#project(this.#rows + first * this.#network.widths.input, first, last, isTraining);
  }

  /**
   * The same where words are only tagged, and no rows are kept.
   *
   * @param scratch of a pass
   */
  multiplyThrough(scratch: Address, first: number, last: number): void {
    this.#vote(first, last, false);
    for (let from = first; from < last; from += SCRATCH_ROWS)
      this.#project(scratch, from, Math.min(from + SCRATCH_ROWS, last), false);
  }

  /** @param x room for the rows, (last - first, input) */
  #project(x: Address, first: number, last: number, isTraining: boolean): void {
    const kernels = this.#kernels;
    const { plan, widths, tables, letterTables, givenTables, offsets } = this.#network;
    const { input, recurrence } = widths;
    const M = last - first;
    if (plan.input === 'sum') {
      const y = (this.products[0] as Address) + first * recurrence;
      kernels.fill(y, 0, M * recurrence);
      for (const [index, { table, width }] of tables.entries())
        kernels.gatherAdd(table, (this.ids[index] as Address) + first, y, recurrence, M, width);
      return;
    }
    for (const { table, width, feature, column } of [...tables, ...givenTables])
      kernels.gather(table, (this.ids[feature] as Address) + first, x + column, input, M, width);
    for (const [index, { column }] of letterTables.entries())
      this.#letters[index]?.read(first, last, x + column, input);
    if (isTraining && plan.inputDropout > 0) kernels.dropout(x, input, this.keys + first, plan.inputDropout, M, input);
    for (const [index, offset] of offsets.entries()) {
      const y = (this.products[index] as Address) + first * recurrence;
      kernels.fill(y, 0, M * recurrence);
      kernels.multiply(x, input, this.#network.inputPanels(offset).panels, y, recurrence, M, input, recurrence);
    }
  }

  #vote(first: number, last: number, isTraining: boolean): void {
    const kernels = this.#kernels;
    const { widths, wideTables } = this.#network;
    const { tags } = widths;
    const M = last - first;
    for (const votes of this.votes) kernels.fill(votes + first * tags, 0, M * tags);
    for (const { table, feature, place } of wideTables) {
      const y = (this.votes[place] as Address) + first * tags;
      kernels.gatherAdd(table, (this.ids[feature] as Address) + first, y, tags, M, tags);
    }
    if (isTraining) this.#dropVotes(this.votes, first, M);
  }

  #dropVotes(votes: readonly Address[], first: number, M: number): void {
    const { plan, widths } = this.#network;
    const { tags } = widths;
    if (plan.inputDropout === 0) return;
    for (const x of votes) this.#kernels.dropout(x + first * tags, tags, this.keys + first, plan.inputDropout, M, tags);
  }

  /** From the gradient by products and votes of words `first` to `last` makes that by the rows. */
  multiplyBack(first: number, last: number): void {
    const kernels = this.#kernels;
    const { plan, widths, letterTables, offsets } = this.#network;
    const { input, trainedInput, recurrence } = widths;
    const M = last - first;
    this.#dropVotes(this.dVotes, first, M);
    if (plan.input === 'sum') return;
    const dx = this.#dRows + first * input;
    kernels.fill(dx, 0, M * input);
    for (const [index, offset] of offsets.entries()) {
      const dy = (this.dProducts[index] as Address) + first * recurrence;
      kernels.multiply(
        dy,
        recurrence,
        this.#network.inputPanels(offset).transposed,
        dx,
        input,
        M,
        recurrence,
        trainedInput,
      );
    }
    if (plan.inputDropout > 0) kernels.dropout(dx, input, this.keys + first, plan.inputDropout, M, input);
    for (const [index, { column }] of letterTables.entries())
      this.#letters[index]?.readBack(first, last, dx + column, input);
  }

  /** Pieces of `addWeightGradient`: a reading of letters, or some columns of the input weights of one offset. */
  get weightPieces(): number {
    const { plan, widths, offsets } = this.#network;
    if (plan.input === 'sum') return 0;
    return READINGS.length * this.#letters.length + offsets.length * Math.ceil(widths.recurrence / COLUMNS);
  }

  /**
   * Adds one piece of the gradient by the weights between rows and products.
   *
   * @param gradient block of the dense parameters' gradients
   * @param scratch min(count, 256) · (input + 8)
   */
  addWeightGradient(piece: number, gradient: Address, scratch: Address): void {
    const { plan, widths, offsets } = this.#network;
    const [letters] = this.#letters;
    if (letters && piece < READINGS.length) {
      letters.addWeightGradient(piece, this.count, gradient, scratch);
      return;
    }
    const { input, recurrence } = widths;
    const perOffset = Math.ceil(recurrence / COLUMNS);
    const inputPiece = piece - READINGS.length * this.#letters.length;
    const index = Math.floor(inputPiece / perOffset);
    const column = (inputPiece % perOffset) * COLUMNS;
    const name = inputName(offsets[index] as number, plan.features[0]?.name);
    this.#kernels.multiplyTransposed(
      this.#rows,
      input,
      (this.dProducts[index] as Address) + column,
      recurrence,
      gradient + this.#network.offsetOf(name) + column,
      recurrence,
      this.count,
      input,
      Math.min(COLUMNS, recurrence - column),
      scratch,
    );
  }
}
