import { Network } from '../../src/model/network.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import { Random } from '../../src/numerics/random.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { resolveSettings, type Settings, type SettingsInput } from '../../src/settings/settings.js';
import type { TrainingExamples } from '../../src/training/examples.js';
import { type Job, Member } from '../../src/training/member.js';
import { orderBatches } from '../../src/training/order.js';
import { planJob, Trainer } from '../../src/training/trainer.js';
import { gradientOf } from './network-gradient.js';
import { layOut, randomExamples, weightsOf } from './networks.js';
import { PlanLexicon } from './plan-lexicon.js';

/** Training on random sentences with a network of any plan, those among them that settings cannot name yet. */
export interface Work {
  readonly settings: Settings;
  readonly examples: TrainingExamples;
  readonly job: Job;
}

export function createWork(plan: NetworkPlan, lengths: readonly number[], given: SettingsInput = {}): Work {
  const settings = resolveSettings(given, 'textbook');
  const lexicon = new PlanLexicon(plan);
  const seenOnce = Uint8Array.from({ length: lexicon.size }, (_, word) => (word % 3 === 0 ? 1 : 0));
  const sentences = randomExamples(plan, lengths, new Random(9));
  const tagSets = { sets: [], isMostlyOutside: [], outside: 0 };
  return {
    settings,
    examples: { lexicon, seenOnce, sentences, hidden: {}, tagSets },
    job: planJob(plan, settings, sentences, 1),
  };
}

/** How many steps the whole training is said to have; it matters only where the learning rate falls. */
const STEPS = 100;

/** A trainer whose network has just been initialised. */
export function createTrainer({ settings, examples }: Work, leader: Member): Trainer {
  leader.network.initialise(new Random(settings.seed));
  return new Trainer(leader, examples, settings, STEPS);
}

/** A trainer of one thread. */
export function trainAlone(work: Work, kernels: Kernels): { readonly leader: Member; readonly trainer: Trainer } {
  const leader = new Member(kernels, work.job, 0, 1);
  return { leader, trainer: createTrainer(work, leader) };
}

/** The batches of one epoch. */
export function batchesOf({ settings, examples }: Work, epoch: number): number[][] {
  const lengths = examples.sentences.map(({ targets }) => targets.length);
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
    sentences.map((sentence) => examples.sentences[sentence]),
  );
  const { loss, gradient } = gradientOf(setting);
  const slopes = [...kernels.memory.subarray(gradient, gradient + network.layout.size)];
  return { loss, gradient: slopes.map((slope) => slope / sentences.length) };
}

/** Everything that training, going back to weights kept, and tagging leave behind. */
export function trainAndTag(work: Work, leader: Member, epochs: number) {
  const trainer = createTrainer(work, leader);
  const { sentences, lexicon } = work.examples;
  const losses: number[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (const batch of batchesOf(work, epoch)) losses.push(trainer.step(epoch, batch).loss);
  }
  trainer.keep();
  trainer.step(epochs + 1, batchesOf(work, 1)[0]);
  const after = weightsOf(leader.network);
  trainer.restore();
  return { losses, after, weights: weightsOf(leader.network), tags: trainer.predict(sentences, lexicon) };
}
