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

/** Rounded up to a multiple. */
export const pad = (n: number, to: number): number => Math.ceil(n / to) * to;
