import { describe, expect, test } from 'vitest';
import { type Kernels, shifted } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { createTextbookKernels } from '../helpers/textbook/kernels.js';
import { FLOAT_CASES, KERNEL_CASES, type KernelCase, type Output } from './kernel-cases.js';

const cases = FLOAT_CASES.map((kernelCase) => [kernelCase.name, kernelCase] as const);

function read(kernels: Kernels, [from, n, kind]: Output): number[] {
  if (kind === 'scratch') return [];
  if (kind === 'integers') return [...kernels.integers.subarray(from, from + n)];
  if (kind !== 'doubles' || kernels.memory instanceof Float64Array)
    return [...kernels.memory.subarray(from, from + (kind ? n / 2 : n))];
  return Array.from({ length: n / 2 }, (_, index) => kernels.loadDouble(shifted(from, 2 * index)));
}

function run(kernels: Kernels, { name, prepare }: KernelCase): number[][] {
  const { run: call, outputs } = prepare(kernels, new Random(2, name.length));
  call();
  return outputs.map((output) => read(kernels, output));
}

/** The largest error of each output, against its largest number, or 0.1. */
function largestError(kernels: Kernels, kernelCase: KernelCase): number {
  const found = run(kernels, kernelCase);
  const errors = run(createTextbookKernels(), kernelCase).map((expected, which) => {
    const differences = expected.map((value, index) => Math.abs(found[which][index] - value));
    return Math.max(0, ...differences) / Math.max(0.1, ...expected.map(Math.abs));
  });
  return Math.max(...errors);
}

describe('the plain kernels are the formulas', () => {
  test.each(cases)('in single precision within 2e-6: %s', (_, kernelCase) => {
    expect(largestError(createReferenceKernels(), kernelCase)).toBeLessThan(2e-6);
  });

  test.each(cases)('in double precision within 1e-13: %s', (_, kernelCase) => {
    expect(largestError(createDoubleKernels(), kernelCase)).toBeLessThan(1e-13);
  });
});

test('every kernel has its case', () => {
  const withCases = new Set(KERNEL_CASES.map(({ name }) => name.split(' ')[0]));
  const together = ['pack', 'crfPotentials', 'crfLoss', 'crfGradient', 'crfSums', 'viterbi'];
  const ofMemory = ['memory', 'integers', 'used', 'allocate', 'release', 'loadDouble', 'storeDouble'];
  const names = Object.keys(createReferenceKernels()).filter((name) => ![...together, ...ofMemory].includes(name));
  expect(names.filter((name) => !withCases.has(name))).toEqual([]);
  expect(withCases).toContain('crf');
});
