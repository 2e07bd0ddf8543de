import type { Numbers } from '../../src/numerics/kernels.js';
import type { Random } from '../../src/numerics/random.js';
import { fillBySeed } from './draw.js';

/** A function of blocks of numbers and its backward pass, both in double precision. */
export interface Differentiable {
  /** The results; must leave the inputs as they are. */
  forward(inputs: readonly Numbers[]): Numbers;
  /** The gradient, by each input, of the sum of the results, each times its factor; zeros where it needs room. */
  backward(inputs: readonly Numbers[], factors: Numbers): readonly Numbers[];
}

const STEP = 1e-5;

/**
 * Checks a backward pass by one random projection, as JAX's check_vjp does: along a random direction of all inputs,
 * the change of a random sum of the results must be what the gradient says, with the change found by central
 * differences.
 *
 * @returns the relative error; NaN where the gradient along the direction is 0, which would show nothing
 */
export function gradientError(checked: Differentiable, inputs: readonly Numbers[], random: Random): number {
  const directions = inputs.map((input) => fillBySeed(new Float64Array(input.length), random));
  const length = Math.sqrt(directions.reduce((sum, direction) => sum + product(direction, direction), 0));
  for (const direction of directions) for (const index of direction.keys()) direction[index] /= length;

  const moved = (step: number): Numbers[] =>
    inputs.map((input, which) => Float64Array.from(input, (value, index) => value + step * directions[which][index]));
  const factors = fillBySeed(new Float64Array(checked.forward(inputs).length), random);
  const measured =
    (product(checked.forward(moved(STEP)), factors) - product(checked.forward(moved(-STEP)), factors)) / (2 * STEP);

  const gradients = checked.backward(inputs, factors);
  const claimed = gradients.reduce((sum, gradient, which) => sum + product(gradient, directions[which]), 0);
  return Math.abs(claimed - measured) / Math.max(Math.abs(claimed), Math.abs(measured));
}

function product(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index];
  return sum;
}
