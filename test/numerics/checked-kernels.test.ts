import { describe, expect, test } from 'vitest';
import { shifted } from '../../src/numerics/kernels.js';
import { createDoubleKernels, createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { bufferOf, integersOf, numbersAt } from '../helpers/both-kernels.js';
import { createCheckedKernels } from '../helpers/checked-kernels.js';

describe.each([
  ['plain', createReferenceKernels],
  ['double', createDoubleKernels],
  ['fast', createWasmKernels],
] as const)('%s kernels that are checked', (_, create) => {
  const checked = () => createCheckedKernels(create());

  test('compute', () => {
    const kernels = checked();
    const table = bufferOf(kernels, [1, 2, 3, 4, 5, 6, 7, 8]);
    const y = kernels.allocate(8);
    kernels.gather(table, integersOf(kernels, [1, 0]), y, 4, 2, 4);
    expect(numbersAt(kernels, y, 8)).toEqual([5, 6, 7, 8, 1, 2, 3, 4]);
  });

  test('refuse to read or write outside of the allocation that an address belongs to', () => {
    const kernels = checked();
    const [x, y] = [kernels.allocate(8), kernels.allocate(8)];
    expect(() => kernels.add(x, shifted(y, 4), 8)).toThrow(
      /^add updates y, 8 numbers at \d+: outside of allocation 1 \(8 /,
    );
    expect(() => kernels.copyRows(x, 8, y, 4, 2, 4)).toThrow(/^copyRows reads x, 4 numbers at .* allocation 0 \(8 /);
    expect(() => kernels.fill(shifted(x, -20), 0, 4)).toThrow(/^fill writes x, 4 numbers/);
    expect(() => kernels.fill(shifted(x, 12), 0, 0)).not.toThrow();
  });

  test('refuse rows and columns that whole numbers in memory name outside of it', () => {
    const kernels = checked();
    const [table, y] = [kernels.allocate(8), kernels.allocate(8)];
    const ids = (first: number) => integersOf(kernels, [first, 0]);
    expect(() => kernels.gather(table, ids(2), y, 4, 2, 4)).toThrow(/^gather reads table, .* allocation 0/);
    expect(() => kernels.gatherAdd(table, ids(-1), y, 4, 2, 4)).toThrow(/^gatherAdd reads table/);
    expect(() => kernels.crossEntropyBackward(table, 4, ids(4), 1, 2)).toThrow('targets holds 4');
  });

  test('refuse memory that has been released, taken anew or not', () => {
    const kernels = checked();
    kernels.allocate(4);
    const { used } = kernels;
    const x = kernels.allocate(4);
    kernels.release(used);
    expect(() => kernels.fill(x, 0, 4)).toThrow(/^fill writes x, .* allocation 1 .* has been released/);
    kernels.allocate(4);
    expect(() => kernels.fill(x, 0, 4)).toThrow('has been released');
    expect(() => kernels.memory[x]).toThrow('has been released');
  });

  test('refuse doubles at odd addresses', () => {
    const kernels = checked();
    const x = kernels.allocate(8);
    kernels.storeDouble(shifted(x, 2), 0.1);
    expect(kernels.loadDouble(shifted(x, 2))).toBe(0.1);
    expect(() => kernels.loadDouble(shifted(x, 1))).toThrow('odd address');
    expect(() => kernels.storeDouble(shifted(x, 7), 1)).toThrow(/^storeDouble writes address, 2 numbers/);
    const [weights, potentials] = [kernels.allocate(24), kernels.allocate(50)];
    expect(() => kernels.crfPotentials(weights, weights, shifted(potentials, 1), 4)).toThrow(
      /^crfPotentials writes potentials/,
    );
  });

  test('refuse what callers read and write outside of an allocation, and views from before one', () => {
    const kernels = checked();
    const x = kernels.allocate(4);
    const { memory, integers } = kernels;
    integers[x + 3] = 7;
    expect([...integers.subarray(x, x + 4)]).toEqual([0, 0, 0, 7]);
    expect(() => memory[x + 4]).toThrow(/^a caller reads memory, 1 numbers at \d+: outside of allocation 0/);
    expect(() => memory[-1]).toThrow('before all allocations');
    expect(() => integers.fill(0, x, x + 5)).toThrow(/^a caller writes integers, 5 numbers/);
    expect(() => memory.set([1, 2, 3], x + 2)).toThrow('a caller writes memory, 3 numbers');
    expect(() => [...memory.subarray(x, x + 5)]).toThrow('a caller reads memory, 5 numbers');
    expect(() => memory.copyWithin(x, x + 2, x + 6)).toThrow('a caller reads memory, 4 numbers');
    kernels.allocate(4);
    expect(() => memory[x]).toThrow('fetched before an allocation');
    expect(kernels.integers[x + 3]).toBe(7);
  });
});
