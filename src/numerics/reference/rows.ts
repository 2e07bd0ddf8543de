import type { Kernels } from '../kernels.js';
import { mixBits } from '../random.js';
import type { ReferenceMemory } from './memory.js';

type Rows = Pick<
  Kernels,
  'gather' | 'gatherAdd' | 'sumPositions' | 'fillRows' | 'addRowSums' | 'copyRows' | 'fill' | 'add' | 'dropout'
>;

export function rowKernels(memory: ReferenceMemory): Rows {
  const { round } = memory;
  return {
    gather(table, ids, y, ldy, M, N) {
      const { numbers: x, integers } = memory;
      for (let m = 0; m < M; m++) {
        const row = table + (integers[ids + m] as number) * N;
        x.copyWithin(y + m * ldy, row, row + N);
      }
    },

    gatherAdd(table, ids, y, ldy, M, N) {
      const { numbers: x, integers } = memory;
      for (let m = 0; m < M; m++) {
        const row = table + (integers[ids + m] as number) * N;
        for (let n = 0; n < N; n++) x[y + m * ldy + n] = round(x[y + m * ldy + n] + x[row + n]);
      }
    },

    sumPositions(x, ldx, positions, from, to, sum, N) {
      const { numbers, integers } = memory;
      numbers.fill(0, sum, sum + N);
      for (let i = from; i < to; i++) {
        const row = x + (integers[positions + i] as number) * ldx;
        for (let n = 0; n < N; n++) numbers[sum + n] = round(numbers[sum + n] + numbers[row + n]);
      }
    },

    fillRows(bias, y, ldy, M, N) {
      for (let m = 0; m < M; m++) memory.numbers.copyWithin(y + m * ldy, bias, bias + N);
    },

    addRowSums(x, ldx, sum, M, N) {
      const { numbers } = memory;
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) numbers[sum + n] = round(numbers[sum + n] + numbers[x + m * ldx + n]);
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
      for (let i = 0; i < n; i++) numbers[y + i] = round(numbers[y + i] + numbers[x + i]);
    },

    dropout(x, ldx, keys, rate, M, N) {
      const { numbers, integers } = memory;
      const threshold = Math.ceil(round(Math.fround(rate) * 16777216));
      const factor = round(1 / round(1 - round(rate)));
      for (let m = 0; m < M; m++) {
        for (let n = 0; n < N; n++) {
          const place = x + m * ldx + n;
          const drawn = mixBits((integers[keys + m] as number) + n) >>> 8;
          numbers[place] = drawn >= threshold ? round(numbers[place] * factor) : 0;
        }
      }
    },
  };
}
