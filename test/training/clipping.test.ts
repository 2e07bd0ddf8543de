import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateParameters } from '../../src/numerics/parameters.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { Optimizer, TouchedParameters } from '../../src/training/optimizer.js';
import { fillBySeed } from '../helpers/draw.js';

const shapes = { table: [4, 2], bias: [3] } as const;

/** What one step of SGD at rate 1 takes off weights that are 0: the gradient after clipping. */
function clipped(slopes: readonly number[], clip: number, rows: readonly number[], kernels = createDoubleKernels()) {
  const [parameters, gradient] = [allocateParameters(shapes, kernels), allocateParameters(shapes, kernels)];
  gradient.data.set(slopes);
  const touched = new TouchedParameters(['table']);
  touched.rows = rows;
  new Optimizer(kernels, shapes, { optimizer: 'sgd', learningRate: 1, clip }).step(parameters, gradient, touched);
  return [...parameters.data].map((weight) => -weight);
}

const norm = (numbers: readonly number[]): number => Math.hypot(...numbers);
const ALL_ROWS = [0, 1, 2, 3];

describe('clipping', () => {
  test('shortens a longer gradient to the norm, without turning it', () => {
    const slopes = [0, 0, 0, 0, 0, 0, 0, 0, 30, 40, 0];
    expect(clipped(slopes, 5, []).slice(8, 10)).toEqual([3, 4]);
  });

  test('leaves a gradient of just the norm, and any shorter one, bit by bit', () => {
    const slopes = [0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 0];
    expect(clipped(slopes, 5, ALL_ROWS).map(Math.abs)).toEqual(slopes);
    expect(clipped(slopes, 5.1, ALL_ROWS).map(Math.abs)).toEqual(slopes);
  });

  test('counts tables and all other parameters together', () => {
    const slopes = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2];
    const expected = 2 / norm(slopes);
    for (const slope of clipped(slopes, 1, ALL_ROWS)) expect(slope).toBeCloseTo(expected, 14);
  });

  test('never lets a gradient through that is longer than the norm', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 11, maxLength: 11 }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        (slopes, clip) => {
          const result = clipped(slopes, clip, ALL_ROWS);
          const factor = Math.min(1, clip / norm(slopes));
          expect(norm(result)).toBeLessThanOrEqual(clip * (1 + 1e-12));
          for (const [index, slope] of slopes.entries()) {
            expect(Math.abs(result[index] - slope * factor)).toBeLessThanOrEqual(1e-12 * Math.abs(slope) + 1e-300);
          }
        },
      ),
    );
  });

  test('holds in single precision where the squares would be beyond its range', () => {
    const slopes = fillBySeed(new Float32Array(11), new Random(1)).map((slope) => slope * 1e30);
    const result = clipped([...slopes], 5, ALL_ROWS, createReferenceKernels());
    expect(norm(result)).toBeCloseTo(5, 4);
  });
});
