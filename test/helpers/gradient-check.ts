import type { Address, Kernels } from '../../src/numerics/kernels.js';
import type { Random } from '../../src/numerics/random.js';
import { randomBuffer } from '../numerics/kernel-cases/case.js';

/** A function of buffers and its backward pass. */
export interface Differentiable {
  /** What it depends on, and where `backward` leaves the gradient by it. */
  readonly inputs: readonly { readonly from: Address; readonly gradient: Address; readonly n: number }[];
  readonly output: Address;
  /** Takes the gradient by the output. */
  readonly dOutput: Address;
  readonly n: number;
  /** Leaves the inputs as they are. */
  forward(): void;
  /** Called after `forward`; overwrites the gradients. */
  backward(): void;
}

const STEP = 1e-4;

/**
 * Checks a backward pass by one random projection, as JAX's check_vjp does: along a random direction of all inputs,
 * the change of a random sum of the outputs must be what the gradient says, with the change found by central
 * differences of fourth order.
 *
 * @param kernels in double precision
 * @returns the relative error; NaN where the gradient along the direction is 0, which would show nothing
 */
export function gradientError(kernels: Kernels, checked: Differentiable, random: Random): number {
  const { inputs, output, dOutput, n } = checked;
  const factors = randomBuffer(kernels, random, n);
  const directions = inputs.map((input) => randomBuffer(kernels, random, input.n));
  const product = (a: Address, b: Address, length: number): number => {
    const { memory } = kernels;
    let sum = 0;
    for (let index = 0; index < length; index++) sum += memory[a + index] * memory[b + index];
    return sum;
  };
  const move = (distance: number): void => {
    for (const [which, { from, n: length }] of inputs.entries()) {
      for (let index = 0; index < length; index++) {
        kernels.memory[from + index] += distance * kernels.memory[directions[which] + index];
      }
    }
  };
  const valueAt = (distance: number): number => {
    move(distance);
    checked.forward();
    move(-distance);
    return product(output, factors, n);
  };
  const measured = (8 * (valueAt(STEP) - valueAt(-STEP)) - (valueAt(2 * STEP) - valueAt(-2 * STEP))) / (12 * STEP);
  checked.forward();
  kernels.copyRows(factors, n, dOutput, n, 1, n);
  checked.backward();
  const claimed = inputs.reduce((sum, input, which) => sum + product(input.gradient, directions[which], input.n), 0);
  return Math.abs(claimed - measured) / Math.max(Math.abs(claimed), Math.abs(measured));
}
