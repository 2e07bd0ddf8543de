import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { KERNEL_CASES, type KernelCase } from './kernel-cases.js';

const GUARD = 42;

/** How many of the numbers that a case does not name as written are different after it. */
function changesOutside(kernels: Kernels, { prepare }: KernelCase): number {
  const first = kernels.allocate(16);
  const { run, outputs } = prepare(kernels, new Random(3));
  const behind = kernels.allocate(64);
  const end = behind + 64;
  kernels.fill(first, GUARD, 16);
  kernels.fill(behind, GUARD, 64);
  const before = kernels.integers.slice(first, end);
  run();
  const after = kernels.integers.slice(first, end);
  for (const [from, n] of outputs) after.set(before.subarray(from - first, from - first + n), from - first);
  return before.reduce((changes, bits, index) => changes + (bits === after[index] ? 0 : 1), 0);
}

describe.each([
  ['plain', createReferenceKernels],
  ['fast', createWasmKernels],
] as const)('%s kernels write nothing but their outputs', (_, create) => {
  test.each(KERNEL_CASES.map((kernelCase) => [kernelCase.name, kernelCase] as const))('%s', (_name, kernelCase) => {
    expect(changesOutside(create(), kernelCase)).toBe(0);
  });
});
