import type { Network } from '../model/network.js';
import type { Rows } from '../model/parts/part.js';
import type { Pass } from '../model/pass.js';
import type { TrainingBatch } from '../model/training-batch.js';
import { WORD_BLOCK } from '../model/words.js';
import { at, integerAt } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import { Averages } from './averages.js';
import { applyStep, MOMENTS, type OptimizerName, ratesOfTables, type StepRates } from './optimizer.js';
import { allocateTouched, type Touched, type TouchedTable } from './touched-rows.js';

/** The number of dense weights in a piece of work. */
const CHUNK = 4096;

/** The number of touched rows in a piece of work. */
const BLOCK = 64;

export interface StepSettings {
  readonly optimizer: OptimizerName;
  /** The largest norm of the gradient. */
  readonly clip: number;
  /** The decay of the moving averages of weights; 0 if there are none. */
  readonly average: number;
}

/**
 * One step of gradient descent, in phases between which the threads wait for each other. Which of them takes a piece
 * does not matter: gradients are summed in the order of shards, tokens and words, squares in that of chunks.
 *
 * Rows of tables that no word of the batch names keep their values and moments, as in PyTorch's SparseAdam.
 */
export class TrainingStep {
  readonly touched: Touched;
  /** For each touched table, the gradients of words from which those of its rows are summed. */
  readonly #sources: readonly Rows[];
  readonly #network: Network;
  readonly #kernels: Kernels;
  readonly #batch: TrainingBatch;
  readonly #settings: StepSettings;
  /** A block of the dense parameters' gradients for each shard, 0 between steps. */
  readonly #gradients: readonly Address[];
  /** The first of `#gradients`, which becomes the sum of all. */
  readonly #total: Address;
  /** Blocks of the optimizer's moments, laid out as the weights. */
  readonly moments: readonly Address[];
  /** (1), the whole number 0: the dense weights of a piece are one row. */
  readonly #onlyRow: Address;
  /** The addresses of the moments of the weights that are being moved. */
  readonly #shifted: Address[];
  readonly averages: Averages | undefined;
  readonly #losses: Address;
  readonly #chunkSquares: Address;

  /** @param rows the largest number of tokens of a batch */
  constructor(network: Network, batch: TrainingBatch, settings: StepSettings, rows: number) {
    const { kernels, layout } = network;
    const shards = batch.mostShards;
    this.#network = network;
    this.#kernels = kernels;
    this.#batch = batch;
    this.#settings = settings;
    this.#gradients = Array.from({ length: shards }, () => kernels.allocate(layout.denseSize));
    this.#total = at(this.#gradients, 0);
    this.moments = Array.from({ length: MOMENTS[settings.optimizer] }, () => kernels.allocate(layout.size));
    this.#onlyRow = kernels.allocate(1);
    this.#shifted = [...this.moments];
    this.averages = settings.average > 0 ? new Averages(network) : undefined;
    this.#losses = kernels.allocate(2 * shards);
    this.#chunkSquares = kernels.allocate(2 * Math.ceil(layout.denseSize / CHUNK));
    this.touched = allocateTouched(network, rows);
    this.#sources = batch.words.rowGradients();
  }

