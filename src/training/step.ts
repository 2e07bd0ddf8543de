import { type BatchMemory, SHARD_SENTENCES } from '../model/batch.js';
import type { Network } from '../model/network.js';
import type { Rows } from '../model/parts/part.js';
import type { Pass } from '../model/pass.js';
import { WORD_BLOCK, type WordSums } from '../model/words.js';
import { at, integerAt } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import { Averages } from './averages.js';
import { applyStep, MOMENTS, type OptimizerName, ratesOfTables, type StepRates } from './optimizer.js';
import { allocateTouched, type Touched, type TouchedTable } from './touched-rows.js';

/** Dense weights are shared out among workers in chunks of this many numbers. */
const CHUNK = 4096;

/** Touched rows are shared out in blocks of this many. */
const BLOCK = 64;

export interface StepSettings {
  readonly optimizer: OptimizerName;
  /** Largest norm of the gradient. */
  readonly clip: number;
  /** Decay of the moving average of weights; 0: there is none. */
  readonly average: number;
}

/** The rows of one table that a batch names, and where the gradient by the rows that words name lies. */
interface TableGradient {
  readonly table: TouchedTable;
  readonly source: Rows;
}

/**
 * One step of gradient descent, in phases between which all workers wait for each other. Who does which part of a phase
 * never changes the result: gradients are summed shard by shard, token by token and word by word, squares chunk by chunk.
 *
 * Rows of tables that no word of the batch names keep value and moments, as in PyTorch's SparseAdam.
 */
