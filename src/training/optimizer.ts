import { at } from '../numerics/at.js';
import type { Address, Kernels } from '../numerics/kernels.js';
import type { Settings } from '../settings/settings.js';
import { WARMUP } from '../settings/training.js';

export type OptimizerName = 'sgd' | 'momentum' | 'adam';

const INERTIA = 0.9;
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** The number of blocks of moments that each optimizer keeps. */
export const MOMENTS = { sgd: 0, momentum: 1, adam: 2 } as const satisfies Record<OptimizerName, number>;

/** The rates of one step of an optimizer. */
export interface StepRates {
  readonly rate: number;
  /** Adam's ε, bias-corrected for dense weights but not for rows of tables, as in PyTorch's SparseAdam. */
  readonly epsilon: number;
}

/** Returns a step's rates for rows of tables, given those for dense weights. */
export function ratesOfTables(rates: StepRates): StepRates {
  return { rate: rates.rate, epsilon: EPSILON };
}

/** The part of the learning rate that is left at the end of a linear decay. */
const FINAL_RATE = 0.02;

/** The settings that decide the rate of each step. */
export type RateSettings = Pick<Settings, 'optimizer' | 'learningRate' | 'warmup' | 'decay'>;

/** The rates of all steps of a training, one after the other. */
export class RateSchedule {
  readonly #settings: RateSettings;
  readonly #steps: number;
  #step = 0;
  #beta1Power = 1;
  #beta2Power = 1;

  /** @param steps the number of steps of the whole training */
  constructor(settings: RateSettings, steps: number) {
    this.#settings = settings;
    this.#steps = steps;
  }

  /** Returns the next step's rates. They hold Adam's bias corrections (Kingma & Ba, 2015, end of section 2). */
  next(): StepRates {
    const { optimizer } = this.#settings;
    const learningRate = this.#learningRate();
    this.#step++;
    if (optimizer !== 'adam') return { rate: learningRate, epsilon: 0 };
    this.#beta1Power *= BETA1;
    this.#beta2Power *= BETA2;
    const correction = Math.sqrt(1 - this.#beta2Power);
    return { rate: (learningRate * correction) / (1 - this.#beta1Power), epsilon: EPSILON * correction };
  }

  /** Advances by a number of steps. */
  skip(steps: number): void {
    for (let step = 0; step < steps; step++) this.next();
  }

  /** Returns the learning rate, which rises over the warm-up, and with linear decay falls over all steps. */
  #learningRate(): number {
    const { learningRate, warmup, decay } = this.#settings;
    const rise = Math.max(1, warmup ?? Math.min(WARMUP.steps, WARMUP.part * this.#steps));
    const risen = Math.min(1, (this.#step + 1) / rise);
    const left = decay === 'linear' ? Math.max(FINAL_RATE, 1 - this.#step / this.#steps) : 1;
    return learningRate * risen * left;
  }
}

/**
 * Moves M rows of N weights against their gradient (M, N), which is multiplied by `factor` first, to clip it.
 *
 * @param rows (M), the numbers of the rows, each once
 * @param moments the addresses of the weights' moments, `MOMENTS[optimizer]` of them, which have the same rows
 */
export function applyStep(
  kernels: Kernels,
  optimizer: OptimizerName,
  weights: Address,
  rows: Address,
  gradient: Address,
  moments: readonly Address[],
  factor: number,
  { rate, epsilon }: StepRates,
  M: number,
  N: number,
): void {
  if (optimizer === 'sgd') kernels.sgd(weights, rows, gradient, factor, rate, M, N);
  else if (optimizer === 'momentum')
    kernels.momentum(weights, rows, gradient, at(moments, 0), factor, rate, INERTIA, M, N);
  else kernels.adam(weights, rows, gradient, at(moments, 0), at(moments, 1), factor, rate, BETA1, BETA2, epsilon, M, N);
}
