import type { Address, Kernels } from '../../src/numerics/kernels.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';

/** The two implementations in single precision. */
export const BOTH_KERNELS = [
  ['plain', createReferenceKernels],
  ['fast', createWasmKernels],
] as const;

/** A buffer with these numbers. */
export function bufferOf(kernels: Kernels, numbers: ArrayLike<number>): Address {
  const address = kernels.allocate(numbers.length);
  kernels.memory.set(numbers, address);
  return address;
}

/** A buffer with these whole numbers. */
export function integersOf(kernels: Kernels, integers: ArrayLike<number>): Address {
  const address = kernels.allocate(integers.length);
  kernels.integers.set(integers, address);
  return address;
}

export function numbersAt({ memory }: Kernels, address: Address, n: number): number[] {
  return [...memory.subarray(address, address + n)];
}
