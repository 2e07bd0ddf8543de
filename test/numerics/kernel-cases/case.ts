import type { Address, Kernels } from '../../../src/numerics/kernels.js';
import type { Random } from '../../../src/numerics/random.js';

/**
 * Numbers that a kernel writes, and how they are to be read where they are no plain numbers; `scratch` may hold
 * anything.
 */
export type Output = readonly [from: Address, n: number, kind?: 'integers' | 'doubles' | 'scratch'];

/** One call of a kernel on random buffers; the same table serves correctness and speed. */
export interface KernelCase {
  readonly name: string;
  /** Fills the buffers and gives the call to make, and what it writes. */
  prepare(kernels: Kernels, random: Random): { run: () => unknown; outputs: readonly Output[] };
  /** Floating-point operations of one call, where speed is counted in them. */
  readonly operations?: number;
  /** Numbers, or steps of a sequence, that one call works on. */
  readonly elements: number;
}

/** A buffer of random numbers from -scale to scale, the same for the same generator state. */
export function randomBuffer(kernels: Kernels, random: Random, n: number, scale = 1): Address {
  const address = kernels.allocate(n);
  for (let i = 0; i < n; i++) kernels.memory[address + i] = Math.fround((2 * random.uniform() - 1) * scale);
  return address;
}

/** A buffer of random whole numbers from 0 to limit - 1. */
export function randomIntegers(kernels: Kernels, random: Random, n: number, limit: number): Address {
  const address = kernels.allocate(n);
  for (let i = 0; i < n; i++) kernels.integers[address + i] = random.below(limit);
  return address;
}

/** Sizes of one step of a recurrent cell: rows, those of them that had a step before, and the hidden size. */
export const STEP_SIZES = [
  [1, 0, 8],
  [1, 1, 8],
  [3, 2, 16],
  [5, 5, 24],
  [8, 3, 40],
  [8, 8, 128],
] as const;

/** Rounded up to a multiple. */
export const pad = (n: number, to: number): number => Math.ceil(n / to) * to;

/**
 * Makes two of three targets sets of tags: all K, or each that is even. Returns the sets (2, W).
 *
 * @param targets (T), overwritten
 */
export function setTargets(kernels: Kernels, targets: Address, T: number, K: number, W: number): Address {
  const sets = kernels.allocate(2 * W);
  for (let k = 0; k < K; k++) {
    kernels.memory[sets + k] = 1;
    kernels.memory[sets + W + k] = k % 2 === 0 ? 1 : 0;
  }
  for (let t = 0; t < T; t++) if (t % 3 !== 2) kernels.integers[targets + t] = -1 - (t % 3);
  return sets;
}
