import type { Address, Kernels } from '../numerics/kernels.js';
import type { Network } from './network.js';
import type { Shard } from './pass.js';
import { Words } from './words.js';

/** A sentence in numbers: the number of each token's word, and of each token's tag where it is known. */
export interface Example {
  /** (T), words of a lexicon */
  readonly words: Int32Array;
  /** (T) */
  readonly targets: Int32Array;
}

/** Sentences a shard: the unit of work, whatever the number of workers. */
export const SHARD_SENTENCES = 8;

const HEADER = 4;

/** Memory for one batch of sentences, cut in shards. Threads that make the same one share it. */
export class BatchMemory {
  /** The distinct words of the batch, or of more than it. */
  readonly words: Words;
  readonly #kernels: Kernels;
  readonly #offsets: readonly number[];
  readonly #shards: readonly { readonly header: Address; readonly start: Address }[];
  readonly #count: Address;
  /** (rows), whole numbers, an offset: the word that stands there as seen from the token */
  readonly slots: readonly Address[];
  /** (rows), whole numbers, an offset: the row of that token, `capacity` where there is none */
  readonly neighbours: readonly Address[];
  readonly targets: Address;
  readonly stateKeys: Address;
  /** (rows), whole numbers: the tags that were decoded */
  readonly best: Address;
  /** (rows): how probable each of them is */
  readonly probabilities: Address;
  /** (rows + 1, recurrence), 0 where the batch is only tagged; the last row is of no token, and stays 0 */
  readonly dInput: Address;
  /** (rows + 1, tags), the same for what words added to the logits; 0 where none did */
  readonly dVotes: Address;
  readonly capacity: number;
  readonly #width: number;
  readonly #tags: number;

  /**
   * @param sentences the largest number of sentences
   * @param rows the largest number of tokens
   * @param longest the length of the longest sentence
   * @param words the largest number of words
   */
  constructor(network: Network, sentences: number, rows: number, longest: number, words: number, isTraining: boolean) {
    const { kernels } = network;
    this.#kernels = kernels;
    this.#offsets = network.seenOffsets;
    this.capacity = rows;
    this.words = new Words(network, words, isTraining);
    this.#shards = Array.from({ length: Math.ceil(sentences / SHARD_SENTENCES) }, () => ({
      header: kernels.allocate(HEADER),
      start: kernels.allocate(longest + 1),
    }));
    this.#count = kernels.allocate(1);
    this.slots = this.#offsets.map(() => kernels.allocate(rows));
    this.neighbours = this.#offsets.map(() => kernels.allocate(rows));
    this.targets = kernels.allocate(rows);
    this.stateKeys = kernels.allocate(rows);
    this.best = kernels.allocate(rows);
    this.probabilities = kernels.allocate(rows);
    this.#width = network.widths.recurrence;
    this.dInput = isTraining ? kernels.allocate((rows + 1) * this.#width) : 0;
    this.#tags = network.widths.tags;
    this.dVotes = isTraining && network.plan.wide ? kernels.allocate((rows + 1) * this.#tags) : 0;
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
      products: this.words.products,
      votes: this.words.votes,
      slots: this.slots.map((slots) => slots + row),
      targets: this.targets + row,
      stateKeys: this.stateKeys + row,
      dInput: this.dInput + row * this.#width,
      dVotes: this.dVotes + row * this.#tags,
    };
  }

  /**
   * Puts sentences in the memory.
   *
   * @param examples longest first, of at least one token each
   * @param visit told the row of each token; gives the number that the token's word has among `words`
   */
  fill(examples: readonly Example[], visit: (example: number, t: number, row: number) => number): void {
    const { integers } = this.#kernels;
    let row = 0;
    let shard = 0;
    for (let from = 0; from < examples.length; from += SHARD_SENTENCES) {
      const to = Math.min(from + SHARD_SENTENCES, examples.length);
      row += this.#fillShard(shard, row, examples, from, to, visit);
      this.#findNeighbours(shard++);
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

  /** Addresses that belong to offset 0. */
  get #ownSlots(): Address {
    return this.slots[this.#offsets.indexOf(0)] as Address;
  }

  #fillShard(
    index: number,
    firstRow: number,
    examples: readonly Example[],
    from: number,
    to: number,
    visit: (example: number, t: number, row: number) => number,
  ): number {
    const { integers } = this.#kernels;
    const { header, start } = this.#shards[index] as { header: Address; start: Address };
    const slots = this.#ownSlots;
    const T = (examples[from] as Example).targets.length;
    let row = firstRow;
    let active = to;
    for (let t = 0; t < T; t++) {
      integers[start + t] = row - firstRow;
      while ((examples[active - 1] as Example).targets.length <= t) active--;
      for (let example = from; example < active; example++, row++) {
        integers[slots + row] = visit(example, t, row);
        integers[this.targets + row] = (examples[example] as Example).targets[t] as number;
      }
    }
    integers[start + T] = row - firstRow;
    integers[header] = firstRow;
    integers[header + 1] = row - firstRow;
    integers[header + 2] = T;
    return row - firstRow;
  }

  /** Writes each token's neighbours, by their rows and by their words. */
  #findNeighbours(index: number): void {
    if (this.#offsets.length === 1) return;
    const { integers } = this.#kernels;
    const { header, start } = this.#shards[index] as { header: Address; start: Address };
    const firstRow = integers[header] as number;
    const T = integers[header + 2] as number;
    const slots = this.#ownSlots;
    for (const [place, offset] of this.#offsets.entries()) {
      if (offset === 0) continue;
      const there = this.slots[place] as Address;
      const neighbours = this.neighbours[place] as Address;
      for (let t = 0; t < T; t++) {
        const first = integers[start + t] as number;
        const last = integers[start + t + 1] as number;
        const exists = t + offset >= 0 && t + offset < T;
        const other = exists ? (integers[start + t + offset] as number) : 0;
        const count = exists ? (integers[start + t + offset + 1] as number) - other : 0;
        for (let row = first; row < last; row++) {
          const isThere = row - first < count;
          const neighbour = firstRow + other + row - first;
          integers[neighbours + firstRow + row] = isThere ? neighbour : this.capacity;
          integers[there + firstRow + row] = isThere ? (integers[slots + neighbour] as number) : this.words.capacity;
        }
      }
    }
  }

  #headerOf(index: number): Address {
    return this.#shards[index]?.header as Address;
  }
}
