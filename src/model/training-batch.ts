import { type Address, shifted } from '../numerics/kernels.js';
import { BatchMemory, type BatchSizes } from './batch.js';
import type { Network } from './network.js';
import type { TrainingShard } from './pass.js';
import { Words } from './words.js';

/** The sentences of a training batch in memory, with its words and with gradients. */
export class TrainingBatch extends BatchMemory {
  /** The distinct words of the batch. */
  readonly words: Words;
  /** (rows), the keys from which dropout of the states is drawn */
  readonly stateKeys: Address;
  /** (rows + 1, recurrence): the gradient by the words' products; the last row, of no token, is 0 */
  readonly dInput: Address;
  readonly #width: number;

  constructor(network: Network, sizes: BatchSizes) {
    super(network, sizes);
    const { kernels, widths } = network;
    const { rows } = sizes;
    this.words = new Words(network, sizes.words, true);
    this.stateKeys = kernels.allocate(rows);
    this.#width = widths.recurrence;
    this.dInput = kernels.allocate((rows + 1) * this.#width);
  }

  override shard(index: number): TrainingShard {
    const row = this.rowOf(index);
    return {
      ...super.shard(index),
      words: this.words,
      targets: shifted(this.targets, row),
      stateKeys: shifted(this.stateKeys, row),
      dInput: shifted(this.dInput, row * this.#width),
    };
  }
}
