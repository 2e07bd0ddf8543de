import type { StateGradientVisitor } from '../layers/cell.js';
import { allocateCrf, type CrfBuffers, type CrfLayer, crfLoss } from '../layers/crf.js';
import { denseBackward, denseForward } from '../layers/dense.js';
import { addRows } from '../layers/one-hot.js';
import { at } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import type { Shard } from './batch.js';
import type { Network } from './network.js';
import { cellOf, layerPrefix } from './plan.js';
import { Recurrence } from './recurrence.js';
import { SCRATCH_ROWS, type Words } from './words.js';

/** A shard of a training batch. */
export interface TrainingShard extends Shard {
  /** The words of the batch with their products. */
  readonly words: Pick<Words, 'products'>;
  /** (N), whole numbers: a tag each, or -1 - s for any tag of set s */
  readonly targets: Address;
  /** (N), the keys from which dropout of the states is drawn */
  readonly stateKeys: Address;
  /** (N, recurrence): the gradient by the words' products, written by `backward` */
  readonly dInput: Address;
}

/** A recurrent layer. */
interface Layer {
  readonly recurrence: Recurrence;
  /** The prefix of the names of its input's parameters. */
  readonly input: string;
  /** (N, states): the gradient by its states; layers alternate between two buffers */
  readonly dStates: Address;
}

/** A forward and backward pass through the network, with its buffers. */
export class Pass {
  readonly network: Network;
  readonly #kernels: Kernels;
  readonly #layers: readonly Layer[];
  /** The last of the layers. */
  readonly #top: Recurrence;
  readonly #crf: CrfLayer;
  readonly #crfBuffers: CrfBuffers;
  /** (N, states), after dropout */
  readonly #dropped: Address;
  /** (N, tags): logits, probabilities, then the gradient by the logits */
  readonly outputs: Address;
  readonly #losses: Address;
  /** Scratch for `multiplyTransposed` with any of the network's matrices. */
  readonly scratch: Address;

