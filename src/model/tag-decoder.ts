import { allocateCrf, type CrfBuffers, type CrfLayer, crfDecode, crfSums, type PathSums } from '../layers/crf.js';
import type { Steps } from '../layers/sequence.js';
import { integerAt, numberAt } from '../numerics/at.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import type { Network } from './network.js';

/** Finds tags and their probabilities by logits, in buffers of its own. */
export class TagDecoder {
  /** (W² + 2W), the weights of the network's CRF; all 0 with a softmax */
  readonly weights: Address;
  readonly #kernels: Kernels;
  readonly #layer: Omit<CrfLayer, 'weights'>;
  readonly #buffers: CrfBuffers;

  /** @param longest the length of the longest sentence */
  constructor(network: Network, longest: number) {
    const { kernels, plan, widths } = network;
    const W = widths.tags;
    this.#kernels = kernels;
    this.weights = plan.decoder === 'crf' ? network.weightsOf('crf.transitions') : kernels.allocate(W * W + 2 * W);
    this.#layer = { K: plan.tags, W, allowed: network.allowed };
    this.#buffers = allocateCrf(kernels, longest, W);
  }

  /**
   * Writes the best tags by some logits.
   *
   * @param logits (N, tags)
   * @param weights (W² + 2W), those of the CRF
   * @param best (N), whole numbers, overwritten
   */
  decode(steps: Steps, logits: Address, weights: Address, best: Address): void {
    crfDecode(this.#kernels, steps, { ...this.#layer, weights }, this.#buffers, logits, best);
  }

  /** Sums over all paths of the sentences by some logits; see `crfSums`. */
  sumPaths(
    steps: Steps,
    logits: Address,
    weights: Address,
    temperature: number,
    wants: (sentence: Pick<PathSums, 'T' | 'rows'>) => boolean,
    visit: (sums: PathSums, sentence: number) => void,
  ): void {
    const layer = { ...this.#layer, weights };
    crfSums(this.#kernels, steps, layer, this.#buffers, logits, temperature, wants, visit);
  }

  /**
   * Turns logits into probabilities, and writes those of the best tags.
   *
   * @param probabilities (N), overwritten: the probability of each by the softmax of its logits
   */
  readProbabilities({ N }: Steps, logits: Address, best: Address, probabilities: Address): void {
    const { memory, integers } = this.#kernels;
    const { K, W } = this.#layer;
    this.#kernels.softmax(logits, W, N, K);
    for (let row = 0; row < N; row++)
      memory[probabilities + row] = numberAt(memory, logits + row * W + integerAt(integers, best + row));
  }
}
