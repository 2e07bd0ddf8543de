import { describe, expect, test } from 'vitest';
import { BOTH_KERNELS, bufferOf, integersOf, numbersAt } from '../helpers/both-kernels.js';

describe.each(BOTH_KERNELS)('softmax of the %s kernels', (_, create) => {
  test.each([
    ['equal', [5, 5, 5, 5]],
    ['far apart', [1000, -1000, 0, 3]],
    ['beyond the range of exp', [3e38, -3e38, 0, 1]],
    ['minus infinity', [0, Number.NEGATIVE_INFINITY, 1, 2]],
  ])('gives probabilities for logits that are %s', (_name, logits) => {
    const kernels = create();
    const p = bufferOf(kernels, logits);
    kernels.softmax(p, 4, 1, 4);
    const probabilities = numbersAt(kernels, p, 4);
    expect(probabilities.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
    expect(probabilities.reduce((total, probability) => total + probability, 0)).toBeCloseTo(1, 6);
  });

  test('leaves 0 behind the tags, whatever stood there', () => {
    const kernels = create();
    const p = bufferOf(kernels, [1, 1, 7, Number.NaN, 9, 9, 9, Number.POSITIVE_INFINITY]);
    kernels.softmax(p, 8, 1, 2);
    expect(numbersAt(kernels, p, 8)).toEqual([0.5, 0.5, 0, 0, 0, 0, 0, 0]);
  });

  test('of one tag is certain, costs nothing and teaches nothing', () => {
    const kernels = create();
    const p = bufferOf(kernels, [-17.3, 0, 0, 0, 88, 0, 0, 0]);
    const [targets, losses] = [integersOf(kernels, [0, 0]), kernels.allocate(2)];
    kernels.softmax(p, 4, 2, 1);
    expect(numbersAt(kernels, p, 8)).toEqual([1, 0, 0, 0, 1, 0, 0, 0]);
    kernels.crossEntropy(p, 4, targets, losses, 2);
    expect(numbersAt(kernels, losses, 2).map(Math.abs)).toEqual([0, 0]);
    kernels.crossEntropyBackward(p, 4, targets, 1, 2);
    expect(numbersAt(kernels, p, 8)).toEqual(new Array(8).fill(0));
  });

  test('makes a wrong tag that the network is sure of cost much, and not infinity', () => {
    const kernels = create();
    const p = bufferOf(kernels, [1000, -1000, 0, 0]);
    const losses = kernels.allocate(1);
    kernels.softmax(p, 4, 1, 2);
    kernels.crossEntropy(p, 4, integersOf(kernels, [1]), losses, 1);
    expect(kernels.memory[losses]).toBeGreaterThan(80);
    expect(kernels.memory[losses]).toBeLessThan(100);
  });

  test('backward is factor · (p - one-hot target)', () => {
    const kernels = create();
    const p = bufferOf(kernels, [0.5, 0.25, 0.25, 0, 0.125, 0.125, 0.75, 0]);
    kernels.crossEntropyBackward(p, 4, integersOf(kernels, [1, 2]), 0.5, 2);
    expect(numbersAt(kernels, p, 8)).toEqual([0.25, -0.375, 0.125, 0, 0.0625, 0.0625, -0.125, 0]);
  });
});

test.each(BOTH_KERNELS)('argmax of the %s kernels is the first of equals', (_, create) => {
  const kernels = create();
  const rows = bufferOf(kernels, [1, 3, 3, 9, -2, -2, -5, 9, 0, 1, 2, 9]);
  const best = kernels.allocate(3);
  kernels.argmax(rows, 4, best, 3, 3);
  expect([...kernels.integers.subarray(best, best + 3)]).toEqual([1, 0, 2]);
});

describe.each(BOTH_KERNELS)('the sum of squares of the %s kernels', (_, create) => {
  test('goes beyond the largest number of single precision', () => {
    const kernels = create();
    const large = bufferOf(kernels, [3e38, 3e38, 0, 0]);
    expect(kernels.sumOfSquares(large, 4)).toBe(Math.fround(3e38) ** 2 * 2);
  });

  test('keeps what single precision would lose', () => {
    const kernels = create();
    expect(kernels.sumOfSquares(bufferOf(kernels, [4096, 1, 1, 0]), 4)).toBe(2 ** 24 + 2);
  });
});
