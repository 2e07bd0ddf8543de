import { BatchMemory, type Example, SHARD_SENTENCES } from './batch.js';
import type { Network } from './network.js';
import { Pass } from './pass.js';

/** What the network says of one sentence. */
export interface PredictedTags {
  /** (T), the number of each token's tag */
  readonly tags: Int32Array;
  /** (T), how probable the network holds each, from 0 to 1 */
  readonly probabilities: Float32Array;
}

/** Tags sentences in numbers; the answers come in the order of the sentences, and none depends on another. */
export interface Predictor {
  predict(examples: readonly Example[]): PredictedTags[];
}

/** How much goes through the network together. */
export const TAGGING_SENTENCES = 64;
export const TAGGING_TOKENS = 2048;

/**
 * Tags sentences batch by batch, sentences of like length together.
 *
 * @param batch the memory for a batch
 * @param tokens the largest number of tokens that it holds
 * @param run tags what stands in it
 */
export function predictInBatches(
  batch: BatchMemory,
  tokens: number,
  examples: readonly Example[],
  run: () => void,
): PredictedTags[] {
  const lengthOf = (index: number): number => (examples[index] as Example).targets.length;
  const order = [...examples.keys()].filter((index) => lengthOf(index) > 0);
  order.sort((a, b) => lengthOf(b) - lengthOf(a) || a - b);
  const answers = examples.map(({ targets }) => {
    return { tags: new Int32Array(targets.length), probabilities: new Float32Array(targets.length) };
  });
  for (let from = 0; from < order.length; ) {
    let to = from;
    let sum = 0;
    while (to < order.length && to - from < TAGGING_SENTENCES && sum + lengthOf(order[to] as number) <= tokens) {
      sum += lengthOf(order[to++] as number);
    }
    if (to === from) throw new Error(`a sentence has more than ${tokens} tokens`);
    const members = order.slice(from, to);
    const rows = members.map((index) => new Int32Array(lengthOf(index)));
    batch.fill(
      members.map((index) => examples[index] as Example),
      (member, t, row) => {
        (rows[member] as Int32Array)[t] = row;
      },
    );
    run();
    for (const [member, index] of members.entries())
      batch.readTags(rows[member] as Int32Array, answers[index] as PredictedTags);
    from = to;
  }
  return answers;
}

/** Tags in the calling thread; its memory grows with the longest sentence. */
export class SinglePredictor implements Predictor {
  readonly #network: Network;
  readonly #used: number;
  #longest = 0;
  #tokens = 0;
  #batch: BatchMemory | undefined;
  #pass: Pass | undefined;

  /** @param network the last to have taken memory of its kernels */
  constructor(network: Network) {
    this.#network = network;
    this.#used = network.kernels.used;
  }

  predict(examples: readonly Example[]): PredictedTags[] {
    const longest = examples.reduce((length, { targets }) => Math.max(length, targets.length), 1);
    const { batch, pass } = this.#buffersFor(longest);
    return predictInBatches(batch, this.#tokens, examples, () => {
      for (let index = 0; index < batch.shardCount; index++) {
        const row = batch.rowOf(index);
        pass.tag(batch.shard(index), batch.best + row, batch.probabilities + row);
      }
    });
  }

  #buffersFor(longest: number): { batch: BatchMemory; pass: Pass } {
    if (!this.#batch || !this.#pass || longest > this.#longest) {
      this.#longest = Math.max(64, longest, Math.min(2 * this.#longest, TAGGING_TOKENS));
      this.#tokens = Math.max(TAGGING_TOKENS, this.#longest);
      this.#network.kernels.release(this.#used);
      const shardTokens = Math.min(this.#tokens, SHARD_SENTENCES * this.#longest);
      this.#batch = new BatchMemory(this.#network, TAGGING_SENTENCES, this.#tokens, this.#longest, false);
      this.#pass = new Pass(this.#network, shardTokens, this.#longest);
    }
    return { batch: this.#batch, pass: this.#pass };
  }
}
