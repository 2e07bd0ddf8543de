import { type BatchMemory, SHARD_SENTENCES } from '../model/batch.js';
import type { Network } from '../model/network.js';
import { inputGradientWidth, type Pass } from '../model/pass.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import { applyStep, MOMENTS, type OptimizerName, ratesOfTables, type StepRates } from './optimizer.js';
import { allocateTouchedTables, type TouchedTable } from './touched-rows.js';

/** Dense weights are shared out among workers in chunks of this many numbers. */
const CHUNK = 4096;

/** Touched rows are shared out in blocks of this many. */
const BLOCK = 64;

/** Columns of the input product whose gradient is one piece. */
const COLUMNS = 32;

export interface StepSettings {
  readonly optimizer: OptimizerName;
  /** Largest norm of the gradient. */
  readonly clip: number;
}

/**
 * One step of gradient descent, in phases between which all workers wait for each other. Who does which part of a phase
 * never changes the result: gradients are summed shard by shard and token by token, squares chunk by chunk.
 *
 * Rows of tables that no word of the batch names keep value and moments, as in PyTorch's SparseAdam.
 */
export class TrainingStep {
  readonly tables: readonly TouchedTable[];
  readonly #network: Network;
  readonly #kernels: Kernels;
  readonly #batch: BatchMemory;
  readonly #settings: StepSettings;
  /** A block of the dense parameters' gradients for each shard; zero between steps. */
  readonly #gradients: readonly Address[];
  readonly #moments: readonly Address[];
  /** Room for `#moments` moved to some weights. */
  readonly #shifted: Address[];
  readonly #losses: Address;
  readonly #chunkSquares: Address;

  /**
   * @param sentences the largest number of sentences of a batch
   * @param rows the largest number of tokens
   */
  constructor(network: Network, batch: BatchMemory, settings: StepSettings, sentences: number, rows: number) {
    const { kernels, layout } = network;
    const shards = Math.ceil(sentences / SHARD_SENTENCES);
    this.#network = network;
    this.#kernels = kernels;
    this.#batch = batch;
    this.#settings = settings;
    this.#gradients = Array.from({ length: shards }, () => kernels.allocate(layout.denseSize));
    this.#moments = Array.from({ length: MOMENTS[settings.optimizer] }, () => kernels.allocate(layout.size));
    this.#shifted = [...this.#moments];
    this.#losses = kernels.allocate(2 * shards);

    this.#chunkSquares = kernels.allocate(2 * Math.ceil(layout.denseSize / CHUNK));
    this.tables = allocateTouchedTables(network, rows);
  }

  /** The gradients of one shard. */
  computeShard(pass: Pass, index: number, factor: number): void {
    const shard = this.#batch.shard(index);
    const gradient = this.#gradients[index] as Address;
    pass.forward(shard, true);
    this.#kernels.storeDouble(this.#losses + 2 * index, pass.loss(shard, factor, gradient));
    pass.backward(shard, gradient);
  }

