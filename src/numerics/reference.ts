import { doublePrecision, type Elementary, singlePrecision } from './elementary.js';
import type { Kernels } from './kernels.js';

/** The kernels in plain TypeScript, in single precision: the definition that faster ones must match bit by bit. */
export function createReferenceKernels(): Kernels {
  return createKernels(singlePrecision, (n) => new Float32Array(n));
}

/** The same in double precision with the functions of Math, to check gradients. */
export function createDoubleKernels(): Kernels {
  return createKernels(doublePrecision, (n) => new Float64Array(n));
}

function createKernels({ round, exp, log, tanh }: Elementary, allocate: Kernels['allocate']): Kernels {
  return {
    allocate,

    multiply(a, b, c, M, K, N) {
      for (let m = 0; m < M; m++) {
        for (let k = 0; k < K; k++) {
          const factor = a[m * K + k] as number;
          for (let n = 0; n < N; n++) c[m * N + n] = round(c[m * N + n] + round(factor * b[k * N + n]));
        }
      }
    },

    multiplyByTransposed(a, b, c, M, K, N) {
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) {
          let sum = c[m * N + n] as number;
          for (let k = 0; k < K; k++) sum = round(sum + round(a[m * K + k] * b[n * K + k]));
          c[m * N + n] = sum;
        }
      }
    },

    multiplyTransposed(a, b, c, M, K, N) {
      for (let m = 0; m < M; m++) {
        for (let k = 0; k < K; k++) {
          const factor = a[m * K + k] as number;
          for (let n = 0; n < N; n++) c[k * N + n] = round(c[k * N + n] + round(factor * b[m * N + n]));
        }
      }
    },

    addTableRows(table, ids, rows, M, N) {
      for (let m = 0; m < M; m++) {
        const row = (ids[m] as number) * N;
        for (let n = 0; n < N; n++) rows[m * N + n] = round(rows[m * N + n] + table[row + n]);
      }
    },

    addToTableRows(rows, ids, table, M, N) {
      for (let m = 0; m < M; m++) {
        const row = (ids[m] as number) * N;
        for (let n = 0; n < N; n++) table[row + n] = round(table[row + n] + rows[m * N + n]);
      }
    },

    addBias(x, bias, M, N) {
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) x[m * N + n] = round(x[m * N + n] + bias[n]);
      }
    },

    addRowSums(x, sums, M, N) {
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) sums[n] = round(sums[n] + x[m * N + n]);
      }
    },

    tanh(x, n) {
      for (let i = 0; i < n; i++) x[i] = tanh(x[i] as number);
    },

    tanhBackward(y, dx, n) {
      for (let i = 0; i < n; i++) dx[i] = round(dx[i] * round(1 - round(y[i] * y[i])));
    },

    softmax(x, M, K) {
      for (let m = 0; m < M; m++) {
        const row = x.subarray(m * K, (m + 1) * K);
        let largest = row[0] as number;
        for (let k = 1; k < K; k++) if (row[k] > largest) largest = row[k] as number;
        let sum = 0;
        for (let k = 0; k < K; k++) {
          row[k] = exp(round(row[k] - largest));
          sum = round(sum + row[k]);
        }
        const inverse = round(1 / sum);
        for (let k = 0; k < K; k++) row[k] = round(row[k] * inverse);
      }
    },

    crossEntropy(p, targets, losses, M, K) {
      for (let m = 0; m < M; m++) losses[m] = -log(p[m * K + targets[m]] as number);
    },

    add(x, y, n) {
      for (let i = 0; i < n; i++) y[i] = round(y[i] + x[i]);
    },

    scale(x, factor, n) {
      const rounded = round(factor);
      for (let i = 0; i < n; i++) x[i] = round(x[i] * rounded);
    },

    sumOfSquares(x, n) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += x[i] * x[i];
      return sum;
    },

    sgd(w, dw, rate, n) {
      const step = round(rate);
      for (let i = 0; i < n; i++) w[i] = round(w[i] - round(step * dw[i]));
    },

    momentum(w, dw, v, rate, inertia, n) {
      const step = round(rate);
      const kept = round(inertia);
      for (let i = 0; i < n; i++) {
        v[i] = round(round(kept * v[i]) + dw[i]);
        w[i] = round(w[i] - round(step * v[i]));
      }
    },

    adam(w, dw, m, v, rates, n) {
      const beta1 = round(rates.beta1);
      const beta2 = round(rates.beta2);
      const rest1 = round(1 - beta1);
      const rest2 = round(1 - beta2);
      const rate = round(rates.rate);
      const epsilon = round(rates.epsilon);
      for (let i = 0; i < n; i++) {
        m[i] = round(round(beta1 * m[i]) + round(rest1 * dw[i]));
        v[i] = round(round(beta2 * v[i]) + round(rest2 * round(dw[i] * dw[i])));
        w[i] = round(w[i] - round(round(rate * m[i]) / round(round(Math.sqrt(v[i] as number)) + epsilon)));
      }
    },
  };
}
