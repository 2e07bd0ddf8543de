import { built } from '../built.js';
import type { Figure, Section } from '../section.js';
import { profileSteps } from '../step-profile.js';
import { describeOthers, median, secondsOf, watchOthers } from '../timing.js';
import { TrainingRun } from '../training-run.js';
import { makeWorkload, readBenchCorpus, type Workload } from '../workload.js';

const STEPS = 5;
/** Steps of the fast kernels for one of the plain ones. */
const FAST_STEPS = 10;

/** How the one-hot vectors reach the recurrence. */
const INPUTS = [
  { name: 'rows side by side, then a product', input: 'concatenate' },
  { name: 'rows summed into the recurrence', input: 'sum' },
] as const;

function workloadOf(input: 'concatenate' | 'sum', batchCount: number): Workload {
  return makeWorkload({ sentences: readBenchCorpus(), inputs: 'all', input, batchCount });
}

/** Steps on the same batches by turns, so that what disturbs one disturbs the other. */
async function compareWithReference(name: string, workload: Workload): Promise<Figure> {
  const { createWasmKernels } = await built('numerics/wasm');
  const { createReferenceKernels } = await built('numerics/reference');
  const fast = await TrainingRun.alone(createWasmKernels(), workload);
  const plain = await TrainingRun.alone(createReferenceKernels(), workload);
  for (let step = 0; step < workload.batches.length; step++) fast.step();
  plain.step();
  const others = watchOthers();
  const speeds = { fast: [] as number[], plain: [] as number[] };
  for (let round = 0; round < STEPS; round++) {
    speeds.plain.push(speedOf(plain, 1));
    speeds.fast.push(speedOf(fast, FAST_STEPS));
  }
  const [fastSpeed, plainSpeed] = [median(speeds.fast), median(speeds.plain)];
  return {
    what: `step, ${name}: WebAssembly against plain TypeScript`,
    measured: fastSpeed / plainSpeed,
    unit: 'x',
    atLeast: 8,
    note: `${thousands(fastSpeed)} against ${thousands(plainSpeed)} tokens/s; ${describeOthers(others())}`,
  };
}

function speedOf(run: TrainingRun, steps: number): number {
  let tokens = 0;
  const seconds = secondsOf(() => {
    for (let step = 0; step < steps; step++) tokens += run.step();
  });
  return tokens / seconds;
}

/** The stages of a step in per cent of its time. */
async function profile(name: string, workload: Workload): Promise<Figure[]> {
  const { createWasmKernels } = await built('numerics/wasm');
  const passes = 5;
  const seconds = await profileSteps(createWasmKernels(), workload, passes);
  const whole = [...seconds.values()].reduce((sum, part) => sum + part, 0);
  const steps = passes * workload.batches.length;
  return [...seconds].map(([stage, part]) => ({
    what: `${name}: ${stage}`,
    measured: (100 * part) / whole,
    unit: '%',
    note: `${((1e6 * part) / steps).toFixed(0)} of ${((1e6 * whole) / steps).toFixed(0)} µs`,
  }));
}

function thousands(value: number): string {
  return `${(value / 1000).toPrecision(3)}k`;
}

/** Whole training steps of an Elman network of 128 both ways, in batches of 32, on one core. */
export const sections: Section[] = [
  {
    name: 'step',
    async run() {
      const figures: Figure[] = [];
      for (const { name, input } of INPUTS) figures.push(await compareWithReference(name, workloadOf(input, 10)));
      return figures;
    },
  },
  {
    name: 'profile',
    async run() {
      const figures: Figure[] = [];
      for (const { name, input } of INPUTS) figures.push(...(await profile(name, workloadOf(input, 60))));
      return figures;
    },
  },
];
