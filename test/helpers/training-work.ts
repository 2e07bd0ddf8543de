import { Network } from '../../src/model/network.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { resolveSettings, type Settings, type SettingsInput } from '../../src/settings/settings.js';
import type { TrainingExample } from '../../src/training/examples.js';
import { type Job, Member } from '../../src/training/member.js';
import { orderBatches } from '../../src/training/order.js';
import { planJob, Trainer } from '../../src/training/trainer.js';
import { gradientOf, layOut, randomExamples, weightsOf } from './networks.js';

/** Training on random sentences with a network of any plan, those among them that settings cannot name yet. */
export interface Work {
  readonly settings: Settings;
  readonly examples: readonly TrainingExample[];
  readonly job: Job;
}

export function createWork(plan: NetworkPlan, lengths: readonly number[], given: SettingsInput = {}): Work {
  const settings = resolveSettings(given);
  const examples = randomExamples(plan, lengths, new Random(9)).map((example) => ({
    ...example,
    seenOnce: Uint8Array.from(example.targets, (_, t) => (t % 3 === 0 ? 1 : 0)),
  }));
  return { settings, examples, job: planJob(plan, settings, examples, 1) };
}

/** A trainer whose network has just been initialised. */
export function createTrainer({ settings, examples, job }: Work, leader: Member): Trainer {
  leader.network.initialise(new Random(settings.seed));
  return new Trainer(leader, job, examples, settings);
}

/** A trainer of one thread. */
export function trainAlone(work: Work, kernels: Kernels): { readonly leader: Member; readonly trainer: Trainer } {
  const leader = new Member(kernels, work.job, 0, 1);
  return { leader, trainer: createTrainer(work, leader) };
}

/** The batches of one epoch. */
export function batchesOf({ settings, examples }: Work, epoch: number): number[][] {
  const lengths = examples.map(({ targets }) => targets.length);
  return orderBatches(lengths, settings.batchSize, new Random(settings.seed, epoch));
}

/** In double precision: what the mean loss of some sentences is, and its gradient, by weights laid out as in a block. */
export function meanGradient(
  { examples, job }: Work,
  sentences: readonly number[],
  weights: readonly number[],
): { loss: number; gradient: number[] } {
  const kernels = createDoubleKernels();
  const network = new Network(kernels, job.plan);
  network.initialise(new Random(1));
  kernels.memory.set(weights, network.weights);
  network.pack();
  const setting = layOut(
    network,
    sentences.map((sentence) => examples[sentence]),
  );
  const { loss, gradient } = gradientOf(setting);
  const slopes = [...kernels.memory.subarray(gradient, gradient + network.layout.size)];
  return { loss, gradient: slopes.map((slope) => slope / sentences.length) };
}

/** Everything that training, going back to weights kept, and tagging leave behind. */
export function trainAndTag(work: Work, leader: Member, epochs: number) {
  const trainer = createTrainer(work, leader);
  const losses: number[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (const sentences of batchesOf(work, epoch)) losses.push(trainer.step(epoch, sentences).loss);
  }
  trainer.keep();
  trainer.step(epochs + 1, batchesOf(work, 1)[0]);
  const after = weightsOf(leader.network);
  trainer.restore();
  return { losses, after, weights: weightsOf(leader.network), tags: trainer.predict(work.examples) };
}
