import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createSharedMemory, createWasmKernels } from '../../src/numerics/wasm.js';
import { KERNEL_CASES, type KernelCase } from './kernel-cases.js';

/** The bits of everything a case writes. */
function bitsAfter(kernels: Kernels, { name, prepare }: KernelCase): number[] {
  const { run, outputs } = prepare(kernels, new Random(1, name.length));
  run();
  const kept = outputs.filter(([, , kind]) => kind !== 'scratch');
  return kept.flatMap(([address, n]) => Array.from(kernels.integers.subarray(address, address + n)));
}

describe('the fast kernels give the bits of the plain ones', () => {
  const kernels = createWasmKernels(createSharedMemory());
  const { used } = kernels;
  it.each(KERNEL_CASES.map((kernelCase) => [kernelCase.name, kernelCase] as const))('%s', (_name, kernelCase) => {
    const expected = bitsAfter(createReferenceKernels(), kernelCase);
    expect(bitsAfter(createWasmKernels(), kernelCase)).toEqual(expected);
    expect(bitsAfter(kernels, kernelCase)).toEqual(expected);
    kernels.release(used);
  });
});
