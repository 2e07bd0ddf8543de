import { at } from '../at.js';
import { type Address, type Kernels, shifted } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

/** Creates the steps of gradient descent. */
export function optimizerKernels(memory: ReferenceMemory) {
  const { round } = memory;

  function sumOfSquares(x: number, n: number): number {
    const { numbers } = memory;
    const lanes: [number, number, number, number] = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) lanes[i % 4] = at(lanes, i % 4) + at(numbers, x + i) * at(numbers, x + i);
    return lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
  }

  /** Visits all numbers of the rows that are named, by their places in the table and among these rows. */
  function eachOfRows(rows: Address, M: number, N: number, visit: (place: number, n: number) => void): void {
    for (let m = 0; m < M; m++) {
      const row = at(memory.integers, rows + m) * N;
      for (let n = 0; n < N; n++) visit(row + n, m * N + n);
    }
  }

  return {
    sumOfSquares,

    squaresOfRows(x, squares, M, N) {
      const { doubles } = memory;
      for (let m = 0; m < M; m++) doubles[memory.double(shifted(squares, 2 * m))] = sumOfSquares(x + m * N, N);
    },

    sgd(w, rows, dw, factor, rate, M, N) {
      const { numbers: x } = memory;
      const f = round(factor);
      const r = round(rate);
      eachOfRows(rows, M, N, (i, n) => {
        x[w + i] = round(at(x, w + i) - round(r * round(f * at(x, dw + n))));
      });
    },

    momentum(w, rows, dw, v, factor, rate, inertia, M, N) {
      const { numbers: x } = memory;
      const f = round(factor);
      const r = round(rate);
      const kept = round(inertia);
      eachOfRows(rows, M, N, (i, n) => {
        const velocity = round(round(kept * at(x, v + i)) + round(f * at(x, dw + n)));
        x[v + i] = velocity;
        x[w + i] = round(at(x, w + i) - round(r * velocity));
      });
    },

    adam(w, rows, dw, m, v, factor, rate, beta1, beta2, epsilon, M, N) {
      const { numbers: x } = memory;
      const f = round(factor);
      const r = round(rate);
      const e = round(epsilon);
      const b1 = round(beta1);
      const b2 = round(beta2);
      const rest1 = round(1 - beta1);
      const rest2 = round(1 - beta2);
      eachOfRows(rows, M, N, (i, n) => {
        const g = round(f * at(x, dw + n));
        const mean = round(round(b1 * at(x, m + i)) + round(rest1 * g));
        const square = round(round(b2 * at(x, v + i)) + round(rest2 * round(g * g)));
        x[m + i] = mean;
        x[v + i] = square;
        x[w + i] = round(at(x, w + i) - round(round(r * mean) / round(round(Math.sqrt(square)) + e)));
      });
    },

    movingAverage(w, average, rate, n) {
      const { numbers: x } = memory;
      const r = round(rate);
      for (let i = 0; i < n; i++) {
        const a = at(x, average + i);
        x[average + i] = round(a + round(r * round(at(x, w + i) - a)));
      }
    },
  } satisfies Partial<Kernels>;
}
