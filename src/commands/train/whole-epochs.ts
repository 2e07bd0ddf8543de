import type { History } from '../../model/model.js';
import { processorCount } from '../../node/processors.js';
import { gatherBackgroundTeam, gatherTeam } from '../../node/team.js';
import { WHOLE_RATE, wholeEpochsAfter } from '../../settings/training.js';
import { trainEpochs } from '../../training/epochs.js';
import type { StopReason } from '../../training/loop.js';
import { Trainer, trainInBackground } from '../../training/trainer.js';
import { Work } from '../story.js';
import type { TrainEvent } from './events.js';
import type { FinishedNetwork, NetworkWork, TrainingEnvironment } from './network-work.js';
import type { NetworkTask } from './plan.js';

/** The work of a network on all sentences. */
type WholeTask = Pick<NetworkTask, 'job' | 'examples'>;

/** A network of folds whose own epochs have ended. */
interface TrainedOnFolds {
  /** Its number among the networks of the model, from 0. */
  readonly index: number;
  /** The weights of its best epoch, as they lie in the block of a network of the common plan. */
  readonly weights: Float32Array;
  readonly history: History;
  /** The number of steps that it has taken. */
  readonly steps: number;
}

/**
 * Returns the number of epochs over all sentences, and of their steps.
 *
 * @param epochs the number of those before them
 */
export function stepsOnAll(
  { settings }: Pick<NetworkWork, 'settings'>,
  { examples }: Pick<WholeTask, 'examples'>,
  epochs: number,
): { readonly epochs: number; readonly steps: number } {
  const whole = wholeEpochsAfter(settings, epochs);
  return { epochs: whole, steps: whole * Math.ceil(examples.sentences.length / settings.batchSize) };
}

/**
 * Trains a network of folds on all sentences, those that it held out included, because every label counts where there are few. It
 * begins with a smaller learning rate, and ends with its last weights: no sentence is left by which an epoch could be chosen.
 *
 * @param others `together` is how many networks are trained at the same time; `save` saves the training as it was before, since
 *   these epochs are taken again if it is stopped among them
 */
export async function* trainOnAll(
  { settings, vectors }: NetworkWork,
  task: WholeTask,
  { index, weights, history, steps: stepsBefore }: TrainedOnFolds,
  { workers, clock, pause, signal }: TrainingEnvironment,
  others: { readonly together: number; readonly save: () => Promise<void> },
): AsyncGenerator<TrainEvent, FinishedNetwork, undefined> {
  const { job, examples } = task;
  const { learningRate } = settings;
  const before = history.epochs.length;
  const { epochs: count, steps: all } = stepsOnAll({ settings }, task, before);
  const background = others.together > 1 ? await gatherBackgroundTeam(job) : undefined;
  const team = background ?? (await gatherTeam(job, workers ?? processorCount()));
  try {
    const { network } = team.leader;
    if (vectors) network.setVectors(vectors.numbers);
    network.setWeights(weights);
    const rates = { learningRate: WHOLE_RATE * learningRate, warmup: undefined };
    const seeded = { ...settings, ...rates, seed: settings.seed + index };
    const trainer = new Trainer(team.leader, examples, seeded, all);
    const steps = background ? trainInBackground(trainer, background.ended) : trainer;
    const lengths = examples.sentences.map(({ targets }) => targets.length);
    const speed = { tokens: 0, seconds: 0 };
    const stop = async (stopped: StopReason): Promise<FinishedNetwork> => {
      return { stopped, history, weights, heldOutWeights: undefined, ...speed, kernels: await team.close() };
    };
    let mark = clock();
    let taken = 0;
    const epochs = before + count;
    const options = { trainer: steps, lengths, settings: seeded, first: before + 1, last: epochs, pause, signal };
    const training = new Work(trainEpochs(options));
    for await (const step of training) {
      taken++;
      const seconds = (clock() - mark) / others.together;
      mark = clock();
      speed.tokens += step.tokens;
      speed.seconds += seconds;
      yield { ...step, kind: 'step', epochs, place: stepsBefore + taken, places: stepsBefore + all, seconds };
      const { epoch, loss } = step;
      if (step.step === step.stepsAnEpoch) yield { kind: 'whole-epoch', epoch, epochs, loss };
    }
    const stopped = await training.result();
    if (stopped === 'aborted') await others.save();
    if (stopped !== 'completed') return stop(stopped);
    if (!trainer.isFinite()) return stop('diverged');
    trainer.beginScoring();
    return {
      ...{ stopped: 'completed', history: { ...history, wholeEpochs: count }, ...speed },
      ...{ weights: trainer.copyWeights(), heldOutWeights: weights, kernels: await team.close() },
    };
  } finally {
    await team.close();
  }
}
