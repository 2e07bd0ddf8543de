import { describe, expect, test } from 'vitest';
import { singlePrecision } from '../../src/numerics/elementary.js';
import type { Kernels, Numbers } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { drawIds, fillBySeed } from '../helpers/draw.js';
import { type Arithmetic, type KernelCase, type KernelSizes, kernelCases } from '../helpers/kernel-cases.js';

/** Around the four lanes of a vector and the eight columns of a panel. */
const SIZES = [
  [1, 1, 1],
  [3, 5, 7],
  [2, 1, 9],
  [7, 3, 4],
  [8, 8, 8],
  [5, 17, 16],
  [9, 15, 13],
] as const;

const GUARD = 42;

const double: Arithmetic = { round: (x) => x, exp: Math.exp, log: Math.log, tanh: Math.tanh };

const cell = new Float32Array(1);
const single: Arithmetic = {
  ...singlePrecision,
  round: (x) => {
    cell[0] = x;
    return cell[0];
  },
};

function drawSizes(M: number, K: number, N: number, random: Random): KernelSizes {
  const V = M + 2;
  return { M, K, N, V, ids: drawIds(M, V, random), targets: drawIds(M, K, random) };
}

/** Blocks of drawn numbers, each with room behind it that no kernel may touch. */
function drawBlocks(kernel: KernelCase, kernels: Kernels, sizes: KernelSizes, random: Random): Numbers[] {
  return kernel.blocks(sizes).map((length, which) => {
    const block = kernels.allocate(length + 3).fill(GUARD);
    const used = fillBySeed(block.subarray(0, length), random);
    if (kernel.positive?.includes(which)) for (const index of used.keys()) used[index] = Math.abs(used[index]) + 1e-3;
    return block;
  });
}

function expectRightAnswer(kernel: KernelCase, kernels: Kernels, sizes: KernelSizes, arithmetic: Arithmetic): void {
  const before = drawBlocks(kernel, kernels, sizes, new Random(1, sizes.M, sizes.N));
  const after = before.map((block) => block.slice());
  kernel.run(kernels, after, sizes);
  const lengths = kernel.blocks(sizes);
  const written = kernel.expected(before, sizes, arithmetic);
  for (const [which, block] of before.entries()) {
    const isWritten = which in written;
    const expected = block.map((value, index) => (isWritten && index < lengths[which] ? written[which](index) : value));
    expect(after[which], `block ${which} of ${kernel.name}`).toEqual(expected);
  }
}

describe.each(SIZES)('sizes %i, %i, %i', (M, K, N) => {
  const sizes = drawSizes(M, K, N, new Random(7, M, K, N));

  test.each(kernelCases)('$name in double precision is the textbook sum, term by term', (kernel) => {
    expectRightAnswer(kernel, createDoubleKernels(), sizes, double);
  });

  test.each(kernelCases)('$name in single precision rounds every step, in ascending order', (kernel) => {
    expectRightAnswer(kernel, createReferenceKernels(), sizes, single);
  });

  test.each(kernelCases)('$name is nearly the same in both precisions', (kernel) => {
    const inSingle = drawBlocks(kernel, createReferenceKernels(), sizes, new Random(3));
    const inDouble = inSingle.map((block) => Float64Array.from(block));
    kernel.run(createReferenceKernels(), inSingle, sizes);
    kernel.run(createDoubleKernels(), inDouble, sizes);
    for (const [which, block] of inSingle.entries()) {
      for (const [index, value] of block.entries()) expect(value).toBeCloseTo(inDouble[which][index], 5);
    }
  });
});

test('allocate gives zeros of the precision', () => {
  expect(createReferenceKernels().allocate(3)).toEqual(new Float32Array(3));
  expect(createDoubleKernels().allocate(3)).toEqual(new Float64Array(3));
});

test('every kernel of the contract has its case', () => {
  const tested = [...kernelCases.map(({ name }) => name), 'allocate', 'sumOfSquares'].sort();
  expect(Object.keys(createReferenceKernels()).sort()).toEqual(tested);
});

test('no rows at all leave everything as it was', () => {
  for (const kernel of kernelCases) {
    const sizes = { ...drawSizes(0, 3, 5, new Random(1)), N: kernel.name.startsWith('multiply') ? 5 : 0 };
    expectRightAnswer(kernel, createReferenceKernels(), sizes, single);
  }
});

describe('sumOfSquares', () => {
  test('sums in double precision, beyond the largest number of single precision', () => {
    const large = Float32Array.of(3e38, 3e38, 1);
    expect(createReferenceKernels().sumOfSquares(large, 2)).toBe(Math.fround(3e38) ** 2 * 2);
  });

  test('keeps what single precision would lose', () => {
    expect(createReferenceKernels().sumOfSquares(Float32Array.of(4096, 1, 1), 3)).toBe(2 ** 24 + 2);
  });
});

describe('softmax', () => {
  test.each([
    ['equal', [5, 5, 5, 5]],
    ['far apart', [1000, -1000, 0, 3]],
    ['beyond the range of exp', [3e38, -3e38, 0, 1]],
  ])('gives probabilities for logits that are %s', (_, logits) => {
    const p = Float32Array.from(logits);
    createReferenceKernels().softmax(p, 1, p.length);
    expect(p.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
    expect(p.reduce((total, probability) => total + probability, 0)).toBeCloseTo(1, 6);
  });

  test('of one logit is exactly 1', () => {
    const p = Float32Array.of(-17.3, 88, 0);
    createReferenceKernels().softmax(p, 3, 1);
    expect([...p]).toEqual([1, 1, 1]);
  });

  test('of a row with a NaN is NaN throughout, and so is its loss', () => {
    const p = Float32Array.of(0, Number.NaN, 1, 0, 0, 0);
    const losses = new Float32Array(2);
    createReferenceKernels().softmax(p, 2, 3);
    createReferenceKernels().crossEntropy(p, Int32Array.of(0, 0), losses, 2, 3);
    expect([...p.subarray(0, 3)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(losses[0]).toBeNaN();
    expect(losses[1]).toBeCloseTo(Math.log(3), 6);
  });
});