  /** Computes the loss and the gradients of one shard. */
  computeShard(pass: Pass, index: number, factor: number): void {
    const shard = this.#batch.shard(index);
    const gradient = at(this.#gradients, index);
    pass.forward(shard, true);
    this.#kernels.storeDouble(shifted(this.#losses, 2 * index), pass.loss(shard, factor, gradient));
    pass.backward(shard, gradient);
  }

  /** The number of pieces of `reduceDense` and `updateDense`. */
  get densePieces(): number {
    return Math.ceil(this.#network.layout.denseSize / CHUNK);
  }

  /** The number of pieces of `reduceRows` and `updateRows`. */
  get rowPieces(): number {
    return this.touched.tables.reduce((sum, table) => sum + this.#blocksOf(table), 0);
  }

  /** Sums one piece of the dense gradients over the shards, and the squares of these sums. */
  reduceDense(piece: number): void {
    const kernels = this.#kernels;
    const offset = piece * CHUNK;
    const n = this.#sizeOf(piece);
    const total = shifted(this.#total, offset);
    for (const gradient of this.#gradients.slice(1, this.#batch.shardCount))
      kernels.add(shifted(gradient, offset), total, n);
    kernels.storeDouble(shifted(this.#chunkSquares, 2 * piece), kernels.sumOfSquares(total, n));
  }

  /** The number of pieces of `multiplyWords` and `reduceWords`. */
  get wordPieces(): number {
    return Math.ceil(this.#batch.words.count / WORD_BLOCK);
  }

  /** Computes, before the shards, the input that one piece of the words gives the recurrence. */
  multiplyWords(piece: number): void {
    const { words } = this.#batch;
    const first = piece * WORD_BLOCK;
    words.multiply(first, Math.min(first + WORD_BLOCK, words.count), true);
  }

  /** Sums, after the shards, the gradients of one piece of the words over the tokens that see each word. */
  reduceWords(piece: number): void {
    const { words, dInput } = this.#batch;
    const { recurrence } = this.#network.widths;
    const { tokens, seeing } = this.touched;
    const first = piece * WORD_BLOCK;
    const last = Math.min(first + WORD_BLOCK, words.count);
    const from = shifted(tokens.from, first);
    for (const [index, { gradient }] of words.products.entries()) {
      const sums = shifted(gradient, first * recurrence);
      this.#kernels.sumGroups(dInput, recurrence, from, at(seeing, index).rows, sums, last - first, recurrence);
    }
    words.multiplyBack(first, last);
  }

  /** Sums, after `reduceWords`, the gradients of one piece of the touched rows over the words that name them. */
  reduceRows(piece: number): void {
    const kernels = this.#kernels;
    const { table, source, first, M } = this.#blockAt(piece);
    const { width, positions } = table;
    const sums = shifted(table.gradient, first * width);
    kernels.sumGroups(source.address, source.ld, shifted(table.from, first), positions, sums, M, width);
    kernels.squaresOfRows(sums, shifted(table.squares, 2 * first), M, width);
  }

  /** The number of pieces of `findColumns`. */
  get columnPieces(): number {
    return this.#batch.words.columnPieces;
  }

  /** Prepares, after the shards, one piece of the words for `addInputWeights`. */
  findColumns(piece: number): void {
    this.#batch.words.findColumns(piece);
  }

  /** The number of pieces of `addInputWeights`. */
  get inputWeightPieces(): number {
    return this.#batch.words.weightPieces;
  }

  /** Adds, after `reduceWords` and `findColumns`, one piece of the gradient by the weights between the words' rows and the recurrence. */
  addInputWeights(piece: number, scratch: Address): void {
    this.#batch.words.addWeightGradient(piece, this.#total, scratch);
  }

  /** Returns the norm of the whole gradient, after all of it has been reduced. */
  norm(): number {
    const kernels = this.#kernels;
    let squares = 0;
    for (let chunk = 0; chunk < this.densePieces; chunk++)
      squares += kernels.loadDouble(shifted(this.#chunkSquares, 2 * chunk));
    for (const { count, squares: rowSquares } of this.touched.tables) {
      const rows = integerAt(kernels.integers, count);
      for (let row = 0; row < rows; row++) squares += kernels.loadDouble(shifted(rowSquares, 2 * row));
    }
    return Math.sqrt(squares);
  }

  /** Returns the factor by which clipping multiplies the gradient. */
  clipFactor(): number {
    const norm = this.norm();
    return norm > this.#settings.clip ? this.#settings.clip / norm : 1;
  }

  /** Updates one piece of the dense weights, and clears its gradients. */
  updateDense(piece: number, factor: number, rates: StepRates): void {
    const offset = piece * CHUNK;
    const n = this.#sizeOf(piece);
    this.#move(offset, this.#onlyRow, shifted(this.#total, offset), factor, rates, 1, n);
    for (const gradient of this.#gradients.slice(0, this.#batch.shardCount))
      this.#kernels.fill(shifted(gradient, offset), 0, n);
  }

  /** Updates one piece of the touched rows. */
  updateRows(piece: number, factor: number, rates: StepRates): void {
    const { table, first, M } = this.#blockAt(piece);
    const { offset, width } = table;
    const gradient = shifted(table.gradient, first * width);
    this.#move(offset, shifted(table.rows, first), gradient, factor, ratesOfTables(rates), M, width);
  }

  /** Moves M rows of N weights of the part of the layout that begins at `offset`. */
  #move(
    offset: number,
    rows: Address,
    gradient: Address,
    factor: number,
    rates: StepRates,
    M: number,
    N: number,
  ): void {
    const moments = this.#shifted;
    for (const [index, moment] of this.moments.entries()) moments[index] = shifted(moment, offset);
    const weights = shifted(this.#network.weights, offset);
    applyStep(this.#kernels, this.#settings.optimizer, weights, rows, gradient, moments, factor, rates, M, N);
  }

  /** Returns the sum of the sentences' losses, after all shards have been computed. */
  loss(): number {
    let sum = 0;
    for (let shard = 0; shard < this.#batch.shardCount; shard++)
      sum += this.#kernels.loadDouble(shifted(this.#losses, 2 * shard));
    return sum;
  }

  #sizeOf(chunk: number): number {
    return Math.min(CHUNK, this.#network.layout.denseSize - chunk * CHUNK);
  }

  #blocksOf({ count }: TouchedTable): number {
    return Math.ceil(integerAt(this.#kernels.integers, count) / BLOCK);
  }

  /** Returns the rows of one piece: their table, the number of the first of them and how many they are. */
  #blockAt(piece: number): { table: TouchedTable; source: Rows; first: number; M: number } {
    let block = piece;
    for (const [index, table] of this.touched.tables.entries()) {
      const blocks = this.#blocksOf(table);
      if (block < blocks) {
        const first = block * BLOCK;
        const M = Math.min(BLOCK, integerAt(this.#kernels.integers, table.count) - first);
        return { table, source: at(this.#sources, index), first, M };
      }
      block -= blocks;
    }
    throw new Error(`there is no piece ${piece} of touched rows`);
  }
}
