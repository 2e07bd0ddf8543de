import type { PathSums } from '../layers/crf.js';
import type { Example } from '../model/batch.js';
import type { Lexicon } from '../model/lexicon.js';
import { Network } from '../model/network.js';
import { Pass } from '../model/pass.js';
import { cellOf, directionsOf } from '../model/plan.js';
import { TagDecoder } from '../model/tag-decoder.js';
import { TrainingBatch } from '../model/training-batch.js';
import { at, integerAt } from '../numerics/at.js';
import { type Address, shifted } from '../numerics/kernels.js';
import { UNKNOWN_ID } from '../text/vocabulary.js';
import type { GateOpenness, StateBlock } from './explanation.js';

/** Blocks of pre-activations that are no gates: the new state of Elman's cell, the candidates of the others. */
const NO_GATES: readonly string[] = ['state', 'candidate'];

/**
 * Copies a network to other kernels, without the dropout of training.
 *
 * @param sharer a copy of a network of the same plan, whose given tables the new one uses
 */
export function copyForReading(network: Network, kernels: Network['kernels'], sharer?: Network): Network {
  const copy = new Network(kernels, { ...network.plan, dropout: 0, inputDropout: 0 }, sharer);
  if (!sharer) copy.setVectors(network.copyVectors());
  copy.setWeights(network.copyWeights());
  return copy;
}

/** One sentence in one network, each of its tokens with a word of its own, so that they can be changed one by one. */
export class UnrolledSentence {
  readonly network: Network;
  readonly pass: Pass;
  readonly decoder: TagDecoder;
  readonly #batch: TrainingBatch;
  readonly #lexicon: Lexicon;
  readonly #words: Int32Array;
  readonly #gradient: Address;

  /** @param network one without dropout, as `copyForReading` returns */
  constructor(network: Network, lexicon: Lexicon, words: Int32Array) {
    const T = words.length;
    const example: Example = { words, targets: new Int32Array(T) };
    this.network = network;
    this.#lexicon = lexicon;
    this.#words = words;
    this.#batch = new TrainingBatch(network, { sentences: 1, rows: T, longest: T, words: T });
    this.pass = new Pass(network, T, T);
    this.decoder = new TagDecoder(network, T);
    this.#gradient = network.kernels.allocate(network.layout.denseSize);
    this.#batch.fill([example], (_, t) => t);
    for (const [t, word] of words.entries()) this.#batch.words.named.set(t, lexicon, word);
    this.#batch.words.count = T;
    this.#batch.words.multiply(0, T, true);
  }

  /** T */
  get length(): number {
    return this.#words.length;
  }

  /** Runs the network, and returns the logits of the K tags of each token, (T, K). */
  forward(): Float64Array[] {
    this.pass.forward(this.#batch.shard(0), false);
    return this.#rowsOf(this.pass.outputs, this.network.widths.tags, this.network.plan.tags);
  }

  /** Returns the hidden states after `forward`: (T, blocks, H). */
  hidden(): number[][][] {
    const { widths, plan } = this.network;
    return this.#tokenBlocks(({ h }, direction) =>
      this.#rowsOf(shifted(h, direction * widths.H), widths.states, plan.hidden).map((row) => [...row]),
    );
  }

