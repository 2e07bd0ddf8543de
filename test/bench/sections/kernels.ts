import type { Kernels } from '../../../src/numerics/kernels.js';
import type { Random } from '../../../src/numerics/random.js';
import { KERNEL_CASES, type KernelCase } from '../../numerics/kernel-cases.js';
import { built } from '../built.js';
import { Ceiling } from '../ceiling.js';
import type { Figure, Section } from '../section.js';
import { describeOthers, fastestCall, secondsOf, watchOthers } from '../timing.js';

const BATCHES = [16, 32, 64];
const WIDTHS = [128, 256, 512];
/** Each shape takes its turn this many times, and its best turn counts. */
const TURNS = 5;

interface Product {
  readonly name: string;
  readonly operations: number;
  readonly atLeast?: number;
  readonly run: () => void;
}

/** The product in its two forms, over buffers of its own. */
function prepareProduct(kernels: Kernels, batch: number, width: number, isTransposed: boolean): Product {
  const a = kernels.allocate(batch * width);
  const b = kernels.allocate(width * width);
  const c = kernels.allocate(batch * width);
  const sums = kernels.allocate(width * width);
  const scratch = kernels.allocate(Math.min(batch, 256) * (width + 8));
  const panels = kernels.allocate(width * width);
  kernels.fill(a, 1e-3, batch * width);
  kernels.fill(b, 1e-3, width * width);
  kernels.pack(b, panels, width, width);
  const operations = 2 * batch * width * width;
  if (!isTransposed) {
    const run = (): void => kernels.multiply(a, width, panels, c, width, batch, width, width);
    return { name: `product, batch ${batch}, ${width} wide`, operations, atLeast: 75, run };
  }
  const run = (): void => kernels.multiplyTransposed(a, width, a, width, sums, width, batch, width, width, scratch);
  return { name: `product of weight gradients, ${batch} tokens, ${width} wide`, operations, run };
}

async function measureProducts(): Promise<Figure[]> {
  const { createWasmKernels } = await built('numerics/wasm');
  const kernels = createWasmKernels();
  const products = [
    ...BATCHES.flatMap((batch) => WIDTHS.map((width) => prepareProduct(kernels, batch, width, false))),
    prepareProduct(kernels, 160, 128, true),
    prepareProduct(kernels, 160, 256, true),
  ];
  const ceiling = await Ceiling.compile();
  const others = watchOthers();
  const fastest = products.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [index, { run }] of products.entries()) {
      if (index % 3 === 0) ceiling.measure();
      fastest[index] = Math.min(fastest[index] as number, fastestCall(run));
    }
  }
  const busy = describeOthers(others());
  const figures = products.map(({ name, operations, atLeast, run: _ }, index): Figure => {
    const flops = operations / (fastest[index] as number);
    const note = `${gigas(flops)} GFLOP/s`;
    const measured = (100 * flops) / ceiling.flops;
    return { what: name, measured, unit: '% of ceiling', note, ...(atLeast === undefined ? {} : { atLeast }) };
  });
  const note = `multiply then add on 128 bits, best of loops: ${ceiling.name}; ${busy}`;
  return [{ what: 'ceiling of one core', measured: ceiling.flops / 1e9, unit: 'GFLOP/s', note }, ...figures];
}

/** The largest case of each kernel in the table. */
function largestCases(): KernelCase[] {
  const largest = new Map<string, KernelCase>();
  for (const kernelCase of KERNEL_CASES) {
    const kernel = kernelCase.name.replace(/ \d.*/, '');
    const before = largest.get(kernel);
    if (!before || before.elements <= kernelCase.elements) largest.set(kernel, kernelCase);
  }
  return [...largest.values()];
}

/** Calls between two restorations of what a kernel changes in place: few, so that values keep their magnitude. */
const CALLS_A_BLOCK = 8;
/** A call that takes longer than this is timed alone. */
const LONG = 2e-6;
const BLOCKS = 2000;

function measureCase(kernels: Kernels, random: Random, kernelCase: KernelCase): Figure {
  const { used } = kernels;
  const { run, outputs } = kernelCase.prepare(kernels, random);
  const kept = outputs.map(([address, n]) => kernels.memory.slice(address, address + n));
  const fastestOf = (calls: number): number => {
    let fastest = Number.POSITIVE_INFINITY;
    for (let block = 0; block < BLOCKS; block++) {
      for (const [output, [address]] of outputs.entries()) kernels.memory.set(kept[output] as Float32Array, address);
      const seconds = secondsOf(() => {
        for (let call = 0; call < calls; call++) run();
      });
      fastest = Math.min(fastest, seconds / calls);
    }
    return fastest;
  };
  const inBlocks = fastestOf(CALLS_A_BLOCK);
  const fastest = inBlocks > LONG ? fastestOf(1) : inBlocks;
  kernels.release(used);
  const { name, operations, elements } = kernelCase;
  const note = `${(fastest * 1e6).toFixed(2)} µs a call`;
  if (operations) return { what: name, measured: operations / fastest / 1e9, unit: 'GFLOP/s', note };
  return { what: name, measured: elements / fastest / 1e6, unit: 'M elements/s', note };
}

async function measureCases(): Promise<Figure[]> {
  const { createWasmKernels } = await built('numerics/wasm');
  const { Random } = await built('numerics/random');
  const kernels = createWasmKernels();
  return largestCases().map((kernelCase) => measureCase(kernels, new Random(1), kernelCase));
}

function gigas(perSecond: number): string {
  return (perSecond / 1e9).toFixed(1);
}

/** What the kernels reach by themselves, on one core. */
export const sections: Section[] = [
  { name: 'products', run: measureProducts },
  { name: 'kernels', run: measureCases },
];
