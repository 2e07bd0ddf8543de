import { expect, test } from 'vitest';
import { addRows } from '../../src/layers/one-hot.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { sum } from '../helpers/textbook/sums.js';
import { randomBuffer, randomIntegers } from '../numerics/kernel-cases/case.js';

const V = 5;
const N = 11;

test('summed rows are the product of all one-hot vectors at once and the tables, plus the bias', () => {
  const kernels = createDoubleKernels();
  const random = new Random(1);
  const tables = [0, 1, 2].map(() => randomBuffer(kernels, random, V * 16));
  const ids = tables.map(() => randomIntegers(kernels, random, N, V));
  /** Number `column` of the product of a token's one-hot vector and the table. */
  const product = (table: number, token: number, column: number): number =>
    sum(V, (id) => {
      const factor = id === kernels.integers[ids[table] + token] ? 1 : 0;
      return factor * kernels.memory[tables[table] + id * 16 + column];
    });
  const bias = randomBuffer(kernels, random, 16);
  const y = kernels.allocate(N * 16);
  kernels.fillRows(bias, y, 16, N, 16);
  addRows(kernels, tables, ids, y, 16, N);
  for (let index = 0; index < N * 16; index++) {
    const [token, column] = [Math.floor(index / 16), index % 16];
    const expected = kernels.memory[bias + column] + sum(3, (table) => product(table, token, column));
    expect(kernels.memory[y + index]).toBeCloseTo(expected, 14);
  }
});
