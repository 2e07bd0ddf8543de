import { Lexicon } from '../model/lexicon.js';
import type { ModelForTagging } from '../model/model.js';
import type { Network } from '../model/network.js';
import { at } from '../numerics/at.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import type { StateBlock } from './explanation.js';
import { type TagMarginals, tagMarginals } from './tag-marginals.js';
import { copyForReading, UnrolledSentence } from './unrolled-sentence.js';
import { type WordLoss, wordLosses } from './word-losses.js';

/** A model whose networks can be looked into; several networks average their logits and the weights of their decoders. */
export class UnrolledModel {
  readonly lexicon: Lexicon;
  readonly #networks: readonly Network[];
  readonly #kernels: Kernels;
  readonly #used: number;
  /** (W² + 2W), the mean weights of the conditional random fields */
  readonly #weights: Address;

  /** @param kernels the networks are copied to their memory */
  constructor({ language, network, others = [] }: ModelForTagging, kernels: Kernels) {
    this.lexicon = new Lexicon(language.features);
    const first = copyForReading(network, kernels);
    this.#networks = [first, ...others.map((other) => copyForReading(other.network, kernels, first))];
    this.#kernels = kernels;
    this.#weights = this.#meanWeights(first);
    this.#used = kernels.used;
  }

  /** Puts a sentence of at least one token through the networks; one that was read before is forgotten. */
  read(tokens: readonly string[]): ReadSentence {
    this.#kernels.release(this.#used);
    const words = this.lexicon.encode(tokens);
    const sentences = this.#networks.map((network) => new UnrolledSentence(network, this.lexicon, words));
    return new ReadSentence(sentences, this.#weights);
  }

  #meanWeights({ plan, widths: { tags: W } }: Network): Address {
    const n = W * W + 2 * W;
    const mean = this.#kernels.allocate(n);
    const { memory } = this.#kernels;
    if (plan.decoder !== 'crf') return mean;
    for (let i = 0; i < n; i++) {
      const sum = this.#networks.reduce((total, each) => total + at(memory, each.weightsOf('crf.transitions') + i), 0);
      memory[mean + i] = sum / this.#networks.length;
    }
    return mean;
  }
}

/** A sentence in all networks of a model. */
export class ReadSentence {
  readonly sentences: readonly UnrolledSentence[];
  /** (W² + 2W), the mean weights of the conditional random fields; 0 with a softmax */
  readonly weights: Address;

  constructor(sentences: readonly UnrolledSentence[], weights: Address) {
    this.sentences = sentences;
    this.weights = weights;
  }

  get first(): UnrolledSentence {
    return at(this.sentences, 0);
  }

  /** Runs all networks, and returns the mean of their logits, (T, K); tagging has the same but for the rounding of its matrices and states. */
  forward(): Float64Array[] {
    const { kernels, widths, plan } = this.first.network;
    const outputs = this.sentences.map((sentence) => {
      sentence.forward();
      return sentence.pass.outputs;
    });
    const [mean, ...others] = outputs as [Address, ...Address[]];
    const n = this.first.length * widths.tags;
    for (const other of others) kernels.add(other, mean, n);
    const { memory } = kernels;
    if (others.length > 0) for (let i = 0; i < n; i++) memory[mean + i] = at(memory, mean + i) / outputs.length;
    return Array.from({ length: this.first.length }, (_, t) => {
      const start = mean + t * widths.tags;
      return Float64Array.from(memory.subarray(start, start + plan.tags));
    });
  }

  /** Runs all networks, and returns the probabilities of their tags together. */
  marginals(): TagMarginals {
    return tagMarginals(this.first, this.forward(), this.weights);
  }

  /** Returns the loss of each word, given the numbers of its gold tags. */
  losses(gold: readonly number[]): WordLoss[] {
    return wordLosses(this.first, this.forward(), this.weights, gold);
  }

  /**
   * Carries the loss of each word back through all networks.
   *
   * @returns (T, T): the norm of the gradient of a word's loss by the states of the networks' top layers at each step
   */
  reach(losses: readonly WordLoss[]): number[][] {
    const share = 1 / this.sentences.length;
    return losses.map(({ dLogits }) => {
      const own = dLogits.map((row) => row.map((gradient) => gradient * share));
      const squares = this.sentences.map((sentence) => sentence.squaredReach(own));
      return own.map((_, s) => Math.sqrt(squares.reduce((sum, each) => sum + at(each, s), 0)));
    });
  }

  /**
   * Carries a gradient by the mean logits (T, K) back to what each word reads, through all networks.
   *
   * @returns (T, tables): the gradient by each table's one-hot vectors, times what these have beyond those of unknown values
   */
  gradientTimesInput(dLogits: readonly Float64Array[]): number[][] {
    const share = 1 / this.sentences.length;
    const own = dLogits.map((row) => row.map((gradient) => gradient * share));
    const products = this.sentences.map((sentence) => sentence.gradientTimesInput(own));
    return at(products, 0).map((row, t) =>
      row.map((_, table) => products.reduce((sum, each) => sum + at(at(each, t), table), 0)),
    );
  }

  /** Returns the blocks of hidden states of all networks. */
  blocks(): StateBlock[] {
    return this.sentences.flatMap((sentence, index) =>
      sentence.blocks().map((block) => ({ network: index + 1, ...block })),
    );
  }

  /** Calls `run` while a token names only the row of unknown values in a table, given by its number. */
  without<Result>(t: number, table: number, run: () => Result): Result {
    return this.sentences.reduceRight<() => Result>(
      (inner, sentence) => () => sentence.without(t, table, inner),
      run,
    )();
  }
}
