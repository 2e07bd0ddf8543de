import { at } from '../at.js';
import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

/** Creates the steps of gradient descent. */
export function optimizerKernels(memory: ReferenceMemory) {
  const { round } = memory;
  return {
    sumOfSquares(x, n) {
      const { numbers } = memory;
      const lanes: [number, number, number, number] = [0, 0, 0, 0];
      for (let i = 0; i < n; i++) lanes[i % 4] = at(lanes, i % 4) + at(numbers, x + i) * at(numbers, x + i);
      return lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
    },

    sgd(w, dw, factor, rate, n) {
      const { numbers: x } = memory;
      const f = round(factor);
      const r = round(rate);
      for (let i = 0; i < n; i++) x[w + i] = round(at(x, w + i) - round(r * round(f * at(x, dw + i))));
    },

    momentum(w, dw, v, factor, rate, inertia, n) {
      const { numbers: x } = memory;
      const f = round(factor);
      const r = round(rate);
      const kept = round(inertia);
      for (let i = 0; i < n; i++) {
        const velocity = round(round(kept * at(x, v + i)) + round(f * at(x, dw + i)));
        x[v + i] = velocity;
        x[w + i] = round(at(x, w + i) - round(r * velocity));
      }
    },

    adam(w, dw, m, v, factor, rate, beta1, beta2, epsilon, n) {
      const { numbers: x } = memory;
      const f = round(factor);
      const r = round(rate);
      const e = round(epsilon);
      const b1 = round(beta1);
      const b2 = round(beta2);
      const rest1 = round(1 - beta1);
      const rest2 = round(1 - beta2);
      for (let i = 0; i < n; i++) {
        const g = round(f * at(x, dw + i));
        const mean = round(round(b1 * at(x, m + i)) + round(rest1 * g));
        const square = round(round(b2 * at(x, v + i)) + round(rest2 * round(g * g)));
        x[m + i] = mean;
        x[v + i] = square;
        x[w + i] = round(at(x, w + i) - round(round(r * mean) / round(round(Math.sqrt(square)) + e)));
      }
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
