import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOutSteps } from '../../src/layers/sequence.js';

describe('the layout of a batch', () => {
  test('of sentences of 3, 2 and 1 words has rows for 3, 2 and 1 of them', () => {
    expect(layOutSteps([3, 2, 1])).toEqual({ T: 3, B: 3, N: 6, start: Int32Array.of(0, 3, 5, 6) });
  });

  test('of one sentence has a row a step', () => {
    expect(layOutSteps([4])).toEqual({ T: 4, B: 1, N: 4, start: Int32Array.of(0, 1, 2, 3, 4) });
  });

  test('of equal sentences has no step that is narrower', () => {
    expect(layOutSteps([2, 2, 2])).toEqual({ T: 2, B: 3, N: 6, start: Int32Array.of(0, 3, 6) });
  });

  test('of no sentence is empty', () => {
    expect(layOutSteps([])).toEqual({ T: 0, B: 0, N: 0, start: Int32Array.of(0) });
  });

  test('holds at every step the sentences that are longer than it, without padding', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }), (drawn) => {
        const lengths = [...drawn].sort((a, b) => b - a);
        const { T, B, N, start } = layOutSteps(lengths);
        expect([T, B, N]).toEqual([Math.max(...drawn), drawn.length, drawn.reduce((sum, length) => sum + length, 0)]);
        for (let t = 0; t < T; t++) {
          expect(start[t + 1] - start[t]).toBe(lengths.filter((length) => length > t).length);
        }
        expect(start[T]).toBe(N);
      }),
    );
  });
});
