import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateParameters, sizeOf } from '../../src/numerics/parameters.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';

const shapes = { table: [4, 3], bias: [3], scalar: [], empty: [0, 5] } as const;

test('the size of a shape is the product of its dimensions', () => {
  expect(sizeOf([4, 3, 2])).toBe(24);
  expect(sizeOf([7])).toBe(7);
  expect(sizeOf([])).toBe(1);
  expect(sizeOf([3, 0])).toBe(0);
});

describe('a block of parameters', () => {
  test('starts with zeros, in the precision of the kernels', () => {
    expect(allocateParameters(shapes, createReferenceKernels()).data).toEqual(new Float32Array(16));
    expect(allocateParameters(shapes, createDoubleKernels()).data).toEqual(new Float64Array(16));
  });

  test('has a view of each parameter, one behind the other in the order of the names, without gaps', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z.]{1,9}$/), fc.array(fc.nat(5), { maxLength: 3 }), { maxKeys: 6 }),
        (drawn) => {
          const { data, views } = allocateParameters(drawn, createReferenceKernels());
          data.forEach((_, index) => {
            data[index] = index;
          });
          expect(Object.keys(views)).toEqual(Object.keys(drawn));
          for (const [name, shape] of Object.entries(drawn)) expect(views[name]).toHaveLength(sizeOf(shape));
          expect(Object.values(views).flatMap((view) => [...view])).toEqual([...data]);
        },
      ),
    );
  });

  test('shares its numbers with the views', () => {
    const { data, views } = allocateParameters(shapes, createReferenceKernels());
    views.bias[2] = 5;
    expect(data[14]).toBe(5);
    data[12] = 7;
    expect(views.bias[0]).toBe(7);
  });
});
