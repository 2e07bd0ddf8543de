import type { Kernels, Numbers } from '../numerics/kernels.js';
import { allocateParameters, type ParameterBlock } from '../numerics/parameters.js';
import type { Settings } from '../settings/settings.js';

const INERTIA = 0.9;
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** A rule of gradient descent for one piece of the weights, at the same place in all blocks. */
type Rule = (weights: Numbers, gradient: Numbers, moments: readonly Numbers[]) => void;

/** Walks through the pieces of parameter blocks that a step touches. */
export class TouchedParameters {
  readonly #tables: ReadonlySet<string>;
  /** Rows of the tables that the step's batch names, each once, ascending. */
  rows: readonly number[] = [];

  /** @param tables names of the parameters of which a batch touches some rows only */
  constructor(tables: readonly string[]) {
    this.#tables = new Set(tables);
  }

  /** Calls `visit` with the views, in each block, of every touched piece, in a fixed order. */
  forEach(blocks: readonly ParameterBlock[], visit: (...views: Numbers[]) => void): void {
    for (const [name, shape] of Object.entries((blocks[0] as ParameterBlock).shapes)) {
      const views = blocks.map((block) => block.views[name] as Numbers);
      if (!this.#tables.has(name)) {
        visit(...views);
        continue;
      }
      const width = shape[1] as number;
      for (const row of this.rows) visit(...views.map((view) => view.subarray(row * width, (row + 1) * width)));
    }
  }
}

/**
 * Gradient descent. Rows of tables that no word of the batch names keep value and moments, as in PyTorch's SparseAdam.
 */
export class Optimizer {
  readonly #kernels: Kernels;
  readonly #settings: Pick<Settings, 'optimizer' | 'learningRate' | 'clip'>;
  readonly #moments: readonly ParameterBlock[];
  #beta1Power = 1;
  #beta2Power = 1;

  constructor(
    kernels: Kernels,
    shapes: ParameterBlock['shapes'],
    settings: Pick<Settings, 'optimizer' | 'learningRate' | 'clip'>,
  ) {
    this.#kernels = kernels;
    this.#settings = settings;
    const count = { sgd: 0, momentum: 1, adam: 2 }[settings.optimizer];
    this.#moments = Array.from({ length: count }, () => allocateParameters(shapes, kernels));
  }

  /** Moves the weights against the gradient, clipped to the norm `clip`, and sets the gradient back to zero. */
  step(parameters: ParameterBlock, gradient: ParameterBlock, touched: TouchedParameters): void {
    this.#clip(gradient, touched);
    const rule = this.#nextRule();
    touched.forEach([parameters, gradient, ...this.#moments], (weights, slope, ...moments) => {
      rule(weights as Numbers, slope as Numbers, moments);
      (slope as Numbers).fill(0);
    });
  }

  /** Pascanu et al. (2013), algorithm 1. */
  #clip(gradient: ParameterBlock, touched: TouchedParameters): void {
    let squares = 0;
    touched.forEach([gradient], (slope) => {
      squares += this.#kernels.sumOfSquares(slope as Numbers, (slope as Numbers).length);
    });
    const norm = Math.sqrt(squares);
    if (norm <= this.#settings.clip) return;
    touched.forEach([gradient], (slope) => {
      this.#kernels.scale(slope as Numbers, this.#settings.clip / norm, (slope as Numbers).length);
    });
  }

  #nextRule(): Rule {
    const { learningRate, optimizer } = this.#settings;
    const kernels = this.#kernels;
    if (optimizer === 'sgd') return (w, dw) => kernels.sgd(w, dw, learningRate, w.length);
    if (optimizer === 'momentum')
      return (w, dw, [v]) => kernels.momentum(w, dw, v as Numbers, learningRate, INERTIA, w.length);
    this.#beta1Power *= BETA1;
    this.#beta2Power *= BETA2;
    const correction = Math.sqrt(1 - this.#beta2Power);
    const rates = {
      rate: (learningRate * correction) / (1 - this.#beta1Power),
      beta1: BETA1,
      beta2: BETA2,
      epsilon: EPSILON * correction,
    };
    return (w, dw, [m, v]) => kernels.adam(w, dw, m as Numbers, v as Numbers, rates, w.length);
  }
}
