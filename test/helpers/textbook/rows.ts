import type { Kernels } from '../../../src/numerics/kernels.js';
import { each, sum } from './sums.js';

type Rows = Pick<
  Kernels,
  'gather' | 'gatherAdd' | 'sumGroups' | 'fillRows' | 'addRowSums' | 'copyRows' | 'fill' | 'add' | 'dropout'
>;

export function textbookRows(kernels: Kernels): Rows {
  return {
    gather(table, ids, y, ldy, M, N) {
      const { memory: x, integers } = kernels;
      each(M, N, (m, n) => {
        x[y + m * ldy + n] = x[table + integers[ids + m] * N + n];
      });
    },
    gatherAdd(table, ids, y, ldy, M, N) {
      const { memory: x, integers } = kernels;
      each(M, N, (m, n) => {
        x[y + m * ldy + n] += x[table + integers[ids + m] * N + n];
      });
    },
    sumGroups(rows, ld, from, positions, sums, M, N) {
      const { memory: x, integers } = kernels;
      each(M, N, (m, n) => {
        const [first, end] = integers.subarray(from + m);
        x[sums + m * N + n] = sum(end - first, (index) => x[rows + integers[positions + first + index] * ld + n]);
      });
    },
    fillRows(bias, y, ldy, M, N) {
      const { memory: x } = kernels;
      each(M, N, (m, n) => {
        x[y + m * ldy + n] = x[bias + n];
      });
    },
    addRowSums(rows, ld, target, M, N) {
      const { memory: x } = kernels;
      each(1, N, (_, n) => {
        x[target + n] += sum(M, (m) => x[rows + m * ld + n]);
      });
    },
    copyRows(from, ldFrom, to, ldTo, M, N) {
      const { memory: x } = kernels;
      each(M, N, (m, n) => {
        x[to + m * ldTo + n] = x[from + m * ldFrom + n];
      });
    },
    fill(target, value, n) {
      const { memory: x } = kernels;
      each(1, n, (_, index) => {
        x[target + index] = value;
      });
    },
    add(from, to, n) {
      const { memory: x } = kernels;
      each(1, n, (_, index) => {
        x[to + index] += x[from + index];
      });
    },
    dropout(rows, ld, keys, rate, M, N) {
      const { memory: x, integers } = kernels;
      each(M, N, (m, n) => {
        const chance = Number(murmurFinish(BigInt(integers[keys + m] + n)) >> 8n) / 2 ** 24;
        x[rows + m * ld + n] *= chance < Math.fround(rate) ? 0 : 1 / (1 - rate);
      });
    },
  };
}

/** fmix32 of MurmurHash3, in whole numbers of any size. */
export function murmurFinish(value: bigint): bigint {
  const word = (x: bigint): bigint => x & 0xffffffffn;
  let hash = word(value);
  hash = word((hash ^ (hash >> 16n)) * 0x85ebca6bn);
  hash = word((hash ^ (hash >> 13n)) * 0xc2b2ae35n);
  return hash ^ (hash >> 16n);
}
