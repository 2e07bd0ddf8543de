import { inheritWeights } from '../../model/growth.js';
import type { Language } from '../../model/language.js';
import { Network } from '../../model/network.js';
import { processorCount } from '../../node/processors.js';
import { gatherTeam } from '../../node/team.js';
import { createKernels } from '../../numerics/fastest.js';
import type { Settings } from '../../settings/settings.js';
import { counted, grouped } from '../../text/counts.js';
import { chanceFor } from '../../training/chance.js';
import { trainEpochs } from '../../training/epochs.js';
import { Trainer } from '../../training/trainer.js';
import { hideWords } from '../../training/word-guessing.js';
import { LONGEST_SAMPLED } from '../../words/sentence-sample.js';
import { type Notice, noticesOf, Work } from '../story.js';
import type { NetworkWork, Pretraining, TrainingEnvironment } from './network-work.js';
import { type NetworkTask, planTraining } from './plan.js';

/** The factor of the learning rate with which a network learns to guess words. */
const GUESSING_RATE = 0.6;

/** The sentences of a batch, and how often words that are shown lose their form or their clusters. */
const GUESSING = { batchSize: 16, formDropout: 0.1, clusterDropout: 0.1 } as const;

/** A network that has learnt to guess words, and the language in which it does. */
export interface PretrainedNetwork {
  readonly network: Network;
  readonly language: Language;
}

/**
 * Trains a network to guess words that are hidden in raw text, so that others can begin with what it has learnt of sentences.
 *
 * @param work the networks to train, whose language has clusters
 * @returns undefined if there is nothing to learn from; why the training ended, if it was stopped or came to no finite weights
 */
export async function* pretrain(
  { sample, epochs }: Pretraining,
  { settings, language, vectors }: Pick<NetworkWork, 'settings' | 'language' | 'vectors'>,
  { workers, pause, signal }: Pick<TrainingEnvironment, 'workers' | 'pause' | 'signal'>,
): AsyncGenerator<Notice, PretrainedNetwork | 'aborted' | 'diverged' | undefined, undefined> {
  const { clusters } = language.features.knowledge;
  if (!clusters) throw new Error('there are no clusters to guess');
  const { sentences, seen, leftOut } = sample;
  yield* noticesOf(
    `raw text: a network learns to guess hidden words of ${grouped(sentences.length)} of ${counted(seen + leftOut, 'sentence')}, those of the corpus included`,
  );
  if (leftOut > 0)
    yield* noticesOf(
      `raw text: sentences of one word, or of more than ${LONGEST_SAMPLED}, are left out of that: ${grouped(leftOut)}`,
    );
  if (sentences.length === 0) return undefined;
  const guessing = hideWords(sentences, language, clusters, chanceFor(settings.seed, 'guessedWords'));
  const learningRate = GUESSING_RATE * settings.learningRate;
  const own: Settings = { ...settings, ...GUESSING, decoder: 'softmax', epochs, average: 0, networks: 1, learningRate };
  const nothing = { sentences: [], scheme: guessing.language.scheme };
  const corpora = { train: guessing.sentences, dev: nothing, test: undefined, oldDev: undefined };
  const { job, examples } = planTraining(own, guessing.language, corpora, vectors);
  const team = await gatherTeam(job, workers ?? processorCount());
  try {
    const { network } = team.leader;
    if (vectors) network.setVectors(vectors.numbers);
    network.initialise(chanceFor(settings.seed, 'weights'));
    const lengths = examples.sentences.map(({ targets }) => targets.length);
    const steps = epochs * Math.ceil(lengths.length / own.batchSize);
    const trainer = new Trainer(team.leader, examples, own, steps);
    const training = new Work(trainEpochs({ trainer, lengths, settings: own, first: 1, last: epochs, pause, signal }));
    for await (const { epoch, step, stepsAnEpoch, loss } of training)
      if (step === stepsAnEpoch) yield* noticesOf(`raw text: epoch ${epoch}/${epochs}: loss ${loss.toFixed(3)}`);
    const stopped = await training.result();
    if (stopped === 'aborted') return stopped;
    if (stopped === 'diverged' || !trainer.isFinite()) return 'diverged';
    trainer.beginScoring();
    const learnt = new Network(createKernels(), job.plan);
    learnt.setWeights(trainer.copyWeights());
    return { network: learnt, language: guessing.language };
  } finally {
    await team.close();
  }
}

/** Returns the weights with which a network begins: what another has learnt of words and sentences, and drawn ones for its tags. */
export function pretrainedWeights(
  pretrained: PretrainedNetwork,
  { job, language }: Pick<NetworkTask, 'job' | 'language'>,
  seed: number,
): Float32Array {
  const network = new Network(createKernels(), job.plan);
  network.initialise(chanceFor(seed, 'weights'));
  inheritWeights(pretrained, { network, language }, { lacking: 'stay' });
  return network.copyWeights();
}
