import { type Kernels, shifted } from '../../../src/numerics/kernels.js';
import type { OptimizerKernels } from '../../../src/numerics/optimizer-kernels.js';
import { each, sum } from './sums.js';

export function textbookOptimizers(kernels: Kernels): OptimizerKernels {
  return {
    sumOfSquares: (x, n) => sum(n, (index) => kernels.memory[x + index] ** 2),
    squaresOfRows(rows, squares, M, N) {
      for (let m = 0; m < M; m++)
        kernels.storeDouble(
          shifted(squares, 2 * m),
          sum(N, (n) => kernels.memory[rows + m * N + n] ** 2),
        );
    },
    sgd(table, rows, gradient, factor, rate, M, N) {
      const { memory: x, integers } = kernels;
      each(M, N, (m, n) => {
        x[table + integers[rows + m] * N + n] -= rate * factor * x[gradient + m * N + n];
      });
    },
    momentum(table, rows, gradient, velocities, factor, rate, inertia, M, N) {
      const { memory: x, integers } = kernels;
      each(M, N, (m, n) => {
        const place = integers[rows + m] * N + n;
        x[velocities + place] = inertia * x[velocities + place] + factor * x[gradient + m * N + n];
        x[table + place] -= rate * x[velocities + place];
      });
    },
    adam(table, rows, gradient, means, squares, factor, rate, beta1, beta2, epsilon, M, N) {
      const { memory: x, integers } = kernels;
      each(M, N, (m, n) => {
        const place = integers[rows + m] * N + n;
        const g = factor * x[gradient + m * N + n];
        x[means + place] = beta1 * x[means + place] + (1 - beta1) * g;
        x[squares + place] = beta2 * x[squares + place] + (1 - beta2) * g ** 2;
        x[table + place] -= (rate * x[means + place]) / (Math.sqrt(x[squares + place]) + epsilon);
      });
    },
    movingAverage(w, average, rate, n) {
      const { memory: x } = kernels;
      for (let i = 0; i < n; i++) x[average + i] = (1 - rate) * x[average + i] + rate * x[w + i];
    },
  };
}