export class TrainingStep {
  readonly touched: Touched;
  readonly #tables: readonly TableGradient[];
  readonly #network: Network;
  readonly #kernels: Kernels;
  readonly #batch: BatchMemory;
  readonly #settings: StepSettings;
  /** A block of the dense parameters' gradients for each shard; zero between steps. */
  readonly #gradients: readonly Address[];
  /** The first of them, which becomes the sum of all. */
  readonly #total: Address;
  /** Blocks of the optimizer's moments, which lie as the weights do. */
  readonly moments: readonly Address[];
  /** Room for `moments` moved to some weights. */
  readonly #shifted: Address[];
  readonly averages: Averages | undefined;
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
    this.#total = at(this.#gradients, 0);
    this.moments = Array.from({ length: MOMENTS[settings.optimizer] }, () => kernels.allocate(layout.size));
    this.#shifted = [...this.moments];
    this.averages = settings.average > 0 ? new Averages(network) : undefined;
    this.#losses = kernels.allocate(2 * shards);
    this.#chunkSquares = kernels.allocate(2 * Math.ceil(layout.denseSize / CHUNK));
    this.touched = allocateTouched(network, rows);
    const sources = batch.words.rowGradients();
    this.#tables = this.touched.tables.map((table, index) => ({ table, source: at(sources, index) }));
  }

  /** The gradients of one shard. */
  computeShard(pass: Pass, index: number, factor: number): void {
    const shard = this.#batch.shard(index);
    const gradient = at(this.#gradients, index);
    pass.forward(shard, true);
    this.#kernels.storeDouble(shifted(this.#losses, 2 * index), pass.loss(shard, factor, gradient));
    pass.backward(shard, gradient);
  }

  /** Pieces that the dense gradients are cut in, and the touched rows; each may be done by anyone. */
  get densePieces(): number {
    return Math.ceil(this.#network.layout.denseSize / CHUNK);
  }

  get rowPieces(): number {
    return this.touched.tables.reduce((sum, table) => sum + this.#blocksOf(table), 0);
  }

  /** Sums one piece of the dense gradients over the shards, and its squares. */
  reduceDense(piece: number): void {
    const kernels = this.#kernels;
    const offset = piece * CHUNK;
    const n = this.#sizeOf(piece);
    const total = shifted(this.#total, offset);
    for (const gradient of this.#gradients.slice(1, this.#batch.shardCount))
      kernels.add(shifted(gradient, offset), total, n);
    kernels.storeDouble(shifted(this.#chunkSquares, 2 * piece), kernels.sumOfSquares(total, n));
  }

  /** Pieces that the words of the batch are cut in. */
  get wordPieces(): number {
    return Math.ceil(this.#batch.words.count / WORD_BLOCK);
  }

  /** Before the shards: makes what one piece of the words gives the recurrence. */
  multiplyWords(piece: number): void {
    const { words } = this.#batch;
    const first = piece * WORD_BLOCK;
    words.multiply(first, Math.min(first + WORD_BLOCK, words.count), true);
  }

  /** After the shards: sums the gradients of one piece of the words over the tokens that see each. */
  reduceWords(piece: number): void {
    const kernels = this.#kernels;
    const { integers } = kernels;
    const { words, dInput, dWideScores } = this.#batch;
    const { recurrence, tags } = this.#network.widths;
    const { tokens, seeing } = this.touched;
    const sum = (dx: Address, targets: readonly WordSums[], width: number, word: number, from: number, to: number) => {
      for (const [index, { gradient }] of targets.entries())
        kernels.sumPositions(dx, width, at(seeing, index).rows, from, to, shifted(gradient, word * width), width);
    };
    const first = piece * WORD_BLOCK;
    const last = Math.min(first + WORD_BLOCK, words.count);
    for (let word = first; word < last; word++) {
      const from = integerAt(integers, tokens.from + word);
      const to = integerAt(integers, tokens.from + word + 1);
      sum(dInput, words.products, recurrence, word, from, to);
      sum(dWideScores, words.wideScores, tags, word, from, to);
    }
    words.multiplyBack(first, last);
  }

  /** When the words have been summed: sums one piece of the touched rows' gradients over the words that name them. */
  reduceRows(piece: number): void {
    const kernels = this.#kernels;
    const { integers } = kernels;
    const { table, source, first, last } = this.#blockAt(piece);
    for (let row = first; row < last; row++) {
      const from = integerAt(integers, table.from + row);
      const to = integerAt(integers, table.from + row + 1);
      const sum = shifted(table.gradient, row * table.width);
      kernels.sumPositions(source.address, source.ld, table.positions, from, to, sum, table.width);
      kernels.storeDouble(shifted(table.squares, 2 * row), kernels.sumOfSquares(sum, table.width));
    }
  }

  /** Pieces of `addInputWeights`. */
  get inputWeightPieces(): number {
    return this.#batch.words.weightPieces;
  }

  /** When the words have been summed: one piece of the gradient by the weights between their rows and the recurrence. */
  addInputWeights(piece: number, scratch: Address): void {
    this.#batch.words.addWeightGradient(piece, this.#total, scratch);
  }

  /** Norm of the whole gradient, when all of it has been reduced. */
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

  /** What clipping multiplies the gradient by. */
  clipFactor(): number {
    const norm = this.norm();
    return norm > this.#settings.clip ? this.#settings.clip / norm : 1;
  }

  /** Moves one piece of the dense weights, and clears its gradients. */
  updateDense(piece: number, factor: number, rates: StepRates): void {
    const offset = piece * CHUNK;
    const n = this.#sizeOf(piece);
    this.#move(offset, shifted(this.#total, offset), factor, rates, n);
    for (const gradient of this.#gradients.slice(0, this.#batch.shardCount))
      this.#kernels.fill(shifted(gradient, offset), 0, n);
  }

  /** Moves one piece of the touched rows. */
  updateRows(piece: number, factor: number, rates: StepRates): void {
    const tableRates = ratesOfTables(rates);
    const { table, first, last } = this.#blockAt(piece);
    for (let row = first; row < last; row++) {
      const offset = table.offset + integerAt(this.#kernels.integers, table.rows + row) * table.width;
      this.#move(offset, shifted(table.gradient, row * table.width), factor, tableRates, table.width);
    }
  }

  #move(offset: number, gradient: Address, factor: number, rates: StepRates, n: number): void {
    const moments = this.#shifted;
    for (const [index, moment] of this.moments.entries()) moments[index] = shifted(moment, offset);
    const weights = shifted(this.#network.weights, offset);
    applyStep(this.#kernels, this.#settings.optimizer, weights, gradient, moments, factor, rates, n);
  }

  /** Sum of the sentences' losses, when all shards are done. */
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

  /** The rows of one piece: of which table, from where to where. */
  #blockAt(piece: number): TableGradient & { first: number; last: number } {
    let block = piece;
    for (const { table, source } of this.#tables) {
      const blocks = this.#blocksOf(table);
      if (block < blocks) {
        const first = block * BLOCK;
        return { table, source, first, last: Math.min(first + BLOCK, integerAt(this.#kernels.integers, table.count)) };
      }
      block -= blocks;
    }
    throw new Error(`there is no piece ${piece} of touched rows`);
  }
}
