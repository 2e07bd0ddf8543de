import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBatch, rowOf } from '../../src/model/batch.js';

const example = (...ids: number[]) => ({
  ids: Int32Array.from(ids),
  targets: Int32Array.from(ids, (id) => id + 100),
});

describe('a batch', () => {
  test('lies word by word, the longest sentence first', () => {
    const batch = createBatch([example(1, 2), example(3, 4, 5), example(6)]);
    expect(batch.order).toEqual([1, 0, 2]);
    expect([...batch.ids]).toEqual([3, 1, 6, 4, 2, 5]);
    expect([...batch.targets]).toEqual([103, 101, 106, 104, 102, 105]);
    expect(batch.steps).toMatchObject({ T: 3, B: 3, N: 6 });
  });

  test('keeps the given order among sentences of one length', () => {
    const { order } = createBatch([example(1), example(2, 3), example(4), example(5, 6), example(7)]);
    expect(order).toEqual([1, 3, 0, 2, 4]);
  });

  test('of one sentence is the sentence', () => {
    expect([...createBatch([example(9, 8, 7)]).ids]).toEqual([9, 8, 7]);
  });

  test('holds every word and tag of every sentence at the row that rowOf names', () => {
    const sentences = fc.array(fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sentences, (drawn) => {
        const examples = drawn.map((ids) => example(...ids));
        const { steps, ids, targets, order } = createBatch(examples);
        const rows = new Set<number>();
        for (const [place, index] of order.entries()) {
          for (const [t, id] of drawn[index].entries()) {
            const row = rowOf(steps, t, place);
            rows.add(row);
            expect([ids[row], targets[row]]).toEqual([id, id + 100]);
          }
        }
        expect(rows.size).toBe(steps.N);
        expect(ids).toHaveLength(steps.N);
        expect([...order].sort((a, b) => a - b)).toEqual([...drawn.keys()]);
      }),
    );
  });
});
