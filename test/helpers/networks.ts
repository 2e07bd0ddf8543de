import { BatchMemory, type Example, SHARD_SENTENCES } from '../../src/model/batch.js';
import { Network } from '../../src/model/network.js';
import { inputGradientWidth, Pass, tablesOf } from '../../src/model/pass.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import type { Address, Kernels } from '../../src/numerics/kernels.js';
import { type PlacedParameter, placesOf, writeParameter } from '../../src/numerics/parameters.js';
import { Random } from '../../src/numerics/random.js';

/** A small network of which single properties are changed. */
export function smallPlan(changes: Partial<NetworkPlan> = {}): NetworkPlan {
  return {
    features: [
      { name: 'form', rows: 13, width: 5 },
      { name: 'shape', rows: 4, width: 3 },
    ],
    input: 'sum',
    cell: 'elman',
    direction: 'forward',
    hidden: 6,
    tags: 3,
    decoder: 'softmax',
    dropout: 0,
    ...changes,
  };
}

/** Networks that between them have every cell, input, direction and decoder. */
export const VARIED_PLANS: readonly NetworkPlan[] = [
  smallPlan({ cell: 'elman', input: 'sum', decoder: 'softmax', direction: 'both', hidden: 20 }),
  smallPlan({ cell: 'gru', input: 'concatenate', decoder: 'crf', direction: 'both', dropout: 0.3 }),
  smallPlan({ cell: 'lstm', input: 'sum', decoder: 'crf', direction: 'forward', hidden: 9 }),
  smallPlan({ cell: 'elman', input: 'concatenate', decoder: 'softmax', direction: 'forward', dropout: 0.5 }),
];

/** Sentences of these lengths, longest first, of random ids and tags. */
export function randomExamples(plan: NetworkPlan, lengths: readonly number[], random: Random): Example[] {
  return [...lengths]
    .sort((a, b) => b - a)
    .map((length) => ({
      ids: plan.features.map(({ rows }) => Int32Array.from({ length }, () => random.below(rows))),
      targets: Int32Array.from({ length }, () => random.below(plan.tags)),
    }));
}

/** All parameters, in the order of a checkpoint. */
export function parametersOf({ layout }: Network): PlacedParameter[] {
  return [...layout.tables, ...layout.dense];
}

/** Draws all weights, biases too, evenly from -1 to 1. */
export function drawWeights(network: Network, seed = 1): void {
  const random = new Random(seed);
  network.initialise(random);
  for (const parameter of parametersOf(network)) {
    const count = parameter.shape.reduce((product, n) => product * n, 1);
    const weights = Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
    writeParameter(network.kernels, network.weights, parameter, weights);
  }
  network.pack();
}

/** Sets all weights: those of the parameters named, 0 for all others. */
export function setWeights(network: Network, weights: Readonly<Record<string, ArrayLike<number>>>): void {
  network.initialise(new Random(1));
  for (const parameter of parametersOf(network)) {
    const count = parameter.shape.reduce((product, n) => product * n, 1);
    writeParameter(network.kernels, network.weights, parameter, weights[parameter.name] ?? new Float32Array(count));
  }
  network.pack();
}

/** The weights of one parameter, without padding. */
export function weightsNamed(network: Network, name: string): number[] {
  const parameter = parametersOf(network).find((each) => each.name === name);
  if (!parameter) throw new Error(`no parameter ${name}`);
  return [...placesOf(parameter)].map((place) => network.kernels.memory[network.weights + place]);
}

/** All weights as they lie in memory, padding included. */
export function weightsOf({ kernels, weights, layout }: Network): number[] {
  return [...kernels.memory.subarray(weights, weights + layout.size)];
}

/** A network with a batch in memory, ready to go forward and backward. */
export interface Setting {
  readonly network: Network;
  readonly batch: BatchMemory;
  readonly pass: Pass;
}

export function setUp(kernels: Kernels, plan: NetworkPlan, examples: readonly Example[], seed = 1): Setting {
  const network = new Network(kernels, plan);
  network.initialise(new Random(seed));
  return layOut(network, examples);
}

/** Puts sentences, longest first, in memory for a network. */
export function layOut(network: Network, examples: readonly Example[]): Setting {
  const rows = examples.reduce((sum, { targets }) => sum + targets.length, 0);
  const longest = examples[0]?.targets.length ?? 0;
  const batch = new BatchMemory(network, examples.length, rows, longest, true);
  fillWithKeys(network, batch, examples);
  return { network, batch, pass: new Pass(network, Math.min(rows, SHARD_SENTENCES * longest), longest) };
}

/** Sum of the losses of all sentences, with dropout where the plan has some. */
export function lossOf({ network, batch, pass }: Setting): number {
  const gradient = network.kernels.allocate(network.layout.denseSize);
  let sum = 0;
  for (let index = 0; index < batch.shardCount; index++) {
    const shard = batch.shard(index);
    pass.forward(shard, true);
    sum += pass.loss(shard, 1, gradient);
  }
  network.kernels.release(gradient);
  return sum;
}

/** The gradient of `lossOf` by every weight, laid out as the weights are. */
export function gradientOf({ network, batch, pass }: Setting): { loss: number; gradient: Address } {
  const { kernels, layout } = network;
  const gradient = kernels.allocate(layout.size);
  const tables = tablesOf(network);
  let loss = 0;
  for (let index = 0; index < batch.shardCount; index++) {
    const shard = batch.shard(index);
    pass.forward(shard, true);
    loss += pass.loss(shard, 1, gradient);
    pass.backward(shard, gradient);
    const width = inputGradientWidth(network);
    for (const [table, { table: address, width: columns, column }] of tables.entries()) {
      for (let row = 0; row < shard.steps.N; row++) {
        const id = kernels.integers[(shard.ids[table] as Address) + row] as number;
        const target = gradient + (address - network.weights) + id * columns;
        const dRow = shard.dInput + row * width;
        if (network.projection) addThroughProduct(network, table, address + id * columns, dRow, target, gradient);
        else kernels.add(dRow + column, target, columns);
      }
    }
  }
  return { loss, gradient };
}

/** Adds the gradients of one row of a table, and of its part of the product, from that of what the row gave. */
function addThroughProduct(
  network: Network,
  table: number,
  row: Address,
  dProduct: Address,
  dRow: Address,
  gradient: Address,
): void {
  const { kernels, layout, plan, widths } = network;
  const { width } = layout.tables[table] as { width: number };
  const part = kernels.allocate(width);
  network.projection?.multiplyBack(table, dProduct, part, 1);
  kernels.add(part, dRow, width);
  kernels.release(part);
  const scratch = kernels.allocate(width + 8);
  const weights = gradient + network.offsetOf(`input.${plan.features[table]?.name}.weights`);
  const { recurrence } = widths;
  kernels.multiplyTransposed(row, width, dProduct, recurrence, weights, recurrence, 1, width, recurrence, scratch);
  kernels.release(scratch);
}

/** Puts examples in a batch, each token with keys of its own for dropout. */
export function fillWithKeys(network: Network, batch: BatchMemory, examples: readonly Example[]): void {
  const { integers } = network.kernels;
  batch.fill(examples, (example, t, row) => {
    integers[batch.inputKeys + row] = example * 1000 + t + 1;
    integers[batch.stateKeys + row] = example * 1000 + t + 500_000;
  });
}
