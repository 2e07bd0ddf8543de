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
  readonly #chunks: number;

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
    this.#chunks = Math.ceil(layout.denseSize / CHUNK);
    this.#chunkSquares = kernels.allocate(2 * this.#chunks);
    this.tables = allocateTouchedTables(network, rows);
  }

  /** First phase: the gradients of one shard. */
  computeShard(pass: Pass, index: number, factor: number): void {
    const shard = this.#batch.shard(index);
    const gradient = this.#gradients[index] as Address;
    pass.forward(shard, true);
    this.#kernels.storeDouble(this.#losses + 2 * index, pass.loss(shard, factor, gradient));
    pass.backward(shard, gradient);
  }

  /** Pieces that the second and the third phase are cut in, each of which anyone may do. */
  get pieces(): number {
    return this.tables.reduce((sum, table) => sum + this.#blocksOf(table), this.#chunks);
  }

  /** Second phase, one piece: sums gradients over shards and tokens, and their squares. */
  reduce(piece: number): void {
    const kernels = this.#kernels;
    if (piece < this.#chunks) {
      const offset = piece * CHUNK;
      const n = this.#sizeOf(piece);
      const total = (this.#gradients[0] as Address) + offset;
      for (let shard = 1; shard < this.#batch.shardCount; shard++) {
        kernels.add((this.#gradients[shard] as Address) + offset, total, n);
      }
      kernels.storeDouble(this.#chunkSquares + 2 * piece, kernels.sumOfSquares(total, n));
      return;
    }
    const width = inputGradientWidth(this.#network);
    const { integers } = kernels;
    this.#forEachRow(piece, (table, row, gradient) => {
      const from = integers[table.from + row] as number;
      const to = integers[table.from + row + 1] as number;
      const dInput = this.#batch.dInput + table.column;
      kernels.sumPositions(dInput, width, table.positions, from, to, gradient, table.width);
      kernels.storeDouble(table.squares + 2 * row, kernels.sumOfSquares(gradient, table.width));
    });
  }

  /** Norm of the whole gradient, after the second phase. */
  norm(): number {
    const kernels = this.#kernels;
    let squares = 0;
    for (let chunk = 0; chunk < this.#chunks; chunk++) squares += kernels.loadDouble(this.#chunkSquares + 2 * chunk);
    for (const { count, squares: rowSquares } of this.tables) {
      const rows = kernels.integers[count] as number;
      for (let row = 0; row < rows; row++) squares += kernels.loadDouble(rowSquares + 2 * row);
    }
    return Math.sqrt(squares);
  }

  /** What clipping multiplies the gradient by, after the second phase. */
  clipFactor(): number {
    const norm = this.norm();
    return norm > this.#settings.clip ? this.#settings.clip / norm : 1;
  }

  /** Third phase, one piece: moves the weights, and clears the gradients. */
  update(piece: number, factor: number, rates: StepRates): void {
    const kernels = this.#kernels;
    if (piece < this.#chunks) {
      const offset = piece * CHUNK;
      const n = this.#sizeOf(piece);
      this.#move(offset, (this.#gradients[0] as Address) + offset, factor, rates, n);
      for (let shard = 0; shard < this.#batch.shardCount; shard++) {
        kernels.fill((this.#gradients[shard] as Address) + offset, 0, n);
      }
      return;
    }
    const tableRates = ratesOfTables(rates);
    this.#forEachRow(piece, (table, row, gradient) => {
      const offset = table.offset + (kernels.integers[table.rows + row] as number) * table.width;
      this.#move(offset, gradient, factor, tableRates, table.width);
    });
  }

  #move(offset: number, gradient: Address, factor: number, rates: StepRates, n: number): void {
    const moments = this.#shifted;
    for (let index = 0; index < moments.length; index++) moments[index] = (this.#moments[index] as Address) + offset;
    const weights = this.#network.weights + offset;
    applyStep(this.#kernels, this.#settings.optimizer, weights, gradient, moments, factor, rates, n);
  }

  /** Sum of the sentences' losses, after the first phase. */
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

  /** Visits the rows of a piece that lies behind the dense chunks. */
  #forEachRow(piece: number, visit: (table: TouchedTable, row: number, gradient: Address) => void): void {
    let block = piece - this.#chunks;
    for (const table of this.tables) {
      const blocks = this.#blocksOf(table);
      if (block < blocks) {
        const last = Math.min((block + 1) * BLOCK, this.#kernels.integers[table.count] as number);
        for (let row = block * BLOCK; row < last; row++) visit(table, row, table.gradient + row * table.width);
        return;
      }
      block -= blocks;
    }
  }
}
