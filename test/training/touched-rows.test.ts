import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BatchMemory } from '../../src/model/batch.js';
import { Network } from '../../src/model/network.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { allocateTouchedTables, TouchedRowFinder } from '../../src/training/touched-rows.js';
import { smallPlan } from '../helpers/networks.js';

const [SENTENCES, LONGEST] = [20, 9];
const ROWS = [13, 4];
const kernels = createReferenceKernels();
const network = new Network(kernels, smallPlan());
const batch = new BatchMemory(network, SENTENCES, SENTENCES * LONGEST, LONGEST, true);
const tables = allocateTouchedTables(network, SENTENCES * LONGEST);
const finder = new TouchedRowFinder(network, tables);

const batches = fc
  .array(fc.array(fc.tuple(fc.nat(ROWS[0] - 1), fc.nat(ROWS[1] - 1)), { minLength: 1, maxLength: LONGEST }), {
    minLength: 1,
    maxLength: SENTENCES,
  })
  .map((sentences) => sentences.sort((a, b) => b.length - a.length));

function integersAt(address: number, n: number): number[] {
  return [...kernels.integers.subarray(address, address + n)];
}

test('each row that a batch names has all its tokens, in their order, batch after batch', () => {
  fc.assert(
    fc.property(batches, (sentences) => {
      batch.fill(
        sentences.map((tokens) => ({
          ids: [Int32Array.from(tokens, ([form]) => form), Int32Array.from(tokens, ([, shape]) => shape)],
          targets: new Int32Array(tokens.length),
        })),
      );
      finder.find(batch);
      for (const [index, table] of tables.entries()) {
        const ids = integersAt(batch.ids[index], batch.rows);
        const [count] = integersAt(table.count, 1);
        const rows = integersAt(table.rows, count);
        const from = integersAt(table.from, count + 1);
        expect(rows).toEqual([...new Set(ids)]);
        for (const [slot, row] of rows.entries()) {
          const positions = integersAt(table.positions + from[slot], from[slot + 1] - from[slot]);
          expect(positions).toEqual([...ids.keys()].filter((token) => ids[token] === row));
        }
      }
    }),
  );
});
