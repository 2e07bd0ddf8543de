import { describe, expect, test } from 'vitest';
import { addReadingGradient, readingBackward, readingForward } from '../../src/layers/reading.js';
import { type Kernels, shifted } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { type Differentiable, gradientError } from '../helpers/gradient-check.js';
import { sum } from '../helpers/textbook/sums.js';
import { randomBuffer } from '../numerics/kernel-cases/case.js';

const H = 8;

/** Words of L letters whose rows stand in memory, with a gap between words; `forward` reads a copy of them. */
function setUp(kernels: Kernels, M: number, L: number, random: Random) {
  const ld = (L + 2) * H;
  const spelling = { M, L, H, ld };
  const n = M * ld;
  const rows = randomBuffer(kernels, random, n);
  const weights = randomBuffer(kernels, random, H * H);
  const [states, last, dLast, dRows, dWeights] = [n, M * H, M * H, n, H * H].map((size) => kernels.allocate(size));
  const [panels, transposed] = [kernels.allocate(H * H), kernels.allocate(H * H)];
  const scratch = kernels.allocate(M * (H + 8));
  const layer: Differentiable = {
    inputs: [
      { from: rows, gradient: dRows, n },
      { from: weights, gradient: dWeights, n: H * H },
    ],
    output: last,
    dOutput: dLast,
    n: M * H,
    forward() {
      kernels.pack(weights, panels, H, H);
      kernels.packTransposed(weights, transposed, H, H);
      kernels.copyRows(rows, n, states, n, 1, n);
      readingForward(kernels, spelling, panels, states);
      kernels.copyRows(shifted(states, (L - 1) * H), ld, last, H, M, H);
    },
    backward() {
      kernels.fill(dRows, 0, n);
      kernels.fill(dWeights, 0, H * H);
      kernels.copyRows(dLast, H, shifted(dRows, (L - 1) * H), ld, M, H);
      readingBackward(kernels, spelling, transposed, states, dRows);
      addReadingGradient(kernels, spelling, states, dRows, dWeights, scratch);
    },
  };
  return { layer, rows, weights, states, ld };
}

describe.each([
  [1, 1],
  [1, 6],
  [5, 1],
  [9, 4],
  [40, 3],
])('%i words of %i letters', (M, L) => {
  test('are read one letter after the other, each word by itself', () => {
    const kernels = createDoubleKernels();
    const { layer, rows, weights, states, ld } = setUp(kernels, M, L, new Random(1, M, L));
    layer.forward();
    const { memory } = kernels;
    for (let word = 0; word < M; word++) {
      let state = new Array<number>(H).fill(0);
      for (let letter = 0; letter < L; letter++) {
        const at = word * ld + letter * H;
        const before = state;
        state = before.map((_, j) =>
          Math.tanh(memory[rows + at + j] + sum(H, (i) => before[i] * memory[weights + i * H + j])),
        );
        for (const [j, value] of state.entries()) expect(memory[states + at + j]).toBeCloseTo(value, 12);
      }
    }
  });

  test('have the gradient by their rows and by the weights', () => {
    const kernels = createDoubleKernels();
    const random = new Random(2, M, L);
    expect(gradientError(kernels, setUp(kernels, M, L, random).layer, random)).toBeLessThan(1e-6);
  });
});
