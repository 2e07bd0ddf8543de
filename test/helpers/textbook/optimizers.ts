import type { Kernels } from '../../../src/numerics/kernels.js';
import { sum } from './sums.js';

export function textbookOptimizers(
  kernels: Kernels,
): Pick<Kernels, 'sumOfSquares' | 'sgd' | 'momentum' | 'adam' | 'movingAverage'> {
  return {
    sumOfSquares: (x, n) => sum(n, (index) => kernels.memory[x + index] ** 2),
    sgd(w, dw, factor, rate, n) {
      const { memory: x } = kernels;
      for (let i = 0; i < n; i++) x[w + i] -= rate * factor * x[dw + i];
    },
    momentum(w, dw, v, factor, rate, inertia, n) {
      const { memory: x } = kernels;
      for (let i = 0; i < n; i++) {
        x[v + i] = inertia * x[v + i] + factor * x[dw + i];
        x[w + i] -= rate * x[v + i];
      }
    },
    adam(w, dw, m, v, factor, rate, beta1, beta2, epsilon, n) {
      const { memory: x } = kernels;
      for (let i = 0; i < n; i++) {
        const g = factor * x[dw + i];
        x[m + i] = beta1 * x[m + i] + (1 - beta1) * g;
        x[v + i] = beta2 * x[v + i] + (1 - beta2) * g ** 2;
        x[w + i] -= (rate * x[m + i]) / (Math.sqrt(x[v + i]) + epsilon);
      }
    },
    movingAverage(w, average, rate, n) {
      const { memory: x } = kernels;
      for (let i = 0; i < n; i++) x[average + i] = (1 - rate) * x[average + i] + rate * x[w + i];
    },
  };
}
