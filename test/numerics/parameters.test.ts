import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  extent,
  layOutParameters,
  type ParameterSpec,
  padded,
  placesOf,
  readParameter,
  type Side,
  side,
  writeParameter,
} from '../../src/numerics/parameters.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { numbersAt } from '../helpers/both-kernels.js';

function specOf(name: string, kind: ParameterSpec['kind'], rows: Side, columns: Side): ParameterSpec {
  const width = columns.blocks * columns.size;
  return { name, kind, shape: kind === 'bias' ? [width] : [rows.blocks * rows.size, width], rows, columns };
}

const anySide = fc.record({ blocks: fc.integer({ min: 1, max: 4 }), size: fc.integer({ min: 1, max: 19 }) });
const anySpec = fc.oneof(
  fc.tuple(anySide, anySide).map(([rows, columns]) => specOf('matrix', 'matrix', rows, columns)),
  anySide.map((columns) => specOf('bias', 'bias', side(1), columns)),
  fc
    .tuple(fc.integer({ min: 1, max: 30 }), anySide)
    .map(([rows, columns]) => specOf('table', 'table', side(rows), columns)),
);
const anySpecs = fc.array(anySpec, { minLength: 1, maxLength: 6 });

test.each([
  [0, 0],
  [1, 8],
  [7, 8],
  [8, 8],
  [9, 16],
])('%i numbers are padded to %i', (size, expected) => {
  expect(padded(size)).toBe(expected);
});

test('each block of a side is padded by itself', () => {
  expect(extent(side(9, 4))).toBe(64);
  expect(extent(side(1))).toBe(8);
});

describe('the layout', () => {
  test('has matrices and biases first, then tables, each in the order given', () => {
    const layout = layOutParameters([
      specOf('table', 'table', side(5), side(3)),
      specOf('weights', 'matrix', side(3), side(3, 2)),
      specOf('other table', 'table', side(2), side(9)),
      specOf('bias', 'bias', side(1), side(3, 2)),
    ]);
    expect(layout.dense.map(({ name, offset }) => [name, offset])).toEqual([
      ['weights', 0],
      ['bias', 8 * 16],
    ]);
    expect(layout.denseSize).toBe(8 * 16 + 16);
    expect(layout.tables.map(({ name, offset, height, width }) => [name, offset, height, width])).toEqual([
      ['table', 144, 5, 8],
      ['other table', 144 + 5 * 8, 2, 16],
    ]);
    expect(layout.size).toBe(144 + 5 * 8 + 2 * 16);
    expect(layout.count).toBe(15 + 18 + 18 + 6);
  });

  test('gives each weight a place of its own within its parameter', () => {
    fc.assert(
      fc.property(anySpecs, (specs) => {
        const { dense, tables, size, count } = layOutParameters(specs);
        const places = new Set<number>();
        for (const parameter of [...dense, ...tables]) {
          const { offset, height, width } = parameter;
          for (const place of placesOf(parameter)) {
            expect(place >= offset && place < offset + height * width).toBe(true);
            places.add(place);
          }
        }
        expect(places.size).toBe(count);
        expect(Math.max(...places)).toBeLessThan(size);
      }),
    );
  });
});

describe('a parameter', () => {
  test('is written with padding and read without', () => {
    const kernels = createReferenceKernels();
    const layout = layOutParameters([specOf('weights', 'matrix', side(1, 2), side(2, 2))]);
    const block = kernels.allocate(layout.size);
    const [weights] = layout.dense;
    writeParameter(kernels, block, weights, [1, 2, 3, 4, 5, 6, 7, 8]);
    const zeros = (n: number): number[] => new Array<number>(n).fill(0);
    const row = (a: number, b: number, c: number, d: number): number[] => [a, b, ...zeros(6), c, d, ...zeros(6)];
    const expected = [...row(1, 2, 3, 4), ...zeros(7 * 16), ...row(5, 6, 7, 8), ...zeros(7 * 16)];
    expect(numbersAt(kernels, block, layout.size)).toEqual(expected);
    expect([...readParameter(kernels, block, weights)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('in double precision is not rounded', () => {
    const kernels = createDoubleKernels();
    const layout = layOutParameters([specOf('bias', 'bias', side(1), side(2))]);
    const block = kernels.allocate(layout.size);
    writeParameter(kernels, block, layout.dense[0], [0.1, 1 / 3]);
    expect([...kernels.memory.subarray(block, block + 2)]).toEqual([0.1, 1 / 3]);
  });

  test('of hidden size 1 has one weight a block', () => {
    const kernels = createReferenceKernels();
    const layout = layOutParameters([specOf('gates', 'bias', side(1), side(1, 4))]);
    const block = kernels.allocate(layout.size);
    const [gates] = layout.dense;
    writeParameter(kernels, block, gates, [1, 2, 3, 4]);
    expect([0, 8, 16, 24].map((place) => kernels.memory[block + place])).toEqual([1, 2, 3, 4]);
  });

  test('comes back as it was written, whatever its neighbours hold, and the padding stays 0', () => {
    fc.assert(
      fc.property(anySpecs, (specs) => {
        const kernels = createReferenceKernels();
        const layout = layOutParameters(specs);
        const block = kernels.allocate(layout.size);
        const placed = [...layout.dense, ...layout.tables];
        let next = 1;
        const written = placed.map((parameter) => [...placesOf(parameter)].map(() => next++));
        for (const [index, parameter] of placed.entries()) writeParameter(kernels, block, parameter, written[index]);
        expect(placed.map((parameter) => [...readParameter(kernels, block, parameter)])).toEqual(written);
        expect(numbersAt(kernels, block, layout.size).filter((x) => x !== 0)).toHaveLength(layout.count);
      }),
    );
  });

  test('is read without what stands in the padding', () => {
    const kernels = createReferenceKernels();
    const layout = layOutParameters([specOf('weights', 'matrix', side(3), side(5, 2))]);
    const block = kernels.allocate(layout.size);
    kernels.fill(block, Number.NaN, layout.size);
    writeParameter(kernels, block, layout.dense[0], new Float32Array(30));
    expect([...readParameter(kernels, block, layout.dense[0])]).toEqual(new Array(30).fill(0));
  });
});
