import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Address, shifted } from '../../src/numerics/kernels.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { createSharedMemory, createWasmKernels, hasSharedMemory, hasWasm } from '../../src/numerics/wasm.js';
import { BOTH_KERNELS, bufferOf, numbersAt } from '../helpers/both-kernels.js';

const MILLIONS = 3_000_000;

describe.each([...BOTH_KERNELS, ['double', createDoubleKernels] as const])('memory of the %s kernels', (_, create) => {
  test('is taken at multiples of 16, one behind the other, and is 0', () => {
    const kernels = create();
    const { used } = kernels;
    const addresses = [1, 16, 17].map((n) => kernels.allocate(n));
    expect(addresses).toEqual([used, used + 16, used + 32]);
    expect(used % 16).toBe(0);
    expect(kernels.used).toBe(used + 64);
    expect(numbersAt(kernels, used as Address, 64)).toEqual(new Array(64).fill(0));
  });

  test('grows and keeps numbers, whole numbers and doubles', () => {
    const kernels = create();
    const numbers = bufferOf(kernels, [1.5, -2.5]);
    const integers = kernels.allocate(2);
    const double = kernels.allocate(2);
    kernels.integers.set([-7, 2 ** 31 - 1], integers);
    kernels.storeDouble(double, Math.PI);
    const large = kernels.allocate(MILLIONS);
    kernels.memory[large + MILLIONS - 1] = 3;
    expect(numbersAt(kernels, numbers, 2)).toEqual([1.5, -2.5]);
    expect([...kernels.integers.subarray(integers, integers + 2)]).toEqual([-7, 2 ** 31 - 1]);
    expect(kernels.loadDouble(double)).toBe(Math.PI);
    kernels.add(shifted(large, MILLIONS - 4), numbers, 4);
    expect(numbersAt(kernels, numbers, 4)).toEqual([1.5, -2.5, 0, 3]);
  });

  test('that is given back is 0 when it is taken again', () => {
    const kernels = create();
    const kept = bufferOf(kernels, [4]);
    const { used } = kernels;
    const first = bufferOf(kernels, [1, 2, 3]);
    kernels.integers.set([5, 6], kernels.allocate(2));
    kernels.release(used);
    expect(kernels.used).toBe(used);
    expect(kernels.allocate(3)).toBe(first);
    kernels.allocate(2);
    expect(numbersAt(kernels, first, 32)).toEqual(new Array(32).fill(0));
    expect([...kernels.integers.subarray(first, first + 32)]).toEqual(new Array(32).fill(0));
    expect(kernels.memory[kept]).toBe(4);
  });
});

describe('a shared memory', () => {
  test('has the same addresses for the same calls, with what the other wrote', () => {
    const memory = createSharedMemory();
    const [first, second] = [createWasmKernels(memory), createWasmKernels(memory)];
    const address = bufferOf(first, [1, 2, 3, 4]);
    expect(second.allocate(4)).toBe(address);
    second.add(address, address, 4);
    expect(numbersAt(first, address, 4)).toEqual([2, 4, 6, 8]);
  });

  test('grows for both, once', () => {
    const memory = createSharedMemory();
    const [first, second] = [createWasmKernels(memory), createWasmKernels(memory)];
    const address = first.allocate(MILLIONS);
    const { byteLength } = memory.buffer;
    expect(second.allocate(MILLIONS)).toBe(address);
    expect(memory.buffer.byteLength).toBe(byteLength);
    second.fill(address, 5, MILLIONS);
    expect(first.memory[address + MILLIONS - 1]).toBe(5);
    expect(first.sumOfSquares(address, MILLIONS)).toBe(25 * MILLIONS);
  });

  test('that has grown is whole for kernels that come later', () => {
    const memory = createSharedMemory();
    const first = createWasmKernels(memory);
    const address = first.allocate(MILLIONS);
    first.memory[address + MILLIONS - 1] = 6;
    const late = createWasmKernels(memory);
    late.allocate(MILLIONS);
    expect(late.memory[address + MILLIONS - 1]).toBe(6);
  });

  test('is not that of kernels which have one of their own', () => {
    const [first, second] = [createWasmKernels(), createWasmKernels()];
    const address = bufferOf(first, [1]);
    second.allocate(1);
    expect(second.memory[address]).toBe(0);
  });
});

describe('what an engine lacks is noticed', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('nothing is missing here', () => {
    expect([hasWasm(), hasSharedMemory()]).toEqual([true, true]);
  });

  test('without WebAssembly there are no fast kernels and no threads', () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect([hasWasm(), hasSharedMemory()]).toEqual([false, false]);
  });

  test('memory that cannot be had is told as what a person can mend', () => {
    vi.stubGlobal('WebAssembly', {
      ...WebAssembly,
      Memory: class {
        constructor() {
          throw new RangeError('WebAssembly.Memory(): could not allocate memory');
        }
      },
    });
    for (const create of [createSharedMemory, createWasmKernels])
      expect(create).toThrow(
        expect.objectContaining({ name: 'UserError', hint: expect.stringMatching(/ulimit -v.*trap-handler/) }),
      );
  });

  test('without shared memory there are fast kernels and no threads', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    expect([hasWasm(), hasSharedMemory()]).toEqual([true, false]);
  });
});
