import {
  allocateCrf,
  type CrfBuffers,
  type CrfLayer,
  crfDecode,
  crfLoss,
  crfSums,
  type PathSums,
} from '../layers/crf.js';
import { denseBackward, denseForward } from '../layers/dense.js';
import { sumRows } from '../layers/one-hot.js';
import type { Steps } from '../layers/sequence.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import type { Network } from './network.js';
import { cellOf, layerPrefix } from './plan.js';
import { Recurrence } from './recurrence.js';
import { SCRATCH_ROWS } from './words.js';

/** Sentences that go through the network together, as they lie in memory. */
export interface Shard {
  readonly steps: Steps;
  /** (words + 1, recurrence) an offset of the window: what the words there give the recurrence */
  readonly products: readonly Address[];
  /** (words + 1, tags) a wide offset: what the words there add to the logits */
  readonly votes: readonly Address[];
  /** (N), whole numbers, an offset: which word stands there */
  readonly slots: readonly Address[];
  /** (N), whole numbers */
  readonly targets: Address;
  /** (N), what dropout of the states is drawn from */
  readonly stateKeys: Address;
  /** (N, recurrence): the gradient by what the words gave the recurrence, written by `backward` */
  readonly dInput: Address;
  /** (N, tags): the gradient by what the words added to the logits, written by `backward` where they did */
  readonly dVotes: Address;
}

/** One way through the network, there and back, with the buffers for it. */
export class Pass {
  readonly network: Network;
  readonly #kernels: Kernels;
  /** One a layer. */
  readonly #recurrences: readonly Recurrence[];
  readonly #crf: CrfLayer;
  readonly #crfBuffers: CrfBuffers;
  /** (N, states), after dropout */
  readonly #dropped: Address;
  /** (N, states) twice: the gradients by one layer's states and by those of the layer below */
  readonly #dStates: readonly Address[];
  /** (N, tags): logits, probabilities, then the gradient by the logits */
  readonly outputs: Address;
  readonly #losses: Address;
  /** Room for `multiplyTransposed` with any of the network's matrices, and for rows of words. */
  readonly scratch: Address;

