import type { Steps } from '../layers/sequence.js';
import { at, integerAt, integersAt, numberAt } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import type { Network } from './network.js';

/** A sentence in numbers. */
export interface Example {
  /** (T), the number of each token's word in a lexicon */
  readonly words: Int32Array;
  /** (T), the number of each token's tag, or -1 - s for any tag of set s of those that training has; 0 where nothing is trained */
  readonly targets: Int32Array;
}

/** The sentences of a batch and their rows. */
export interface BatchPlaces {
  /** The number of each sentence among the examples, in the order of the batch. */
  readonly members: readonly number[];
  /** The row of each token of each sentence. */
  readonly rows: readonly Int32Array[];
}

/** The largest number of sentences of a shard, the unit of work whatever the number of workers. */
export const SHARD_SENTENCES = 8;

/** Returns the number of sentences of a shard of batches of so many: small batches have two, so that two threads share them. */
export function shardSizeFor(batchSize: number): number {
  return Math.min(SHARD_SENTENCES, Math.ceil(batchSize / 2));
}

const HEADER = 4;

/** The addresses of a shard's own numbers. */
interface ShardPlace {
  /** Whole numbers: first row, number of tokens, length of the longest sentence. */
  readonly header: Address;
  /** (T + 1), whole numbers: the first row of each step, counted from the shard's first. */
  readonly start: Address;
}

/** Sentences that go through the network together, as they lie in memory. */
export interface Shard {
  readonly steps: Steps;
  /** (N), whole numbers, for each offset that the network looks at: the word there */
  readonly slots: readonly Address[];
}

/** The tokens at one offset from each token. */
export interface SeenTokens {
  readonly offset: number;
  /** (rows), whole numbers: the token's word among those of the batch, or their `capacity` if there is no token */
  readonly slots: Address;
  /** (rows), whole numbers: the token's row, or the batch's `capacity` if there is no token; unused at offset 0 */
  readonly neighbours: Address;
}

/** The sizes of a batch's memory. */
export interface BatchSizes {
  /** The largest number of sentences. */
  readonly sentences: number;
  /** The largest number of tokens. */
  readonly rows: number;
  /** The length of the longest sentence. */
  readonly longest: number;
  /** The largest number of words. */
  readonly words: number;
  /** The number of sentences of a shard. */
  readonly shardSize?: number;
}

/** The sentences of a batch in memory, cut into shards. Threads that create the same batch share its memory. */
export class BatchMemory {
  readonly #kernels: Kernels;
  readonly #shards: readonly ShardPlace[];
  readonly #count: Address;
  /** The tokens at offset 0. */
  readonly own: SeenTokens;
  /** The tokens at each offset that the network looks at; the first is `own`. */
  readonly seen: readonly SeenTokens[];
  readonly targets: Address;
  /** (rows), whole numbers: the decoded tags */
  readonly best: Address;
  /** (rows): the probability of each decoded tag */
  readonly probabilities: Address;
  /** The largest number of tokens. */
  readonly capacity: number;
  /** The largest number of words. */
  readonly wordCapacity: number;
  readonly #shardSize: number;

