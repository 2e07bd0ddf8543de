import { at } from '../at.js';
import { powerOfTwo } from '../bytes.js';
import { nearestEven, shortSigmoid, shortTanh } from '../elementary.js';
import { type Kernels, LARGEST_INTEGER, PANEL } from '../kernels.js';
import { quantiseColumns } from '../quantised-matrix.js';
import type { ReferenceMemory } from './memory.js';

const LARGEST_SUM = 2 ** 31 - 1;

/** The largest number below which all numbers of a row count as 0. */
const NEXT_TO_ZERO = 1e-30;

/** Creates the kernels with which tagging computes, on numbers of 16 bits that lie in pairs. */
export function quantisedKernels(memory: ReferenceMemory) {
  const f = Math.fround;

  /** Returns number `index` of a row of pairs. */
  const read = (row: number, index: number): number => {
    const pair = at(memory.integers, row + (index >> 1));
    return index % 2 === 0 ? (pair << 16) >> 16 : pair >> 16;
  };

  /** Rounds number `index` of a row of pairs to the nearest whole number. */
  const writeRounded = (row: number, index: number, number: number): void => {
    const rounded = Math.max(-LARGEST_INTEGER - 1, Math.min(LARGEST_INTEGER, nearestEven(number)));
    const place = row + (index >> 1);
    const pair = at(memory.integers, place);
    memory.integers[place] =
      index % 2 === 0 ? (pair & ~0xffff) | (rounded & 0xffff) : (pair & 0xffff) | (rounded << 16);
  };

  return {
    multiplyQuantised(a, lda, panels, scales, c, ldc, M, K, N) {
      const x = memory.numbers;
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) {
          const column = panels + ((n - (n % PANEL)) * K) / 2 + (n % PANEL);
          let sum = 0;
          for (let k = 0; k < K; k++) sum += read(a + m * lda, k) * read(column + (k >> 1) * PANEL, k % 2);
          const place = c + m * ldc + n;
          x[place] = f(at(x, place) + f(f(sum) * at(x, scales + n)));
        }
      }
    },

    packQuantised(b, panels, scales, K, N, factor) {
      const { numbers } = memory;
      const weights = Float32Array.from(numbers.subarray(b, b + K * N));
      const { integers, exponents } = quantiseColumns(weights, N, Math.floor(LARGEST_SUM / factor));
      for (let n = 0; n < N; n++) {
        numbers[scales + n] = f(powerOfTwo(at(exponents, n)) / factor);
        const column = panels + ((n - (n % PANEL)) * K) / 2 + (n % PANEL);
        for (let k = 0; k < K; k += 2) {
          const [low, high] = [at(integers, k * N + n), at(integers, (k + 1) * N + n)];
          memory.integers[column + (k >> 1) * PANEL] = (low & 0xffff) | (high << 16);
        }
      }
    },

    quantiseRows(x, ldx, q, ldq, scales, largest, M, N) {
      const { numbers } = memory;
      for (let m = 0; m < M; m++) {
        let most = 0;
        for (let n = 0; n < N; n++) most = Math.max(most, Math.abs(at(numbers, x + m * ldx + n)));
        const isZero = most < f(NEXT_TO_ZERO);
        numbers[scales + m] = isZero ? 0 : f(most / largest);
        const factor = isZero ? 0 : f(largest / most);
        for (let n = 0; n < N; n++) writeRounded(q + m * ldq, n, f(at(numbers, x + m * ldx + n) * factor));
      }
    },

    gatherAddQuantised(x, ldx, table, ldt, scales, ids, y, ldy, M, N) {
      const { numbers, integers } = memory;
      for (let m = 0; m < M; m++) {
        const id = at(integers, ids + m);
        const scale = at(numbers, scales + id);
        for (let n = 0; n < N; n++) {
          numbers[y + m * ldy + n] = f(at(numbers, x + m * ldx + n) + f(read(table + id * ldt, n) * scale));
        }
      }
    },

    elmanStates(z, ldz, q, ldq, factor, rows, H) {
      const scale = f(factor);
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < H; j++)
          writeRounded(q + row * ldq, j, f(shortTanh(at(memory.numbers, z + row * ldz + j)) * scale));
      }
    },

    lstmStates(z, ldz, before, beforeRows, c, ld, q, ldq, factor, rows, H) {
      const x = memory.numbers;
      const scale = f(factor);
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < H; j++) {
          const gate = z + row * ldz + j;
          const i = shortSigmoid(at(x, gate));
          const forget = shortSigmoid(at(x, gate + H));
          const g = shortTanh(at(x, gate + 2 * H));
          const o = shortSigmoid(at(x, gate + 3 * H));
          const earlier = row < beforeRows ? at(x, before + row * ld + j) : 0;
          const cell = f(f(forget * earlier) + f(i * g));
          x[c + row * ld + j] = cell;
          writeRounded(q + row * ldq, j, f(f(o * shortTanh(cell)) * scale));
        }
      }
    },

    gruStates(z, ldz, u, before, beforeRows, h, ld, q, ldq, factor, rows, H) {
      const x = memory.numbers;
      const scale = f(factor);
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < H; j++) {
          const gate = z + row * ldz + j;
          const place = row * ld + j;
          const r = shortSigmoid(at(x, gate));
          const s = shortSigmoid(at(x, gate + H));
          const n = shortTanh(f(at(x, gate + 2 * H) + f(r * at(x, u + place))));
          const earlier = row < beforeRows ? at(x, before + place) : 0;
          const state = f(f(f(1 - s) * n) + f(s * earlier));
          x[gate] = r;
          x[gate + H] = s;
          x[h + place] = state;
          writeRounded(q + row * ldq, j, f(state * scale));
        }
      }
    },
  } satisfies Partial<Kernels>;
}
