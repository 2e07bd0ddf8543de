import { BatchMemory, type Example, SHARD_SENTENCES } from '../../src/model/batch.js';
import { Network } from '../../src/model/network.js';
import { Pass, tablesOf } from '../../src/model/pass.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import type { Address, Kernels } from '../../src/numerics/kernels.js';
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

/** Sentences of these lengths, longest first, of random ids and tags. */
export function randomExamples(plan: NetworkPlan, lengths: readonly number[], random: Random): Example[] {
  return [...lengths]
    .sort((a, b) => b - a)
    .map((length) => ({
      ids: plan.features.map(({ rows }) => Int32Array.from({ length }, () => random.below(rows))),
      targets: Int32Array.from({ length }, () => random.below(plan.tags)),
    }));
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
  const rows = examples.reduce((sum, { targets }) => sum + targets.length, 0);
  const longest = examples[0]?.targets.length ?? 0;
  const batch = new BatchMemory(network, examples.length, rows, longest, true);
  batch.fill(examples, (example, t, row) => {
    kernels.integers[batch.inputKeys + row] = example * 1000 + t;
    kernels.integers[batch.stateKeys + row] = example * 1000 + t + 500_000;
  });
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
    const width = network.plan.input === 'sum' ? network.widths.recurrence : network.widths.input;
    for (const [table, { table: address, width: columns, column }] of tables.entries()) {
      for (let row = 0; row < shard.steps.N; row++) {
        const id = kernels.integers[(shard.ids[table] as Address) + row] as number;
        const target = gradient + (address - network.weights) + id * columns;
        kernels.add(shard.dInput + row * width + column, target, columns);
      }
    }
  }
  return { loss, gradient };
}
