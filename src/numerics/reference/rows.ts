import { at } from '../at.js';
import type { Kernels } from '../kernels.js';
import { mixBits } from '../random.js';
import type { ReferenceMemory } from './memory.js';

/** Creates the kernels on rows of tables and of activations. */
export function rowKernels(memory: ReferenceMemory) {
  const { round } = memory;
  return {
    gather(table, ids, y, ldy, M, N) {
      const { numbers: x, integers } = memory;
      for (let m = 0; m < M; m++) {
        const row = table + at(integers, ids + m) * N;
        x.copyWithin(y + m * ldy, row, row + N);
      }
    },

    gatherAdd(table, ids, y, ldy, M, N) {
      const { numbers: x, integers } = memory;
      for (let m = 0; m < M; m++) {
        const row = table + at(integers, ids + m) * N;
        for (let n = 0; n < N; n++) x[y + m * ldy + n] = round(at(x, y + m * ldy + n) + at(x, row + n));
      }
    },

    sumGroups(x, ldx, from, positions, sums, M, N) {
      const { numbers, integers } = memory;
      numbers.fill(0, sums, sums + M * N);
      for (let m = 0; m < M; m++) {
        const sum = sums + m * N;
        for (let i = at(integers, from + m); i < at(integers, from + m + 1); i++) {
          const row = x + at(integers, positions + i) * ldx;
          for (let n = 0; n < N; n++) numbers[sum + n] = round(at(numbers, sum + n) + at(numbers, row + n));
        }
      }
    },

    fillRows(bias, y, ldy, M, N) {
      for (let m = 0; m < M; m++) memory.numbers.copyWithin(y + m * ldy, bias, bias + N);
    },

    addRowSums(x, ldx, sum, M, N) {
      const { numbers } = memory;
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) numbers[sum + n] = round(at(numbers, sum + n) + at(numbers, x + m * ldx + n));
      }
    },

    copyRows(x, ldx, y, ldy, M, N) {
      for (let m = 0; m < M; m++) memory.numbers.copyWithin(y + m * ldy, x + m * ldx, x + m * ldx + N);
    },

    fill(x, value, n) {
      memory.numbers.fill(value, x, x + n);
    },

    add(x, y, n) {
      const { numbers } = memory;
      for (let i = 0; i < n; i++) numbers[y + i] = round(at(numbers, y + i) + at(numbers, x + i));
    },

    dropout(x, ldx, keys, rate, M, N) {
      const { numbers, integers } = memory;
      const threshold = Math.ceil(round(Math.fround(rate) * 16777216));
      const factor = round(1 / round(1 - round(rate)));
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) {
          const place = x + m * ldx + n;
          const drawn = mixBits(at(integers, keys + m) + n) >>> 8;
          numbers[place] = drawn >= threshold ? round(at(numbers, place) * factor) : 0;
        }
      }
    },
  } satisfies Partial<Kernels>;
}
