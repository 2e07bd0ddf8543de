import { type Example, SHARD_SENTENCES } from '../../src/model/batch.js';
import type { Lexicon } from '../../src/model/lexicon.js';
import { Network } from '../../src/model/network.js';
import { READINGS } from '../../src/model/parts/letters.js';
import { Pass } from '../../src/model/pass.js';
import type { NetworkPlan, PlannedTable } from '../../src/model/plan.js';
import { TrainingBatch } from '../../src/model/training-batch.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import { type PlacedParameter, placesOf, writeParameter } from '../../src/numerics/parameters.js';
import { Random } from '../../src/numerics/random.js';
import { PlanLexicon } from './plan-lexicon.js';

/** A table of a plan: one-hot, unless told otherwise; the form's may be hidden. */
export function plannedTable(
  name: string,
  rows: number,
  width: number,
  changes: Partial<PlannedTable> = {},
): PlannedTable {
  return { name, part: 'oneHot', rows, named: 1, width, hideable: name === 'form' ? 'form' : undefined, ...changes };
}

/** A small network of which single properties are changed; each tag may follow each, unless told otherwise. */
export function smallPlan(changes: Partial<NetworkPlan> = {}): NetworkPlan {
  const tags = changes.tags ?? 3;
  return {
    tables: [plannedTable('form', 13, 5), plannedTable('shape', 4, 3)],
    input: 'sum',
    cell: 'elman',
    direction: 'forward',
    layers: 1,
    hidden: 6,
    tags,
    decoder: 'softmax',
    window: 0,
    inputDropout: 0,
    dropout: 0,
    allowed: new Uint8Array((tags + 2) * tags).fill(1),
    ...changes,
  };
}

/** The same with rows that are given beside the others. */
export function withVectors(changes: Partial<NetworkPlan> = {}): NetworkPlan {
  const plan = smallPlan({ input: 'concatenate', ...changes });
  return { ...plan, tables: [...plan.tables, plannedTable('vectors', 7, 10, { part: 'vectors' })] };
}

/** The same with letters, which two small recurrent networks read. */
export function withLetters(changes: Partial<NetworkPlan> = {}): NetworkPlan {
  const plan = smallPlan({ input: 'concatenate', ...changes });
  const trained = plan.tables.filter(({ part }) => part !== 'vectors');
  return { ...plan, tables: [...trained, lettersTable(11, 7, 4), ...plan.tables.slice(trained.length)] };
}

/** The same with two tables of clusters. */
export function withClusters(changes: Partial<NetworkPlan> = {}): NetworkPlan {
  const plan = smallPlan(changes);
  const tables = [3, 9].map((rows, index) =>
    plannedTable(`clusters${index + 1}`, rows, 4, { part: 'clusters', hideable: 'clusters' }),
  );
  return { ...plan, tables: [...plan.tables, ...tables] };
}

/** A table of letters, of which a word names as many each way. */
export function lettersTable(rows: number, width: number, letters: number): PlannedTable {
  return plannedTable('letters', rows, width, { part: 'letters', named: READINGS.length * letters });
}

/** Networks that between them have every cell, input, direction and decoder, layers, windows, given rows, letters and both dropouts. */
export const VARIED_PLANS: readonly NetworkPlan[] = [
  smallPlan({ cell: 'elman', input: 'sum', decoder: 'softmax', direction: 'both', hidden: 20 }),
  smallPlan({
    cell: 'gru',
    input: 'concatenate',
    decoder: 'crf',
    direction: 'both',
    window: 1,
    inputDropout: 0.4,
    dropout: 0.3,
  }),
  smallPlan({ cell: 'lstm', input: 'sum', decoder: 'crf', direction: 'forward', hidden: 9 }),
  smallPlan({ cell: 'elman', input: 'concatenate', decoder: 'softmax', direction: 'forward', dropout: 0.5 }),
  smallPlan({ cell: 'elman', input: 'concatenate', decoder: 'softmax', direction: 'both', window: 2, layers: 2 }),
  smallPlan({ cell: 'feedforward', input: 'concatenate', decoder: 'crf', window: 1 }),
  withVectors({ cell: 'gru', input: 'concatenate', decoder: 'crf', window: 1, inputDropout: 0.4 }),
  withLetters({ cell: 'gru', input: 'concatenate', decoder: 'crf', window: 1, inputDropout: 0.4 }),
  withLetters(withVectors({ cell: 'elman', input: 'concatenate', decoder: 'crf' })),
  withClusters({ cell: 'gru', input: 'concatenate', decoder: 'crf', window: 1 }),
  withClusters({ cell: 'elman', input: 'sum' }),
];

/** Sentences of these lengths, longest first, of random words of the plan's lexicon and random tags. */
export function randomExamples(plan: NetworkPlan, lengths: readonly number[], random: Random): Example[] {
  const { size } = new PlanLexicon(plan);
  return [...lengths]
    .sort((a, b) => b - a)
    .map((length) => ({
      words: Int32Array.from({ length }, () => random.below(size)),
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
  for (const { shape } of network.layout.given)
    network.setVectors(Float32Array.from({ length: (shape[0] - 1) * shape[1] }, () => 2 * random.uniform() - 1));
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
  readonly batch: TrainingBatch;
  readonly pass: Pass;
}

export function setUp(kernels: Kernels, plan: NetworkPlan, examples: readonly Example[], seed = 1): Setting {
  const network = new Network(kernels, plan);
  network.initialise(new Random(seed));
  for (const { shape } of network.layout.given)
    network.setVectors(
      Float32Array.from({ length: (shape[0] - 1) * shape[1] }, (_, index) => ((index * 7) % 11) / 10 - 0.5),
    );
  return layOut(network, examples);
}

/**
 * Puts sentences, longest first, in memory for a network, their words multiplied out.
 *
 * @param lexicon whose words they are
 */
export function layOut(network: Network, examples: readonly Example[], lexicon?: Lexicon): Setting {
  const rows = examples.reduce((sum, { targets }) => sum + targets.length, 0);
  const longest = examples[0]?.targets.length ?? 0;
  const batch = new TrainingBatch(network, { sentences: examples.length, rows, longest, words: rows });
  fillBatch(network, batch, examples, lexicon);
  return { network, batch, pass: new Pass(network, Math.min(rows, SHARD_SENTENCES * longest), longest) };
}

/**
 * Fills a batch from the first token on, each word with a place of its own and each token and word with a key of its
 * own for dropout, and multiplies the words out.
 */
export function fillBatch(
  network: Network,
  batch: TrainingBatch,
  examples: readonly Example[],
  lexicon: Lexicon = new PlanLexicon(network.plan),
): void {
  const { integers } = network.kernels;
  const { words } = batch;
  const slots = new Map<number, number>();
  batch.fill(examples, (example, t, row) => {
    integers[batch.stateKeys + row] = example * 1000 + t + 500_000;
    const word = examples[example].words[t];
    const slot = slots.get(word) ?? slots.size;
    slots.set(word, slot);
    words.named.set(slot, lexicon, word);
    integers[words.keys + slot] = word + 1;
    return slot;
  });
  words.count = slots.size;
  words.multiply(0, words.count, true);
}
