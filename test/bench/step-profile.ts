import { performance } from 'node:perf_hooks';
import type { Kernels } from '../../src/numerics/kernels.js';
import { TrainingRun } from './training-run.js';
import type { Workload } from './workload.js';

/** Seconds by stage of a step. */
export type StageSeconds = ReadonlyMap<string, number>;

type KernelName = {
  [Name in keyof Kernels]: Kernels[Name] extends (...values: never[]) => unknown ? Name : never;
}[keyof Kernels];

/** What each kernel that a shard calls works for; products are told apart by the matrix. */
const STAGES: Partial<Record<KernelName, string>> = {
  gather: 'input rows',
  gatherAdd: 'input rows',
  elmanForward: 'recurrence forward',
  lstmForward: 'recurrence forward',
  gruForward: 'recurrence forward',
  softmax: 'loss',
  crossEntropy: 'loss',
  crossEntropyBackward: 'loss',
  crossEntropyOfSets: 'loss',
  crfPotentials: 'loss',
  crfLoss: 'loss',
  crfLossOfSets: 'loss',
  crfGradient: 'loss',
  elmanBackward: 'recurrence backward',
  lstmBackward: 'recurrence backward',
  gruBackward: 'recurrence backward',
  multiplyTransposed: 'weight gradients',
  addRowSums: 'weight gradients',
  fillRows: 'biases, copies, clearing',
  copyRows: 'biases, copies, clearing',
  fill: 'biases, copies, clearing',
  dropout: 'dropout',
};

/** The stages in the order of a step. */
const ORDER = [
  'batch making',
  'input rows',
  'input product',
  'recurrence forward',
  'output',
  'loss',
  'recurrence backward',
  'word gradients',
  'input gradient',
  'row gradients',
  'weight gradients',
  'biases, copies, clearing',
  'dropout',
  'calls in a shard',
  'reduction',
  'update',
  'packing',
  'the rest',
];

/** Adds up the time of calls by stage, less what the clock itself takes. */
class StageClock {
  readonly seconds = new Map<string, number>();
  readonly #cost = clockCost();

  wrap<Values extends unknown[], Result>(
    call: (...values: Values) => Result,
    stageOf: (values: Values) => string,
  ): (...values: Values) => Result {
    return (...values) => {
      const began = performance.now();
      const result = call(...values);
      this.add(stageOf(values), (performance.now() - began) / 1000 - this.#cost);
      return result;
    };
  }

  add(stage: string, seconds: number): void {
    this.seconds.set(stage, (this.seconds.get(stage) ?? 0) + seconds);
  }

  get(stage: string): number {
    return this.seconds.get(stage) ?? 0;
  }
}

function clockCost(): number {
  const calls = 100_000;
  const began = performance.now();
  for (let call = 0; call < calls; call++) performance.now();
  return (performance.now() - began) / 1000 / calls;
}

/**
 * Trains with a clock around the kernels that shards call, and around the phases of a step, whose kernels are called
 * too often for a clock.
 */
export async function profileSteps(kernels: Kernels, workload: Workload, passes: number): Promise<StageSeconds> {
  const clock = new StageClock();
  const matrices = new Map<number, string>();
  const clocked: Kernels = Object.create(kernels);
  let isInShard = false;
  for (const [name, stage] of Object.entries(STAGES) as [KernelName, string][]) {
    const call = kernels[name] as (...values: number[]) => unknown;
    const timed = clock.wrap(call, () => stage);
    const value = (...values: number[]): unknown => (isInShard ? timed : call)(...values);
    Object.defineProperty(clocked, name, { value });
  }
  const product = clock.wrap(kernels.multiply, (values) => matrices.get(values[2]) ?? 'other products');
  Object.defineProperty(clocked, 'multiply', {
    value: (...values: Parameters<Kernels['multiply']>) => (isInShard ? product : kernels.multiply)(...values),
  });
  const run = await TrainingRun.alone(clocked, workload);
  const { leader } = run;
  const { panels, transposed } = leader.network.panelsOf('output');
  matrices.set(panels, 'output').set(transposed, 'output');
  const computeShard = clock.wrap(leader.step.computeShard.bind(leader.step), () => 'shards');
  leader.step.computeShard = (...values) => {
    isInShard = true;
    computeShard(...values);
    isInShard = false;
  };
  const { step, network } = leader;
  step.multiplyWords = clock.wrap(step.multiplyWords.bind(step), () => 'input product');
  step.reduceWords = clock.wrap(step.reduceWords.bind(step), () => 'word gradients');
  step.addInputWeights = clock.wrap(step.addInputWeights.bind(step), () => 'input gradient');
  step.reduceRows = clock.wrap(step.reduceRows.bind(step), () => 'row gradients');
  step.reduceDense = clock.wrap(step.reduceDense.bind(step), () => 'reduction');
  step.updateDense = clock.wrap(step.updateDense.bind(step), () => 'update');
  step.updateRows = clock.wrap(step.updateRows.bind(step), () => 'update');
  network.packMatrix = clock.wrap(network.packMatrix.bind(network), () => 'packing');
  leader.train = clock.wrap(leader.train.bind(leader), () => 'train');
  const whole = clock.wrap(
    () => run.pass(),
    () => 'whole',
  );
  run.pass();
  clock.seconds.clear();
  for (let pass = 0; pass < passes; pass++) whole();
  return finish(clock);
}

/** Turns the time of phases into what no stage inside them explains. */
function finish(clock: StageClock): StageSeconds {
  const phases = [
    'input product',
    'word gradients',
    'input gradient',
    'row gradients',
    'reduction',
    'update',
    'packing',
  ];
  const sumOf = (stages: readonly string[]): number => stages.reduce((sum, stage) => sum + clock.get(stage), 0);
  const inShards = [...clock.seconds.keys()].filter(
    (stage) => !['shards', 'train', 'whole', ...phases].includes(stage),
  );
  clock.add('calls in a shard', clock.get('shards') - sumOf(inShards));
  clock.add('batch making', clock.get('whole') - clock.get('train'));
  clock.add('the rest', clock.get('train') - sumOf(['shards', ...phases]));
  return new Map(ORDER.filter((stage) => clock.seconds.has(stage)).map((stage) => [stage, clock.get(stage)]));
}
