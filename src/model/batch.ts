import type { Address, Kernels } from '../numerics/kernels.js';
import type { Network } from './network.js';
import { inputGradientWidth, type Shard } from './pass.js';

/** A sentence in numbers: the id of each token in each table, and of each token's tag where it is known. */
export interface Example {
  /** (T) a table */
  readonly ids: readonly Int32Array[];
  /** (T) */
  readonly targets: Int32Array;
}

/** Sentences a shard: the unit of work, whatever the number of workers. */
export const SHARD_SENTENCES = 8;

const HEADER = 4;

/** Memory for one batch of sentences, cut in shards. Threads that make the same one share it. */
export class BatchMemory {
  readonly #kernels: Kernels;
  readonly #shards: readonly { readonly header: Address; readonly start: Address }[];
  readonly #count: Address;
  /** (rows) a table, whole numbers, time-major within each shard */
  readonly ids: readonly Address[];
  readonly targets: Address;
  readonly inputKeys: Address;
  readonly stateKeys: Address;
  /** (rows), whole numbers: the tags that were decoded */
  readonly best: Address;
  /** (rows): how probable each of them is */
  readonly probabilities: Address;
  /** (rows, width), 0 where the batch is only tagged */
  readonly dInput: Address;
  readonly #width: number;

  /**
   * @param sentences the largest number of sentences
   * @param rows the largest number of tokens
   * @param longest the length of the longest sentence
   */
  constructor(network: Network, sentences: number, rows: number, longest: number, isTraining: boolean) {
    const { kernels, plan } = network;
    this.#kernels = kernels;
    this.#shards = Array.from({ length: Math.ceil(sentences / SHARD_SENTENCES) }, () => ({
      header: kernels.allocate(HEADER),
      start: kernels.allocate(longest + 1),
    }));
    this.#count = kernels.allocate(1);
    this.ids = plan.features.map(() => kernels.allocate(rows));
    this.targets = kernels.allocate(rows);
    this.inputKeys = kernels.allocate(rows);
    this.stateKeys = kernels.allocate(rows);
    this.best = kernels.allocate(rows);
    this.probabilities = kernels.allocate(rows);
    this.#width = inputGradientWidth(network);
    this.dInput = isTraining ? kernels.allocate(rows * this.#width) : 0;
  }

  /** Number of shards of the batch that is in the memory now. */
  get shardCount(): number {
    return this.#kernels.integers[this.#count] as number;
  }

  /** Number of tokens of the batch that is in the memory now. */
  get rows(): number {
    const last = this.shardCount - 1;
    return last < 0 ? 0 : this.rowOf(last) + this.shard(last).steps.N;
  }

  /** First row of a shard. */
  rowOf(index: number): number {
    return this.#kernels.integers[this.#headerOf(index)] as number;
  }

  shard(index: number): Shard {
    const { integers } = this.#kernels;
    const header = this.#headerOf(index);
    const row = integers[header] as number;
    const steps = {
      N: integers[header + 1] as number,
      T: integers[header + 2] as number,
      start: this.#shards[index]?.start as Address,
    };
    return {
      steps,
      ids: this.ids.map((ids) => ids + row),
      targets: this.targets + row,
      inputKeys: this.inputKeys + row,
      stateKeys: this.stateKeys + row,
      dInput: this.dInput + row * this.#width,
    };
  }

  /**
   * Puts sentences in the memory.
   *
   * @param examples longest first, of at least one token each
   * @param visit told the row of each token
   */
  fill(examples: readonly Example[], visit?: (example: number, t: number, row: number) => void): void {
    const { integers } = this.#kernels;
    let row = 0;
    let shard = 0;
    for (let from = 0; from < examples.length; from += SHARD_SENTENCES) {
      const to = Math.min(from + SHARD_SENTENCES, examples.length);
      row += this.#fillShard(shard++, row, examples, from, to, visit);
    }
    integers[this.#count] = shard;
  }

  /** Copies what was decoded in some rows. */
  readTags(rows: Int32Array, answer: { readonly tags: Int32Array; readonly probabilities: Float32Array }): void {
    const { integers, memory } = this.#kernels;
    for (const [t, row] of rows.entries()) {
      answer.tags[t] = integers[this.best + row] as number;
      answer.probabilities[t] = memory[this.probabilities + row] as number;
    }
  }

  #fillShard(
    index: number,
    firstRow: number,
    examples: readonly Example[],
    from: number,
    to: number,
    visit?: (example: number, t: number, row: number) => void,
  ): number {
    const { integers } = this.#kernels;
    const { header, start } = this.#shards[index] as { header: Address; start: Address };
    const T = (examples[from] as Example).targets.length;
    let row = firstRow;
    let active = to;
    for (let t = 0; t < T; t++) {
      integers[start + t] = row - firstRow;
      while ((examples[active - 1] as Example).targets.length <= t) active--;
      for (let example = from; example < active; example++, row++) {
        const { ids, targets } = examples[example] as Example;
        for (let table = 0; table < this.ids.length; table++) {
          integers[(this.ids[table] as Address) + row] = (ids[table] as Int32Array)[t] as number;
        }
        integers[this.targets + row] = targets[t] as number;
        visit?.(example, t, row);
      }
    }
    integers[start + T] = row - firstRow;
    integers[header] = firstRow;
    integers[header + 1] = row - firstRow;
    integers[header + 2] = T;
    return row - firstRow;
  }

  #headerOf(index: number): Address {
    return this.#shards[index]?.header as Address;
  }
}
