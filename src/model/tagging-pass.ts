import { type Step, walkSteps } from '../layers/sequence.js';
import type { PairedStates, TaggingLayer, TaggingWeights } from '../layers/tagging-layer.js';
import { at } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import { SHARD_SENTENCES, type Shard } from './batch.js';
import { cellOf, directionsOf, layerPrefix } from './plan.js';
import type { ProjectedWords } from './projected-words.js';
import type { TaggingNetwork } from './tagging-network.js';

/** The forward pass of tagging, which computes logits, with its buffers. */
export class TaggingPass {
  /** (N, tags) */
  readonly outputs: Address;
  readonly #tagging: TaggingNetwork;
  readonly #kernels: Kernels;
  /** The equations of the cell, which all layers and directions use in turn. */
  readonly #cell: TaggingLayer;
  /** (N, states), of 12 bits in pairs; layers alternate between two buffers */
  readonly #states: readonly Address[];

  /** @param capacity the largest number of tokens of a shard */
  constructor(tagging: TaggingNetwork, capacity: number) {
    const { kernels, plan, widths } = tagging.network;
    this.#tagging = tagging;
    this.#kernels = kernels;
    this.#cell = cellOf(plan).createTaggingLayer(kernels, SHARD_SENTENCES, widths.H);
    this.#states = [0, 1].map((index) => kernels.allocate(index < plan.layers ? (capacity * widths.states) / 2 : 0));
    this.outputs = kernels.allocate(capacity * widths.tags);
  }

  /** Writes the logits of a shard to `outputs`. */
  forward({ steps, slots }: Shard, words: ProjectedWords): void {
    const kernels = this.#kernels;
    const { plan, widths } = this.#tagging.network;
    const { states, tags } = widths;
    for (let layer = 0; layer < plan.layers; layer++) {
      for (const [index, reading] of directionsOf(plan).entries()) {
        const readInput = layer === 0 ? this.#wordReader(index, slots, words) : this.#stateReader(index, layer);
        const weights = this.#weightsOf(`${layerPrefix(layer)}${reading}`);
        const readStep = this.#cell.start(weights, this.#statesOf(layer, index));
        walkSteps(kernels, steps, reading, 'reading', (step) => {
          readInput(step);
          readStep(step);
        });
      }
    }
    const top = this.#statesOf(plan.layers - 1);
    const { panels, scales } = this.#tagging.matrix('output.weights');
    kernels.fillRows(this.#tagging.network.weightsOf('output.bias'), this.outputs, tags, steps.N, tags);
    kernels.multiplyQuantised(top.address, top.ld, panels, scales, this.outputs, tags, steps.N, states, tags);
  }

  /** Returns what writes the input of one direction of the first layer, from the words of a step. */
  #wordReader(index: number, slots: readonly Address[], { products }: ProjectedWords): (step: Step) => void {
    const kernels = this.#kernels;
    const { widths } = this.#tagging.network;
    const width = widths.gates * widths.H;
    const ld = widths.recurrence / 2;
    const bias = shifted(this.#tagging.network.weightsOf('input.bias'), index * width);
    const { z } = this.#cell;
    const tables = products.map(({ rows, scales }, place) => {
      return { rows: shifted(rows, (index * width) / 2), scales, slots: at(slots, place) };
    });
    return ({ row, rows: M }) => {
      let [base, ldBase] = [bias, 0];
      for (const { rows, scales, slots: ids } of tables) {
        kernels.gatherAddQuantised(base, ldBase, rows, ld, scales, shifted(ids, row), z, width, M, width);
        [base, ldBase] = [z, width];
      }
    };
  }

  /** Returns what writes the input of one direction of a further layer, from the states of the layer below. */
  #stateReader(index: number, layer: number): (step: Step) => void {
    const kernels = this.#kernels;
    const { network } = this.#tagging;
    const { states, gates, H } = network.widths;
    const width = gates * H;
    const bias = shifted(network.weightsOf(`${layerPrefix(layer)}input.bias`), index * width);
    const matrix = this.#tagging.matrix(`${layerPrefix(layer)}input.weights`);
    const panels = shifted(matrix.panels, (index * width * states) / 2);
    const scales = shifted(matrix.scales, index * width);
    const below = this.#statesOf(layer - 1);
    const { z } = this.#cell;
    return ({ row, rows: M }) => {
      const from = shifted(below.address, row * below.ld);
      kernels.fillRows(bias, z, width, M, width);
      kernels.multiplyQuantised(from, below.ld, panels, scales, z, width, M, states, width);
    };
  }

  /** Returns the states of one direction of a layer, by default of all from the first on. */
  #statesOf(layer: number, direction = 0): PairedStates {
    const { states, H } = this.#tagging.network.widths;
    return { address: shifted(at(this.#states, layer % 2), (direction * H) / 2), ld: states / 2 };
  }

  #weightsOf(prefix: string): TaggingWeights {
    return {
      matrix: (name) => this.#tagging.matrix(`${prefix}.${name}`),
      bias: (name) => this.#tagging.network.weightsOf(`${prefix}.${name}`),
    };
  }
}