  /** Pieces that the dense gradients are cut in, and the touched rows; each may be done by anyone. */
  get densePieces(): number {
    return Math.ceil(this.#network.layout.denseSize / CHUNK);
  }

  get rowPieces(): number {
    return this.tables.reduce((sum, table) => sum + this.#blocksOf(table), 0);
  }

  /** Sums one piece of the dense gradients over the shards, and its squares. */
  reduceDense(piece: number): void {
    const kernels = this.#kernels;
    const offset = piece * CHUNK;
    const n = this.#sizeOf(piece);
    const total = (this.#gradients[0] as Address) + offset;
    for (let shard = 1; shard < this.#batch.shardCount; shard++) {
      kernels.add((this.#gradients[shard] as Address) + offset, total, n);
    }
    kernels.storeDouble(this.#chunkSquares + 2 * piece, kernels.sumOfSquares(total, n));
  }

  /** Sums one piece of the touched rows' gradients over the tokens that name them, and their squares. */
  reduceRows(piece: number): void {
    const kernels = this.#kernels;
    const { projection } = this.#network;
    const { integers } = kernels;
    const width = inputGradientWidth(this.#network);
    const { table, index, first, last } = this.#blockAt(piece);
    const sums = projection ? table.products : table.gradient;
    const sumWidth = projection ? width : table.width;
    for (let row = first; row < last; row++) {
      const from = integers[table.from + row] as number;
      const to = integers[table.from + row + 1] as number;
      const dInput = this.#batch.dInput + table.column;
      kernels.sumPositions(dInput, width, table.positions, from, to, sums + row * sumWidth, sumWidth);
    }
    const gradient = table.gradient + first * table.width;
    projection?.multiplyBack(index, sums + first * sumWidth, gradient, last - first);
    for (let row = first; row < last; row++) {
      const squares = kernels.sumOfSquares(table.gradient + row * table.width, table.width);
      kernels.storeDouble(table.squares + 2 * row, squares);
    }
  }

  /** Before the shards, where rows are multiplied out: one piece of the touched rows. */
  project(piece: number): void {
    const kernels = this.#kernels;
    const { projection, weights, widths } = this.#network;
    const { table, index, first, last } = this.#blockAt(piece);
    const gathered = table.gathered + first * table.width;
    const products = table.products + first * widths.recurrence;
    kernels.gather(weights + table.offset, table.rows + first, gathered, table.width, last - first, table.width);
    projection?.multiply(index, gathered, products, last - first);
    for (let row = first; row < last; row++) {
      const id = kernels.integers[table.rows + row] as number;
      const to = (projection?.tables[index]?.table as Address) + id * widths.recurrence;
      const from = table.products + row * widths.recurrence;
      kernels.copyRows(from, widths.recurrence, to, widths.recurrence, 1, widths.recurrence);
    }
  }

  /** Pieces of `addInputWeights`: some columns of each table's part of the product. */
  get inputWeightPieces(): number {
    return this.tables.length * Math.ceil(this.#network.widths.recurrence / COLUMNS);
  }

  /** After the rows have been summed, where rows are multiplied out: one piece of the product's gradient. */
  addInputWeights(piece: number, scratch: Address): void {
    const { layout, plan, widths } = this.#network;
    const pieces = Math.ceil(widths.recurrence / COLUMNS);
    const index = Math.floor(piece / pieces);
    const column = (piece % pieces) * COLUMNS;
    const table = this.tables[index] as TouchedTable;
    const name = `input.${plan.features[index]?.name}.weights`;
    const target = (this.#gradients[0] as Address) + this.#network.offsetOf(name) + column;
    const rows = this.#kernels.integers[table.count] as number;
    const columns = Math.min(COLUMNS, widths.recurrence - column);
    const { width } = layout.tables[index] as { width: number };
    this.#kernels.multiplyTransposed(
      table.gathered,
      width,
      table.products + column,
      widths.recurrence,
      target,
      widths.recurrence,
      rows,
      width,
      columns,
      scratch,
    );
  }

  /** Norm of the whole gradient, when all of it has been reduced. */
  norm(): number {
    const kernels = this.#kernels;
    let squares = 0;
    for (let chunk = 0; chunk < this.densePieces; chunk++)
      squares += kernels.loadDouble(this.#chunkSquares + 2 * chunk);
    for (const { count, squares: rowSquares } of this.tables) {
      const rows = kernels.integers[count] as number;
      for (let row = 0; row < rows; row++) squares += kernels.loadDouble(rowSquares + 2 * row);
    }
    return Math.sqrt(squares);
  }

  /** What clipping multiplies the gradient by. */
  clipFactor(): number {
    const norm = this.norm();
    return norm > this.#settings.clip ? this.#settings.clip / norm : 1;
  }

  /** Moves one piece of the dense weights, and clears its gradients. */
  updateDense(piece: number, factor: number, rates: StepRates): void {
    const offset = piece * CHUNK;
    const n = this.#sizeOf(piece);
    this.#move(offset, (this.#gradients[0] as Address) + offset, factor, rates, n);
    for (let shard = 0; shard < this.#batch.shardCount; shard++) {
      this.#kernels.fill((this.#gradients[shard] as Address) + offset, 0, n);
    }
  }

  /** Moves one piece of the touched rows. */
  updateRows(piece: number, factor: number, rates: StepRates): void {
    const tableRates = ratesOfTables(rates);
    const { table, first, last } = this.#blockAt(piece);
    for (let row = first; row < last; row++) {
      const offset = table.offset + (this.#kernels.integers[table.rows + row] as number) * table.width;
      this.#move(offset, table.gradient + row * table.width, factor, tableRates, table.width);
    }
  }

  #move(offset: number, gradient: Address, factor: number, rates: StepRates, n: number): void {
    const moments = this.#shifted;
    for (let index = 0; index < moments.length; index++) moments[index] = (this.#moments[index] as Address) + offset;
    const weights = this.#network.weights + offset;
    applyStep(this.#kernels, this.#settings.optimizer, weights, gradient, moments, factor, rates, n);
  }

  /** Sum of the sentences' losses, when all shards are done. */
  loss(): number {
    let sum = 0;
    for (let shard = 0; shard < this.#batch.shardCount; shard++)
      sum += this.#kernels.loadDouble(this.#losses + 2 * shard);
    return sum;
  }

  #sizeOf(chunk: number): number {
    return Math.min(CHUNK, this.#network.layout.denseSize - chunk * CHUNK);
  }

  #blocksOf({ count }: TouchedTable): number {
    return Math.ceil((this.#kernels.integers[count] as number) / BLOCK);
  }

  /** The rows of one piece: of which table, from where to where. */
  #blockAt(piece: number): { table: TouchedTable; index: number; first: number; last: number } {
    let block = piece;
    for (const [index, table] of this.tables.entries()) {
      const blocks = this.#blocksOf(table);
      if (block < blocks) {
        const first = block * BLOCK;
        return { table, index, first, last: Math.min(first + BLOCK, this.#kernels.integers[table.count] as number) };
      }
      block -= blocks;
    }
    throw new Error(`there is no piece ${piece} of touched rows`);
  }
}
