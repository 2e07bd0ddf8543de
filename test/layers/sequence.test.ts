import { describe, expect, test } from 'vitest';
import { type Step, walkSteps } from '../../src/layers/sequence.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { DIRECTIONS } from '../helpers/recurrent-layers.js';
import { BATCHES, layOutSteps, rowsOf } from '../helpers/steps.js';

function walk(lengths: readonly number[], direction: 'forward' | 'backward', order: 'reading' | 'reverse'): Step[] {
  const kernels = createReferenceKernels();
  const visited: Step[] = [];
  walkSteps(kernels, layOutSteps(kernels, lengths), direction, order, (step) => visited.push({ ...step }));
  return visited;
}

describe('sentences of 3, 2 and 1 words', () => {
  test('read forward, each step follows the one before, whose first rows go on', () => {
    expect(walk([3, 2, 1], 'forward', 'reading')).toEqual([
      { row: 0, rows: 3, before: 0, beforeRows: 0 },
      { row: 3, rows: 2, before: 0, beforeRows: 2 },
      { row: 5, rows: 1, before: 3, beforeRows: 1 },
    ]);
  });

  test('read backward, the shorter ones begin later, with no state before them', () => {
    expect(walk([3, 2, 1], 'backward', 'reading')).toEqual([
      { row: 5, rows: 1, before: 5, beforeRows: 0 },
      { row: 3, rows: 2, before: 5, beforeRows: 1 },
      { row: 0, rows: 3, before: 3, beforeRows: 2 },
    ]);
  });
});

describe.each(DIRECTIONS)('read %s', (direction) => {
  test.each(BATCHES)('each word follows the one that is read before it: %j and so on', (...lengths) => {
    const kernels = createReferenceKernels();
    const steps = layOutSteps(kernels, lengths);
    const found = new Map<number, number | undefined>();
    walkSteps(kernels, steps, direction, 'reading', ({ row, rows, before, beforeRows }) => {
      for (let r = 0; r < rows; r++) found.set(row + r, r < beforeRows ? before + r : undefined);
    });
    expect(found.size).toBe(steps.N);
    for (const [sentence, length] of lengths.entries()) {
      const words = rowsOf(kernels, steps, sentence, length);
      if (direction === 'backward') words.reverse();
      for (const [index, word] of words.entries()) expect(found.get(word)).toBe(words[index - 1]);
    }
  });

  test.each(BATCHES)(
    'against the order of reading, the same steps come from last to first: %j and so on',
    (...lengths) => {
      expect(walk(lengths, direction, 'reverse')).toEqual(walk(lengths, direction, 'reading').reverse());
    },
  );

  test('no sentence has no step', () => {
    expect(walk([], direction, 'reading')).toEqual([]);
  });
});
