import { expect, test } from 'vitest';
import { concatenateRows, sumRows } from '../../src/layers/one-hot.js';
import type { Address } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { sum } from '../helpers/textbook/sums.js';
import { randomBuffer, randomIntegers } from '../numerics/kernel-cases/case.js';

const V = 5;
const N = 11;

function setUp(widths: readonly number[]) {
  const kernels = createDoubleKernels();
  const random = new Random(1, ...widths);
  const tables = widths.map((width, index) => ({
    table: randomBuffer(kernels, random, V * width),
    width,
    column: sum(index, (before) => widths[before]),
  }));
  const ids = widths.map(() => randomIntegers(kernels, random, N, V));
  /** Number `column` of the product of a token's one-hot vector and the table. */
  const product = (table: number, token: number, column: number): number =>
    sum(V, (id) => {
      const factor = id === kernels.integers[(ids[table] as Address) + token] ? 1 : 0;
      return factor * kernels.memory[tables[table].table + id * widths[table] + column];
    });
  return { kernels, random, tables, ids, product };
}

test('concatenated rows are the products of the one-hot vectors and their tables, side by side', () => {
  const widths = [8, 16, 8];
  const { kernels, tables, ids, product } = setUp(widths);
  const y = kernels.allocate(N * 32);
  kernels.fill(y, 99, N * 32);
  concatenateRows(kernels, tables, ids, y, 32, N);
  for (let token = 0; token < N; token++) {
    const expected = widths.flatMap((width, table) =>
      Array.from({ length: width }, (_, column) => product(table, token, column)),
    );
    expect([...kernels.memory.subarray(y + token * 32, y + token * 32 + 32)]).toEqual(expected);
  }
});

test('summed rows are the product of all one-hot vectors at once and the tables, plus the bias', () => {
  const { kernels, random, tables, ids, product } = setUp([16, 16, 16]);
  const bias = randomBuffer(kernels, random, 16);
  const y = kernels.allocate(N * 16);
  kernels.fill(y, 99, N * 16);
  sumRows(kernels, tables, ids, bias, y, 16, N);
  for (let index = 0; index < N * 16; index++) {
    const [token, column] = [Math.floor(index / 16), index % 16];
    const expected = kernels.memory[bias + column] + sum(3, (table) => product(table, token, column));
    expect(kernels.memory[y + index]).toBeCloseTo(expected, 14);
  }
});
