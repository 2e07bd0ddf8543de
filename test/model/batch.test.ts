import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchMemory, type Example, SHARD_SENTENCES } from '../../src/model/batch.js';
import { Network } from '../../src/model/network.js';
import { inputGradientWidth } from '../../src/model/pass.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { smallPlan } from '../helpers/networks.js';

const kernels = createReferenceKernels();
const network = new Network(kernels, smallPlan());
const CAPACITY = { sentences: 40, rows: 400, longest: 10 };
const batch = new BatchMemory(network, CAPACITY.sentences, CAPACITY.rows, CAPACITY.longest, true);

/** A sentence whose second table and tags follow from the ids of the first. */
function exampleOf(...ids: readonly number[]): Example {
  return {
    ids: [Int32Array.from(ids), Int32Array.from(ids, (id) => id + 1000)],
    targets: Int32Array.from(ids, (id) => id + 2000),
  };
}

function integersAt(address: number, n: number): number[] {
  return [...kernels.integers.subarray(address, address + n)];
}

const sentences = fc
  .array(fc.array(fc.nat(50), { minLength: 1, maxLength: CAPACITY.longest }), {
    minLength: 1,
    maxLength: CAPACITY.sentences,
  })
  .map((drawn) => drawn.sort((a, b) => b.length - a.length));

describe('a batch in memory', () => {
  test('lies word by word, without padding', () => {
    batch.fill([exampleOf(1, 2, 3), exampleOf(4, 5), exampleOf(6)]);
    const { steps, ids, targets } = batch.shard(0);
    expect(integersAt(ids[0], 6)).toEqual([1, 4, 6, 2, 5, 3]);
    expect(integersAt(ids[1], 6)).toEqual([1001, 1004, 1006, 1002, 1005, 1003]);
    expect(integersAt(targets, 6)).toEqual([2001, 2004, 2006, 2002, 2005, 2003]);
    expect([steps.N, steps.T, integersAt(steps.start, 4)]).toEqual([6, 3, [0, 3, 5, 6]]);
  });

  test('is cut in shards of eight sentences, one behind the other', () => {
    fc.assert(
      fc.property(sentences, (drawn) => {
        batch.fill(drawn.map((ids) => exampleOf(...ids)));
        expect(batch.shardCount).toBe(Math.ceil(drawn.length / SHARD_SENTENCES));
        let row = 0;
        for (let index = 0; index < batch.shardCount; index++) {
          const members = drawn.slice(index * SHARD_SENTENCES, (index + 1) * SHARD_SENTENCES);
          const { steps, ids, inputKeys, dInput } = batch.shard(index);
          expect(batch.rowOf(index)).toBe(row);
          expect([ids[0] - batch.ids[0], inputKeys - batch.inputKeys]).toEqual([row, row]);
          expect(dInput - batch.dInput).toBe(row * inputGradientWidth(network));
          expect(steps.T).toBe(members[0].length);
          expect(steps.N).toBe(members.flat().length);
          row += steps.N;
        }
        expect(batch.rows).toBe(row);
      }),
    );
  });

  test('holds every word and tag of every sentence at the row that the visitor is told', () => {
    fc.assert(
      fc.property(sentences, (drawn) => {
        const rows = new Set<number>();
        batch.fill(
          drawn.map((ids) => exampleOf(...ids)),
          (example, t, row) => {
            const id = drawn[example][t];
            expect(batch.ids.map((ids) => kernels.integers[ids + row])).toEqual([id, id + 1000]);
            expect(kernels.integers[batch.targets + row]).toBe(id + 2000);
            rows.add(row);
          },
        );
        expect(rows.size).toBe(drawn.flat().length);
        expect(Math.max(...rows)).toBe(batch.rows - 1);
      }),
    );
  });

  test('has nothing left of a larger one before it', () => {
    batch.fill(Array.from({ length: CAPACITY.sentences }, () => exampleOf(1, 2, 3)));
    batch.fill([exampleOf(7)]);
    expect([batch.shardCount, batch.rows, batch.shard(0).steps.N]).toEqual([1, 1, 1]);
    batch.fill([]);
    expect([batch.shardCount, batch.rows]).toEqual([0, 0]);
  });

  test('gives back the tags and probabilities of the rows asked for', () => {
    for (const row of [0, 1, 2, 3]) {
      kernels.integers[batch.best + row] = 10 + row;
      kernels.memory[batch.probabilities + row] = row / 4;
    }
    const answer = { tags: new Int32Array(2), probabilities: new Float32Array(2) };
    batch.readTags(Int32Array.of(3, 1), answer);
    expect(answer).toEqual({ tags: Int32Array.of(13, 11), probabilities: Float32Array.of(0.75, 0.25) });
  });
});
