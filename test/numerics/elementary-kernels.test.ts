import { describe, expect, test } from 'vitest';
import { singlePrecision } from '../../src/numerics/elementary.js';
import { type Address, type Kernels, shifted } from '../../src/numerics/kernels.js';
import { floatOf, floatsBetween } from '../helpers/bits.js';
import { BOTH_KERNELS, bufferOf, integersOf, numbersAt } from '../helpers/both-kernels.js';

const { round, exp, log, tanh } = singlePrecision;
const LARGEST = floatOf(0x7f7fffff);
const TINY = floatOf(1);

const LIMITS = [
  0,
  -0,
  1,
  -1,
  TINY,
  -TINY,
  0.5,
  87.3,
  -87.3,
  88.3,
  -88.3,
  7.905311107635498,
  -7.905311107635498,
  8,
  -8,
  174.6,
  -174.6,
  LARGEST,
  -LARGEST,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
].map(round);

/** Numbers of every size and sign, densest where the functions bend; whole vectors of them. */
const sweep = Float32Array.from([
  ...LIMITS,
  ...[...floatsBetween(TINY, LARGEST, 40_009)].flatMap((x) => [x, -x]),
  ...[...floatsBetween(0.01, 100, 2003)].flatMap((x) => [x, -x]),
]);
const inputs = sweep.subarray(0, sweep.length - (sweep.length % 4));

/** The first input at which a kernel's result has other bits than the function's. */
function firstDifference(found: ArrayLike<number>, expected: (x: number) => number): unknown {
  for (const [index, x] of inputs.entries()) {
    const y = expected(x);
    if (!Object.is(found[index], y)) return { x, found: found[index], expected: y };
  }
  return undefined;
}

/** One long row of pre-activations, the sweep for each gate; what stands where `step` says after it is taken. */
function stepOf(kernels: Kernels, gates: number, step: (z: Address, row: Address, n: number) => Address): number[] {
  const n = inputs.length;
  const z = kernels.allocate(gates * n);
  for (let gate = 0; gate < gates; gate++) kernels.memory.set(inputs, z + gate * n);
  const row = kernels.allocate(4 * n);
  return numbersAt(kernels, step(z, row, n), n);
}

const sigmoid = (x: number): number => round(round(tanh(round(x * 0.5)) * 0.5) + 0.5);

describe.each(BOTH_KERNELS)('the %s kernels have the bits of the functions', (_, create) => {
  test('exp, in the potentials of a CRF', () => {
    const kernels = create();
    const W = 8;
    const block = W * W + 2 * W;
    const [weights, allowed, potentials] = [block, block, 2 * block].map((n) => kernels.allocate(n));
    kernels.fill(allowed, 1, block);
    const found: number[] = [];
    for (let from = 0; from < inputs.length; from += block) {
      kernels.memory.set(inputs.subarray(from, from + block), weights);
      kernels.crfPotentials(weights, allowed, potentials, W);
      for (let index = 0; index < block; index++) found.push(kernels.loadDouble(shifted(potentials, 2 * index)));
    }
    expect(firstDifference(found, exp)).toBeUndefined();
  });

  test('log, in the cross-entropy', () => {
    const kernels = create();
    const n = inputs.length;
    const losses = kernels.allocate(n);
    kernels.crossEntropy(bufferOf(kernels, inputs), 1, kernels.allocate(n), losses, n);
    expect(firstDifference(numbersAt(kernels, losses, n), (x) => -log(x))).toBeUndefined();
  });

  test('tanh, in the Elman cell', () => {
    const kernels = create();
    const found = stepOf(kernels, 1, (h, row, n) => {
      kernels.elmanForward(row, 0, row, h, 1, n, n);
      return h;
    });
    expect(firstDifference(found, tanh)).toBeUndefined();
  });

  test.each([0, 1, 2, 3])('sigmoid and tanh, in gate %i of the LSTM', (gate) => {
    const kernels = create();
    const found = stepOf(kernels, 4, (z, row, n) => {
      kernels.lstmForward(
        row,
        row,
        0,
        row,
        z,
        4 * n,
        shifted(row, n),
        shifted(row, 2 * n),
        shifted(row, 3 * n),
        n,
        1,
        n,
      );
      return shifted(z, gate * n);
    });
    expect(firstDifference(found, gate === 2 ? tanh : sigmoid)).toBeUndefined();
  });

  test.each([0, 1])('sigmoid, in gate %i of the GRU', (gate) => {
    const kernels = create();
    const found = stepOf(kernels, 3, (z, row, n) => {
      kernels.gruForward(row, 0, row, row, z, 3 * n, shifted(row, n), shifted(row, 2 * n), n, 1, n);
      return shifted(z, gate * n);
    });
    expect(firstDifference(found, sigmoid)).toBeUndefined();
  });
});

describe.each(BOTH_KERNELS)('NaN goes through the %s kernels', (_, create) => {
  test.each([0, 1, 4])('softmax: a NaN at place %i makes its row NaN, and no other', (place) => {
    const kernels = create();
    const logits = [1, 2, 3, 4, 5, 0, 0, 0];
    const x = bufferOf(kernels, [...logits.with(place, Number.NaN), ...logits]);
    const losses = kernels.allocate(2);
    kernels.softmax(x, 8, 2, 5);
    kernels.crossEntropy(x, 8, integersOf(kernels, [3, 4]), losses, 2);
    expect(numbersAt(kernels, x, 8)).toEqual([...new Array<number>(5).fill(Number.NaN), 0, 0, 0]);
    expect(numbersAt(kernels, losses, 2)).toEqual([Number.NaN, expect.closeTo(0.4519, 3)]);
  });

  test.each([0, 1, 2])('CRF: a NaN for tag %i makes the loss NaN', (tag) => {
    const kernels = create();
    const W = 4;
    const block = W * W + 2 * W;
    const logits = [0.5, 1, 2, 0, 3, 2, 1, 0];
    const x = bufferOf(kernels, logits.with(4 + tag, Number.NaN));
    const [weights, allowed, potentials, pairs] = [block, block, 2 * block, 2 * block].map((n) => kernels.allocate(n));
    kernels.fill(allowed, 1, block);
    kernels.crfPotentials(weights, allowed, potentials, W);
    const [targets, rows] = [
      [0, 0],
      [0, 1],
    ].map((integers) => integersOf(kernels, integers));
    const scratch = kernels.allocate(200);
    expect(kernels.crfLoss(x, W, targets, rows, 2, 3, W, weights, potentials, 1, pairs, scratch)).toBeNaN();
  });
});
