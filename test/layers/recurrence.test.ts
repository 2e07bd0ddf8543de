import { describe, expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { gradientError } from '../helpers/gradient-check.js';
import { CELL_NAMES, type CellState, DIRECTIONS, H, setUpLayer } from '../helpers/recurrent-layers.js';
import { BATCHES, layOutSteps, rowsOf } from '../helpers/steps.js';

describe.each(CELL_NAMES)('%s', (cell) => {
  describe.each(DIRECTIONS)('%s', (direction) => {
    test.each(BATCHES)('follows its formula in every sentence by itself: %j and so on', (...lengths) => {
      const kernels = createDoubleKernels();
      const steps = layOutSteps(kernels, lengths);
      const layer = setUpLayer(kernels, cell, direction, steps, new Random(1));
      layer.forward();
      const zeros = new Array<number>(H).fill(0);
      for (const [sentence, length] of lengths.entries()) {
        const rows = rowsOf(kernels, steps, sentence, length);
        let state: CellState = { h: zeros, c: zeros };
        for (const row of direction === 'forward' ? rows : rows.reverse()) {
          state = layer.next(row, state);
          const found = layer.stateAt(row);
          for (const [j, value] of state.h.entries()) expect(found[j]).toBeCloseTo(value, 12);
        }
      }
    });

    test.each(BATCHES)('backward is the gradient by its input and its weights: %j and so on', (...lengths) => {
      const kernels = createDoubleKernels();
      const random = new Random(2, ...lengths);
      const layer = setUpLayer(kernels, cell, direction, layOutSteps(kernels, lengths), random);
      expect(gradientError(kernels, layer, random)).toBeLessThan(1e-6);
    });
  });
});
