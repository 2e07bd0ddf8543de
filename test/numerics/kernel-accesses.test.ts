import { describe, expect, test } from 'vitest';
import { singlePrecision } from '../../src/numerics/elementary.js';
import type { KernelName, Kernels } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { ReferenceMemory } from '../../src/numerics/reference/memory.js';
import { createReferenceKernels, kernelsIn } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { type Extent, KERNEL_ACCESSES, type Mode } from '../helpers/kernel-accesses.js';
import { watchedView } from '../helpers/watched-view.js';
import { KERNEL_CASES, type KernelCase } from './kernel-cases.js';

const KERNELS = Object.keys(KERNEL_ACCESSES) as KernelName[];
/** Without the large ones, which tell nothing new of what is touched. */
const SMALL_CASES = KERNEL_CASES.filter(({ operations = 0 }) => operations < 100_000);

const kernelOf = ({ name }: KernelCase): string => name.slice(0, name.indexOf(' '));
const CASES = [...new Set(SMALL_CASES.map(kernelOf))].map(
  (kernel) => [kernel, SMALL_CASES.filter((kernelCase) => kernelOf(kernelCase) === kernel)] as const,
);

interface Call {
  readonly kernel: KernelName;
  readonly extents: readonly Extent[];
  readonly read: ReadonlySet<number>;
  readonly written: ReadonlySet<number>;
}

type AnyKernel = (...parameters: number[]) => unknown;

/** Returns the kernels with each call handed to `visit`, which makes it. */
function intercepted(
  kernels: Kernels,
  visit: (kernel: KernelName, extents: readonly Extent[], run: () => unknown) => unknown,
  integers: () => Int32Array = () => kernels.integers,
): Kernels {
  const result = Object.create(kernels) as Record<string, unknown>;
  for (const kernel of KERNELS) {
    result[kernel] = (...parameters: number[]) => {
      const accessesOf = KERNEL_ACCESSES[kernel] as (integers: Int32Array, ...rest: number[]) => Iterable<Extent>;
      const extents = [...accessesOf(integers(), ...parameters)].filter((access) => 'from' in access);
      return visit(kernel, extents, () => (kernels[kernel] as AnyKernel)(...parameters));
    };
  }
  return result as unknown as Kernels;
}

/** Makes the calls of a case on plain kernels and records which numbers each touches. */
function recordCalls({ prepare }: KernelCase): Call[] {
  const memory = new ReferenceMemory(singlePrecision, true);
  memory.release(memory.allocate(400_000));
  const { integers } = memory;
  let read = new Set<number>();
  let written = new Set<number>();
  const record = (width: number) => (mode: 'reads' | 'writes', from: number, to: number) => {
    for (let index = from * width; index < to * width; index++) (mode === 'reads' ? read : written).add(index);
  };
  memory.numbers = watchedView(memory.numbers, record(1));
  memory.integers = watchedView(memory.integers, record(1));
  memory.doubles = watchedView(memory.doubles, record(2));
  const calls: Call[] = [];
  const kernels = intercepted(
    kernelsIn(memory),
    (kernel, extents, run) => {
      [read, written] = [new Set(), new Set()];
      const result = run();
      calls.push({ kernel, extents, read, written });
      [read, written] = [new Set(), new Set()];
      return result;
    },
    () => integers,
  );
  prepare(kernels, new Random(3)).run();
  return calls;
}

const placesOf = (extents: readonly Extent[]): Set<number> =>
  new Set(extents.flatMap(({ from, n }) => Array.from({ length: n }, (_, index) => from + index)));

describe('the table of what kernels touch', () => {
  test.each(CASES)('names all that %s reads and writes', (_, kernelCases) => {
    for (const { extents, read, written } of kernelCases.flatMap(recordCalls)) {
      const readable = placesOf(extents.filter(({ mode }) => mode !== 'writes'));
      const writable = placesOf(extents.filter(({ mode }) => mode !== 'reads'));
      expect([...read].filter((place) => !readable.has(place) && !written.has(place))).toEqual([]);
      expect([...written].filter((place) => !writable.has(place))).toEqual([]);
    }
  });

  const calls = SMALL_CASES.flatMap(recordCalls);
  test.each(KERNELS)('names no more of any argument of %s than it touches, to the vector', (name) => {
    const own = calls.filter(({ kernel }) => kernel === name);
    const slack = new Map<string, number>();
    for (const { extents, read, written } of own) {
      for (const { argument, mode, from, n } of extents) {
        if (n === 0 || mode === 'works in') continue;
        const isTouched = (place: number): boolean => (mode !== 'writes' && read.has(place)) || written.has(place);
        const touched = Array.from({ length: n }, (_, index) => from + index).filter(isTouched);
        const first = touched.at(0) ?? Number.POSITIVE_INFINITY;
        const last = touched.at(-1) ?? Number.NEGATIVE_INFINITY;
        const unused = Math.max(first - from, from + n - 1 - last);
        slack.set(argument, Math.min(unused, slack.get(argument) ?? Number.POSITIVE_INFINITY));
      }
    }
    expect(own.length).toBeGreaterThan(0);
    expect([...slack].filter(([, unused]) => unused > 3)).toEqual([]);
  });
});

/** Makes the calls of a case and returns the bits that it writes. */
function outputsOf({ prepare }: KernelCase, kernels: Kernels): number[][] {
  const { run, outputs } = prepare(kernels, new Random(3));
  run();
  const kept = outputs.filter(([, , kind]) => kind !== 'scratch');
  return kept.map(([from, n]) => [...kernels.integers.subarray(from, from + n)]);
}

/** Returns the kernels; each call finds NaN wherever the table says that it reads nothing. */
function amongNaN(kernels: Kernels): Kernels {
  const start = kernels.used;
  return intercepted(kernels, (_, extents, run) => {
    const { memory, integers } = kernels;
    const before = integers.slice(start, kernels.used);
    memory.fill(Number.NaN, start, kernels.used);
    const copy = (source: Int32Array, modes: readonly Mode[]): void => {
      for (const { mode, from, n } of extents)
        if (modes.includes(mode)) integers.set(source.subarray(from - start, from - start + n), from);
    };
    copy(before, ['reads', 'updates']);
    const result = run();
    const after = integers.slice(start, kernels.used);
    integers.set(before, start);
    copy(after, ['writes', 'updates', 'works in']);
    return result;
  });
}

describe.each([
  ['plain', createReferenceKernels],
  ['fast', createWasmKernels],
] as const)('%s kernels', (_, create) => {
  test.each(CASES)('compute %s by nothing but what the table names', (_name, kernelCases) => {
    for (const kernelCase of kernelCases)
      expect(outputsOf(kernelCase, amongNaN(create()))).toEqual(outputsOf(kernelCase, create()));
  });
});
