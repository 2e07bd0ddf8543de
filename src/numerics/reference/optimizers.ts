import type { Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';

type Optimizers = Pick<Kernels, 'sumOfSquares' | 'sgd' | 'momentum' | 'adam' | 'movingAverage'>;

export function optimizerKernels(memory: ReferenceMemory): Optimizers {
  const { round } = memory;
  return {
    sumOfSquares(x, n) {
      const { numbers } = memory;
      const lanes: [number, number, number, number] = [0, 0, 0, 0];
      for (let i = 0; i < n; i++) (lanes[i % 4] as number) += numbers[x + i] * numbers[x + i];
      return lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
    },

    sgd(w, dw, factor, rate, n) {
      const { numbers: x } = memory;
      const f = round(factor);
      const r = round(rate);
      for (let i = 0; i < n; i++) x[w + i] = round(x[w + i] - round(r * round(f * x[dw + i])));
    },

    momentum(w, dw, v, factor, rate, inertia, n) {
      const { numbers: x } = memory;
      const f = round(factor);
      const r = round(rate);
      const kept = round(inertia);
      for (let i = 0; i < n; i++) {
        x[v + i] = round(round(kept * x[v + i]) + round(f * x[dw + i]));
        x[w + i] = round(x[w + i] - round(r * x[v + i]));
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
        const g = round(f * x[dw + i]);
        x[m + i] = round(round(b1 * x[m + i]) + round(rest1 * g));
        x[v + i] = round(round(b2 * x[v + i]) + round(rest2 * round(g * g)));
        const divisor = round(round(Math.sqrt(x[v + i] as number)) + e);
        x[w + i] = round(x[w + i] - round(round(r * x[m + i]) / divisor));
      }
    },

    movingAverage(w, average, rate, n) {
      const { numbers: x } = memory;
      const r = round(rate);
      for (let i = 0; i < n; i++) {
        x[average + i] = round(x[average + i] + round(r * round(x[w + i] - x[average + i])));
      }
    },
  };
}
