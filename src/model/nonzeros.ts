import { type Address, type Kernels, shifted } from '../numerics/kernels.js';

/** The smallest rate of dropout with which so many numbers are 0 that looking for the others pays. */
const WORTHWHILE = 0.4;

/**
 * The numbers that dropout has left of a matrix (rows, columns), for products with the matrix or its transpose that skip the
 * others. Threads that create the same share them; they hold those of rows or those of columns, whichever were found last.
 */
export class Nonzeros {
  readonly #kernels: Kernels;
  readonly #rows: number;
  readonly #columns: number;
  /** (rows, columns) or (columns, rows), pairs */
  readonly #entries: Address;
  readonly #counts: Address;

  /** @param rows the largest number of rows */
  constructor(kernels: Kernels, rows: number, columns: number) {
    this.#kernels = kernels;
    this.#rows = rows;
    this.#columns = columns;
    this.#entries = kernels.allocate(2 * rows * columns);
    this.#counts = kernels.allocate(Math.max(rows, columns));
  }

  /** Tells whether looking for the numbers makes products faster with a matrix of which dropout takes such a part. */
  static isWorthwhile(dropout: number): boolean {
    return dropout >= WORTHWHILE;
  }

  /** Finds the numbers of rows `first` to `last`, exclusive, of x (rows, columns). */
  findInRows(x: Address, first: number, last: number): void {
    const [columns, lde] = [this.#columns, 2 * this.#columns];
    const entries = shifted(this.#entries, first * lde);
    const from = shifted(x, first * columns);
    const counts = shifted(this.#counts, first);
    this.#kernels.findNonzeros(from, columns, 1, entries, lde, counts, last - first, columns);
  }

  /** y (last - first, N) += rows `first` to `last`, exclusive, · b (columns, N), of which `panels` are the panels. */
  multiplyRows(first: number, last: number, panels: Address, y: Address, ldy: number, N: number): void {
    const [columns, lde] = [this.#columns, 2 * this.#columns];
    const entries = shifted(this.#entries, first * lde);
    const counts = shifted(this.#counts, first);
    this.#kernels.multiplySparse(entries, lde, counts, panels, y, ldy, last - first, columns, N);
  }

  /** Finds the numbers of columns `first` to `last`, exclusive, of the first `rows` rows of x (rows, columns). */
  findInColumns(x: Address, rows: number, first: number, last: number): void {
    const lde = 2 * this.#rows;
    const entries = shifted(this.#entries, first * lde);
    const counts = shifted(this.#counts, first);
    this.#kernels.findNonzeros(shifted(x, first), 1, this.#columns, entries, lde, counts, last - first, rows);
  }

  /** y (columns, N) += the transpose of the first `rows` rows · b (rows, N), of which `panels` are the panels. */
  multiplyColumns(rows: number, panels: Address, y: Address, ldy: number, N: number): void {
    this.#kernels.multiplySparse(this.#entries, 2 * this.#rows, this.#counts, panels, y, ldy, this.#columns, rows, N);
  }
}