  constructor(
    { kernels, offsets }: Network,
    { sentences, rows, longest, words, shardSize = SHARD_SENTENCES }: BatchSizes,
  ) {
    this.#shardSize = shardSize;
    this.#kernels = kernels;
    this.capacity = rows;
    this.wordCapacity = words;
    this.#shards = Array.from({ length: Math.ceil(sentences / shardSize) }, () => ({
      header: kernels.allocate(HEADER),
      start: kernels.allocate(longest + 1),
    }));
    this.#count = kernels.allocate(1);
    this.seen = offsets.map((offset) => {
      return { offset, slots: kernels.allocate(rows), neighbours: kernels.allocate(offset === 0 ? 0 : rows) };
    });
    this.own = at(this.seen, 0);
    this.targets = kernels.allocate(rows);
    this.best = kernels.allocate(rows);
    this.probabilities = kernels.allocate(rows);
  }

  /** The largest number of shards of a batch. */
  get mostShards(): number {
    return this.#shards.length;
  }

  /** The number of shards of the batch that is in the memory now. */
  get shardCount(): number {
    return integerAt(this.#kernels.integers, this.#count);
  }

  /** The number of tokens of the batch that is in the memory now. */
  get rows(): number {
    const last = this.shardCount - 1;
    return last < 0 ? 0 : this.rowOf(last) + this.shard(last).steps.N;
  }

  /** Returns the first row of a shard. */
  rowOf(index: number): number {
    return integerAt(this.#kernels.integers, at(this.#shards, index).header);
  }

  shard(index: number): Shard {
    const { integers } = this.#kernels;
    const { header, start } = at(this.#shards, index);
    const row = integerAt(integers, header);
    return {
      steps: { N: integerAt(integers, header + 1), T: integerAt(integers, header + 2), start },
      slots: this.seen.map(({ slots }) => shifted(slots, row)),
    };
  }

  /**
   * Puts sentences in the memory.
   *
   * @param examples longest first, of at least one token each
   * @param visit gets the row of each token and returns the number of the token's word among `words`
   */
  fill(examples: readonly Example[], visit: (example: number, t: number, row: number) => number): void {
    const { integers } = this.#kernels;
    let row = 0;
    let shards = 0;
    for (let from = 0; from < examples.length; from += this.#shardSize) {
      const place = at(this.#shards, shards++);
      row += this.#fillShard(place, row, examples, from, visit);
      this.#findNeighbours(place);
    }
    integers[this.#count] = shards;
  }

  /** Copies the decoded tags of some rows and their probabilities. */
  readTags(rows: Int32Array, answer: { readonly tags: Int32Array; readonly probabilities: Float32Array }): void {
    const { integers, memory } = this.#kernels;
    const { best, probabilities } = this;
    for (let t = 0; t < rows.length; t++) {
      const row = integerAt(rows, t);
      answer.tags[t] = integerAt(integers, best + row);
      answer.probabilities[t] = numberAt(memory, probabilities + row);
    }
  }

  /** Lays out the sentences of a shard, the first of which is given by its number, step by step; returns the number of their tokens. */
  #fillShard(
    { header, start }: ShardPlace,
    firstRow: number,
    examples: readonly Example[],
    first: number,
    visit: (example: number, t: number, row: number) => number,
  ): number {
    const { integers } = this.#kernels;
    const targets = examples.slice(first, first + this.#shardSize).map((example) => example.targets);
    const T = integersAt(targets, 0).length;
    const { slots } = this.own;
    let row = firstRow;
    for (let t = 0; t < T; t++) {
      integers[start + t] = row - firstRow;
      for (let sentence = 0; sentence < targets.length; sentence++) {
        const own = integersAt(targets, sentence);
        if (own.length <= t) break;
        integers[slots + row] = visit(first + sentence, t, row);
        integers[this.targets + row] = integerAt(own, t);
        row++;
      }
    }
    integers[start + T] = row - firstRow;
    integers[header] = firstRow;
    integers[header + 1] = row - firstRow;
    integers[header + 2] = T;
    return row - firstRow;
  }

  /** Writes each token's neighbours, by their rows and by their words. */
  #findNeighbours({ header, start }: ShardPlace): void {
    const { integers } = this.#kernels;
    const firstRow = integerAt(integers, header);
    const T = integerAt(integers, header + 2);
    for (const { offset, slots, neighbours } of this.seen) {
      if (offset === 0) continue;
      for (let t = 0; t < T; t++) {
        const first = integerAt(integers, start + t);
        const last = integerAt(integers, start + t + 1);
        const exists = t + offset >= 0 && t + offset < T;
        const other = exists ? integerAt(integers, start + t + offset) : 0;
        const count = exists ? integerAt(integers, start + t + offset + 1) - other : 0;
        for (let row = first; row < last; row++) {
          const isThere = row - first < count;
          const neighbour = firstRow + other + row - first;
          integers[neighbours + firstRow + row] = isThere ? neighbour : this.capacity;
          integers[slots + firstRow + row] = isThere
            ? integerAt(integers, this.own.slots + neighbour)
            : this.wordCapacity;
        }
      }
    }
  }
}