  /**
   * @param capacity the largest number of tokens of a shard
   * @param longest the length of the longest sentence
   * @param sets (S, tags), the sets of tags that targets may name: 1 for the tags of a set, else 0
   */
  constructor(network: Network, capacity: number, longest: number, sets?: Address) {
    const { kernels, widths, plan } = network;
    const { input, states, tags } = widths;
    this.network = network;
    this.#kernels = kernels;
    this.#dropped = kernels.allocate(plan.dropout > 0 ? capacity * states : 0);
    this.outputs = kernels.allocate(capacity * tags);
    this.#losses = kernels.allocate(capacity);
    this.scratch = kernels.allocate(SCRATCH_ROWS * (Math.max(input, states) + 8));
    const dStates = [kernels.allocate(capacity * states), kernels.allocate(plan.layers > 1 ? capacity * states : 0)];
    this.#layers = Array.from({ length: plan.layers }, (_, index) => ({
      recurrence: new Recurrence(network, index, capacity, this.scratch),
      input: `${layerPrefix(index)}input`,
      dStates: at(dStates, index % 2),
    }));
    this.#top = at(this.#layers, plan.layers - 1).recurrence;
    const isCrf = plan.decoder === 'crf';
    const weights = isCrf ? network.weightsOf('crf.transitions') : kernels.allocate(tags * tags + 2 * tags);
    this.#crf = { K: plan.tags, W: tags, weights, allowed: network.allowed, sets };
    this.#crfBuffers = allocateCrf(kernels, longest, tags, sets !== undefined);
  }

  /** The recurrent layers, from the input up. */
  get recurrences(): readonly Recurrence[] {
    return this.#layers.map(({ recurrence }) => recurrence);
  }

  /** Writes the logits of a shard to `outputs`; applies dropout in training. */
  forward({ steps, words, slots, stateKeys }: TrainingShard, isTraining: boolean): void {
    const kernels = this.#kernels;
    const { network } = this;
    const { plan, widths } = network;
    const { recurrence, states, tags } = widths;
    const { N } = steps;
    let below: Recurrence | undefined;
    for (const { recurrence: layer, input } of this.#layers) {
      const bias = network.weightsOf(`${input}.bias`);
      if (below) {
        const weights = network.panelsOf(`${input}.weights`);
        denseForward(kernels, below.h, states, weights, bias, layer.z, N, states, recurrence);
      } else {
        kernels.fillRows(bias, layer.z, recurrence, N, recurrence);
        const products = words.products.map(({ sums }) => sums);
        addRows(kernels, products, slots, layer.z, recurrence, N);
      }
      layer.forward(steps);
      below = layer;
    }
    const seen = this.#seenStates(isTraining);
    if (seen !== this.#top.h) {
      kernels.copyRows(this.#top.h, states, seen, states, N, states);
      kernels.dropout(seen, states, stateKeys, plan.dropout, N, states);
    }
    const weights = network.panelsOf('output.weights');
    const bias = network.weightsOf('output.bias');
    denseForward(kernels, seen, states, weights, bias, this.outputs, N, states, tags);
  }

  /** Returns the states (N, states) that the output layer reads. */
  #seenStates(isTraining: boolean): Address {
    return isTraining && this.network.plan.dropout > 0 ? this.#dropped : this.#top.h;
  }

  /**
   * Returns the sum of the sentences' losses, and turns the logits in `outputs` into its gradient times `factor`.
   *
   * @param gradient block of the dense parameters' gradients, added to by the CRF
   */
  loss({ steps, targets }: TrainingShard, factor: number, gradient: Address): number {
    const kernels = this.#kernels;
    if (this.network.plan.decoder === 'crf') {
      const dWeights = shifted(gradient, this.network.offsetOf('crf.transitions'));
      return crfLoss(kernels, steps, this.#crf, this.#crfBuffers, this.outputs, targets, factor, dWeights);
    }
    const { plan, widths } = this.network;
    kernels.softmax(this.outputs, widths.tags, steps.N, plan.tags);
    const { sets } = this.#crf;
    if (sets === undefined) {
      kernels.crossEntropy(this.outputs, widths.tags, targets, this.#losses, steps.N);
      kernels.crossEntropyBackward(this.outputs, widths.tags, targets, factor, steps.N);
    } else
      kernels.crossEntropyOfSets(this.outputs, widths.tags, targets, sets, this.#losses, factor, steps.N, plan.tags);
    let sum = 0;
    for (const loss of kernels.memory.subarray(this.#losses, this.#losses + steps.N)) sum += loss;
    return sum;
  }

  /**
   * Adds the gradients by the dense parameters to `gradient`; writes those by the words' products.
   *
   * @param visit called with the gradients by the states of the top layer, as the cell does
   */
  backward({ steps, stateKeys, dInput }: TrainingShard, gradient: Address, visit?: StateGradientVisitor): void {
    const kernels = this.#kernels;
    const { network } = this;
    const { plan, widths } = network;
    const { recurrence, states, tags } = widths;
    const { N } = steps;
    const by = (name: string): Address => shifted(gradient, network.offsetOf(name));
    let isTop = true;
    /** Goes back through the product that reads a layer's states `h`, and writes the gradient by these to `dh`. */
    const product = (h: Address, dy: Address, dh: Address, name: string, width: number): void => {
      const [weights, dWeights, dBias] = [
        network.panelsOf(`${name}.weights`),
        by(`${name}.weights`),
        by(`${name}.bias`),
      ];
      denseBackward(kernels, h, states, weights, dy, dh, dWeights, dBias, N, states, width, this.scratch);
    };
    let above = { dy: this.outputs, name: 'output', width: tags };
    for (const [index, layer] of [...this.#layers.entries()].reverse()) {
      // In place, the gradient by the lowest layer's states becomes that by the words' products.
      const dh = index === 0 && cellOf(plan).isInPlace ? dInput : layer.dStates;
      product(isTop ? this.#seenStates(true) : layer.recurrence.h, above.dy, dh, above.name, above.width);
      if (isTop && plan.dropout > 0) kernels.dropout(dh, states, stateKeys, plan.dropout, N, states);
      const dy = layer.recurrence.backward(steps, dh, gradient, isTop ? visit : undefined);
      isTop = false;
      above = { dy, name: layer.input, width: recurrence };
    }
    kernels.addRowSums(above.dy, recurrence, by('input.bias'), N, recurrence);
    if (above.dy !== dInput) kernels.copyRows(above.dy, recurrence, dInput, recurrence, N, recurrence);
  }
}