  /** Returns how open the gates are after `forward`: (T, blocks); undefined if the cell has none. */
  gates(): GateOpenness[][] | undefined {
    const { widths, plan } = this.network;
    const blocks = cellOf(plan).gates;
    const isGate = blocks.map(({ name }) => !NO_GATES.includes(name));
    if (!isGate.includes(true)) return undefined;
    return this.#tokenBlocks(({ z }, direction) => {
      const open = blocks.map(({ name }, gate) => {
        const column = (direction * blocks.length + gate) * widths.H;
        return { name, rows: this.#rowsOf(shifted(z, column), widths.recurrence, plan.hidden) };
      });
      return Array.from({ length: this.length }, (_, t) =>
        Object.fromEntries(
          open.filter((_each, gate) => isGate[gate]).map(({ name, rows }) => [name, meanOf(at(rows, t))]),
        ),
      );
    });
  }

  /** Returns the blocks of hidden states, those of the lowest layer first. */
  blocks(): Omit<StateBlock, 'network'>[] {
    const { plan } = this.network;
    return this.pass.recurrences.flatMap((_, layer) =>
      directionsOf(plan).map((direction) => ({ layer: layer + 1, direction })),
    );
  }

  /**
   * Goes back through the network by back-propagation through time (Werbos, 1990).
   *
   * @param dLogits (T, K): the gradient of a loss by the logits
   * @returns (T): the sum of the squares of the loss's gradient by the state of the top layer at each step
   */
  squaredReach(dLogits: readonly ArrayLike<number>[]): Float64Array {
    const { kernels, widths } = this.network;
    const { states, H } = widths;
    const squares = new Float64Array(this.length);
    this.pass.forward(this.#batch.shard(0), false); // the backward pass of some cells overwrites the gates
    this.writeLogits(dLogits);
    this.pass.backward(this.#batch.shard(0), this.#gradient, (gradient, row, rows) => {
      for (let r = 0; r < rows; r++)
        for (let i = 0; i < H; i++)
          squares[row + r] = at(squares, row + r) + at(kernels.memory, gradient + r * states + i) ** 2;
    });
    return squares;
  }

  /**
   * Goes back through the network to the rows that words name.
   *
   * @param dLogits (T, K): the gradient of a score by the logits
   * @returns (T, tables): the gradient of the score by each table's one-hot vectors, times what these have beyond those of
   *   unknown values; by a one-hot vector, that is the product of the gradient by the row and the difference of the rows
   */
  gradientTimesInput(dLogits: readonly ArrayLike<number>[]): number[][] {
    const { kernels, parts } = this.network;
    const { words } = this.#batch;
    this.pass.forward(this.#batch.shard(0), false);
    this.writeLogits(dLogits);
    this.pass.backward(this.#batch.shard(0), this.#gradient);
    this.#giveGradientsToWords();
    words.multiplyBack(0, this.length, 'all');
    const gradients = words.rowGradients('all');
    const products = Array.from({ length: this.length }, () => words.named.tables.map(() => 0));
    for (const [index, { part, rows, width }] of parts.entries()) {
      const { table, ids } = at(words.named.tables, part.table);
      const { address, ld } = at(gradients, index);
      for (const [t, row] of products.entries())
        for (let place = 0; place < table.named; place++) {
          const named = t * table.named + place;
          const own = rows + integerAt(kernels.integers, ids + named) * width;
          const unknown = rows + UNKNOWN_ID * width;
          for (let i = 0; i < width; i++) {
            const difference = at(kernels.memory, own + i) - at(kernels.memory, unknown + i);
            row[part.table] = at(row, part.table) + difference * at(kernels.memory, address + named * ld + i);
          }
        }
    }
    return products;
  }

  /** Gives each word the gradient of the token that sees it, at each offset of the window. */
  #giveGradientsToWords(): void {
    const { kernels, widths } = this.network;
    const { words, dInput } = this.#batch;
    const { recurrence: width } = widths;
    const T = this.length;
    for (const { offset, gradient } of words.products) {
      kernels.fill(gradient, 0, T * width);
      const [first, last] = [Math.max(0, offset), Math.min(T, T + offset)];
      if (first >= last) continue;
      const from = shifted(dInput, (first - offset) * width);
      kernels.copyRows(from, width, shifted(gradient, first * width), width, last - first, width);
    }
  }

  /** Puts numbers (T, K) in the place of the logits. */
  writeLogits(rows: readonly ArrayLike<number>[]): void {
    const { kernels, widths } = this.network;
    kernels.fill(this.pass.outputs, 0, this.length * widths.tags);
    for (const [t, row] of rows.entries()) kernels.memory.set(row, this.pass.outputs + t * widths.tags);
  }

  /** Runs the network, and returns the loss that training computes for the tags of these numbers. */
  trainingLoss(gold: readonly number[]): number {
    const shard = this.#batch.shard(0);
    this.network.kernels.integers.set(gold, shard.targets);
    this.pass.forward(shard, false);
    return this.pass.loss(shard, 1, this.#gradient);
  }

  /** Returns the best path by the logits that stand in the network, as the numbers of its tags, (T). */
  decode(weights: Address): number[] {
    const { best } = this.#batch;
    this.decoder.decode(this.#batch.shard(0).steps, this.pass.outputs, weights, best);
    return Array.from(this.network.kernels.integers.subarray(best, best + this.length));
  }

  /** Sums over all paths by the logits that stand in the network, and by weights of a conditional random field. */
  sumPaths(weights: Address, visit: (sums: PathSums) => void): void {
    this.decoder.sumPaths(this.#batch.shard(0).steps, this.pass.outputs, weights, 1, () => true, visit);
  }

  /** Calls `run` while a token names only the row of unknown values in a table, given by its number. */
  without<Result>(t: number, table: number, run: () => Result): Result {
    const { words } = this.#batch;
    words.named.forget(t, table);
    words.multiply(t, t + 1, true);
    const result = run();
    words.named.set(t, this.#lexicon, at(this.#words, t));
    words.multiply(t, t + 1, true);
    return result;
  }

  /** Returns values of every layer and direction, token by token. */
  #tokenBlocks<Value>(
    read: (layer: { readonly z: Address; readonly h: Address }, direction: number) => readonly Value[],
  ): Value[][] {
    const directions = [...directionsOf(this.network.plan).keys()];
    const blocks = this.pass.recurrences.flatMap((layer) => directions.map((direction) => read(layer, direction)));
    return Array.from({ length: this.length }, (_, t) => blocks.map((block) => at(block, t)));
  }

  #rowsOf(address: Address, ld: number, width: number): Float64Array[] {
    const { memory } = this.network.kernels;
    return Array.from({ length: this.length }, (_, t) =>
      Float64Array.from(memory.subarray(address + t * ld, address + t * ld + width)),
    );
  }
}

function meanOf(numbers: ArrayLike<number>): number {
  return Array.from(numbers).reduce((sum, number) => sum + number, 0) / numbers.length;
}