  /**
   * @param capacity the largest number of tokens that go through together
   * @param longest the length of the longest sentence
   */
  constructor(network: Network, capacity: number, longest: number) {
    const { kernels, widths, plan } = network;
    const { input, states, tags } = widths;
    this.network = network;
    this.#kernels = kernels;
    this.#dropped = plan.dropout > 0 ? kernels.allocate(capacity * states) : 0;
    this.#dStates = [0, 1].map((index) => (index < plan.layers ? kernels.allocate(capacity * states) : 0));
    this.outputs = kernels.allocate(capacity * tags);
    this.#losses = kernels.allocate(capacity);
    this.scratch = kernels.allocate(SCRATCH_ROWS * (Math.max(input, states) + 8));
    this.#recurrences = Array.from(
      { length: plan.layers },
      (_, layer) => new Recurrence(network, layer, capacity, this.scratch),
    );
    const isCrf = plan.decoder === 'crf';
    const weights = isCrf ? network.weightsOf('crf.transitions') : kernels.allocate(tags * tags + 2 * tags);
    this.#crf = { K: plan.tags, W: tags, weights, allowed: network.allowed };
    this.#crfBuffers = allocateCrf(kernels, longest, tags);
  }

  /** Leaves the logits of a shard in `outputs`; with dropout in training. */
  forward({ steps, products, votes, slots, stateKeys }: Shard, isTraining: boolean): void {
    const kernels = this.#kernels;
    const { plan, widths } = this.network;
    const { recurrence, states, tags } = widths;
    const { N } = steps;
    let seen = 0;
    for (const [layer, { z, h }] of this.#recurrences.entries()) {
      const name = `${layerPrefix(layer)}input`;
      const bias = this.network.weightsOf(`${name}.bias`);
      if (layer === 0) sumRows(kernels, products, slots, bias, z, recurrence, N);
      else denseForward(kernels, seen, states, this.network.panelsOf(name), bias, z, N, states, recurrence);
      this.#recurrences[layer]?.forward(steps);
      seen = h;
    }
    if (isTraining && plan.dropout > 0) {
      const top = seen;
      seen = this.#dropped;
      kernels.copyRows(top, states, seen, states, N, states);
      kernels.dropout(seen, states, stateKeys, plan.dropout, N, states);
    }
    const outputBias = this.network.weightsOf('output.bias');
    denseForward(kernels, seen, states, this.network.panelsOf('output'), outputBias, this.outputs, N, states, tags);
    for (const [place, rows] of votes.entries())
      kernels.gatherAdd(rows, slots[place] as Address, this.outputs, tags, N, tags);
  }

  /**
   * The sum of the sentences' losses; the logits in `outputs` become its gradient times `factor`.
   *
   * @param gradient block of the dense parameters' gradients, added to by the CRF
   */
  loss({ steps, targets }: Shard, factor: number, gradient: Address): number {
    const kernels = this.#kernels;
    if (this.network.plan.decoder === 'crf') {
      const dWeights = gradient + this.network.offsetOf('crf.transitions');
      return crfLoss(kernels, steps, this.#crf, this.#crfBuffers, this.outputs, targets, factor, dWeights);
    }
    const { plan, widths } = this.network;
    kernels.softmax(this.outputs, widths.tags, steps.N, plan.tags);
    kernels.crossEntropy(this.outputs, widths.tags, targets, this.#losses, steps.N);
    kernels.crossEntropyBackward(this.outputs, widths.tags, targets, factor, steps.N);
    let sum = 0;
    for (let row = 0; row < steps.N; row++) sum += kernels.memory[this.#losses + row] as number;
    return sum;
  }

  /** Adds the gradients by the dense parameters to a block of them, and writes the one by what the words gave. */
  backward({ steps, votes, stateKeys, dInput, dVotes }: Shard, gradient: Address): void {
    const kernels = this.#kernels;
    const { network } = this;
    const { plan, widths } = network;
    const { recurrence, states, tags } = widths;
    const { N } = steps;
    const at = (name: string): Address => gradient + network.offsetOf(name);
    const top = this.#recurrences.at(-1) as Recurrence;
    const seen = plan.dropout > 0 ? this.#dropped : top.h;
    /** Where the gradient by a layer's states goes: in place, the lowest layer's becomes that by the input. */
    const dStates = (layer: number): Address =>
      layer === 0 && cellOf(plan).isInPlace ? dInput : (this.#dStates[layer % 2] as Address);
    if (votes.length > 0) kernels.copyRows(this.outputs, tags, dVotes, tags, N, tags);
    let dh = dStates(plan.layers - 1);
    denseBackward(
      kernels,
      seen,
      states,
      network.panelsOf('output'),
      this.outputs,
      dh,
      at('output.weights'),
      at('output.bias'),
      N,
      states,
      tags,
      this.scratch,
    );
    if (plan.dropout > 0) kernels.dropout(dh, states, stateKeys, plan.dropout, N, states);
    for (let layer = plan.layers - 1; layer >= 0; layer--) {
      const dz = (this.#recurrences[layer] as Recurrence).backward(steps, dh, gradient);
      const name = `${layerPrefix(layer)}input`;
      if (layer === 0) {
        kernels.addRowSums(dz, recurrence, at('input.bias'), N, recurrence);
        if (dz !== dInput) kernels.copyRows(dz, recurrence, dInput, recurrence, N, recurrence);
        return;
      }
      const below = this.#recurrences[layer - 1] as Recurrence;
      const dBelow = dStates(layer - 1);
      denseBackward(
        kernels,
        below.h,
        states,
        network.panelsOf(name),
        dz,
        dBelow,
        at(`${name}.weights`),
        at(`${name}.bias`),
        N,
        states,
        recurrence,
        this.scratch,
      );
      dh = dBelow;
    }
  }

  /**
   * Tags a shard.
   *
   * @param best (N), whole numbers, overwritten: the tags
   * @param probabilities (N), overwritten: how probable each is, taken for itself
   */
  tag(shard: Shard, best: Address, probabilities: Address): void {
    this.forward(shard, false);
    this.decode(shard.steps, this.#crf.weights, best);
    this.readProbabilities(shard.steps, best, probabilities);
  }

  /**
   * Finds the best tags by the logits in `outputs`.
   *
   * @param weights (W² + 2W), of the CRF
   */
  decode(steps: Steps, weights: Address, best: Address): void {
    crfDecode(this.#kernels, steps, { ...this.#crf, weights }, this.#crfBuffers, this.outputs, best);
  }

  /** Sums over all paths of the sentences, by the logits in `outputs`, as `crfSums` of the layer does. */
  sumPaths(
    steps: Steps,
    weights: Address,
    temperature: number,
    wants: (sentence: Pick<PathSums, 'T' | 'rows'>) => boolean,
    visit: (sums: PathSums, sentence: number) => void,
  ): void {
    const crf = { ...this.#crf, weights };
    crfSums(this.#kernels, steps, crf, this.#crfBuffers, this.outputs, temperature, wants, visit);
  }

  /** Makes probabilities of the logits in `outputs`, and reads those of the best tags. */
  readProbabilities(steps: Steps, best: Address, probabilities: Address): void {
    const kernels = this.#kernels;
    const { plan, widths } = this.network;
    kernels.softmax(this.outputs, widths.tags, steps.N, plan.tags);
    for (let row = 0; row < steps.N; row++) {
      const tag = kernels.integers[best + row] as number;
      kernels.memory[probabilities + row] = kernels.memory[this.outputs + row * widths.tags + tag] as number;
    }
  }

  /** (W² + 2W), of the CRF; all 0 with a softmax. */
  get crfWeights(): Address {
    return this.#crf.weights;
  }
}
