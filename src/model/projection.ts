import type { OneHotTable } from '../layers/one-hot.js';
import type { Address } from '../numerics/kernels.js';
import type { Network } from './network.js';

/** Rows that are multiplied at a time. */
const BLOCK = 64;

/**
 * The tables of a network whose rows go side by side through a product, multiplied out row by row: the product of the
 * whole is the sum of the products of its parts. What a word or an affix gives the recurrence is then a look-up, and is
 * computed once however many tokens have it.
 */
export class Projection {
  readonly #network: Network;
  /** (V, recurrence) each */
  readonly tables: readonly OneHotTable[];

  constructor(network: Network) {
    const { kernels, layout, widths } = network;
    this.#network = network;
    this.tables = layout.tables.map(({ height }) => {
      return { table: kernels.allocate(height * widths.recurrence), width: widths.recurrence, column: 0 };
    });
  }

  /** Pieces that `project` is cut in. */
  get pieces(): number {
    return this.#network.layout.tables.reduce((sum, { height }) => sum + Math.ceil(height / BLOCK), 0);
  }

  /** Multiplies one piece of all rows out. */
  project(piece: number): void {
    const { layout, weights, widths } = this.#network;
    let block = piece;
    for (const [index, { height, width, offset }] of layout.tables.entries()) {
      const blocks = Math.ceil(height / BLOCK);
      if (block < blocks) {
        const first = block * BLOCK;
        const to = (this.tables[index] as OneHotTable).table + first * widths.recurrence;
        this.multiply(index, weights + offset + first * width, to, Math.min(BLOCK, height - first));
        return;
      }
      block -= blocks;
    }
  }

  /** to (M, recurrence) = rows (M, width) of table number `index` times its part of the product */
  multiply(index: number, rows: Address, to: Address, M: number): void {
    const { kernels, layout, widths, plan } = this.#network;
    const { width } = layout.tables[index] as { width: number };
    const { panels } = this.#network.panelsOf(`input.${plan.features[index]?.name}`);
    kernels.fill(to, 0, M * widths.recurrence);
    kernels.multiply(rows, width, panels, to, widths.recurrence, M, width, widths.recurrence);
  }

  /** dRows (M, width) = dTo (M, recurrence) times the transpose of the table's part of the product */
  multiplyBack(index: number, dTo: Address, dRows: Address, M: number): void {
    const { kernels, layout, widths, plan } = this.#network;
    const { width } = layout.tables[index] as { width: number };
    const { transposed } = this.#network.panelsOf(`input.${plan.features[index]?.name}`);
    kernels.fill(dRows, 0, M * width);
    kernels.multiply(dTo, widths.recurrence, transposed, dRows, width, M, widths.recurrence, width);
  }
}
