import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestTag, confidentSpans } from '../../src/model/decode.js';

describe('bestTag', () => {
  test('is the most probable tag of the row', () => {
    const p = Float32Array.of(0.2, 0.5, 0.3, 0.6, 0.1, 0.3, 0.1, 0.2, 0.7);
    expect([0, 1, 2].map((row) => bestTag(p, row, 3))).toEqual([1, 0, 2]);
  });

  test('is the first of equals', () => {
    expect(bestTag([0.25, 0.25, 0.25, 0.25], 0, 4)).toBe(0);
    expect(bestTag([0.2, 0.4, 0.4], 0, 3)).toBe(1);
  });

  test('of one tag is that tag', () => {
    expect(bestTag([1, 1, 1], 2, 1)).toBe(0);
  });

  test('is where Math.max first stands, in any row of any table', () => {
    const rows = fc
      .integer({ min: 1, max: 6 })
      .chain((K) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: K, maxLength: K }), { minLength: 1 }),
      );
    fc.assert(
      fc.property(rows, (table) => {
        for (const [row, p] of table.entries()) {
          expect(bestTag(table.flat(), row, p.length)).toBe(p.indexOf(Math.max(...p)));
        }
      }),
    );
  });
});

describe('confidentSpans', () => {
  const scheme = { name: 'iob2', outside: 'O' } as const;

  test('gives each span the product of its tags’ probabilities', () => {
    const tags = ['B-PER', 'I-PER', 'O', 'B-LOC'];
    expect(confidentSpans({ tags, probabilities: [0.5, 0.5, 0.9, 0.75] }, scheme)).toEqual([
      { label: 'PER', start: 0, end: 2, confidence: 0.25 },
      { label: 'LOC', start: 3, end: 4, confidence: 0.75 },
    ]);
  });

  test('gives none where all is outside, where tags spell no spans, and where there is no token', () => {
    expect(confidentSpans({ tags: ['O', 'O'], probabilities: [0.9, 0.9] }, scheme)).toEqual([]);
    expect(confidentSpans({ tags: ['NOUN'], probabilities: [0.9] }, { name: 'plain', outside: undefined })).toEqual([]);
    expect(confidentSpans({ tags: [], probabilities: [] }, scheme)).toEqual([]);
  });
});
