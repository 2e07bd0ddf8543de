import { processorCount } from '../../node/processors.js';
import { gatherBackgroundTeam, gatherTeam } from '../../node/team.js';
import { WHOLE_RATE } from '../../settings/training.js';
import { chanceFor } from '../../training/chance.js';
import type { StopReason } from '../../training/loop.js';
import { orderBatches } from '../../training/order.js';
import { Trainer, trainInBackground } from '../../training/trainer.js';
import type { TrainEvent } from './events.js';
import type { NetworkResult, NetworkWork, TrainingEnvironment } from './network-work.js';
import type { NetworkTask } from './plan.js';

type WholeResult = Pick<NetworkResult, 'tokens' | 'seconds' | 'kernels'> & {
  readonly stopped: StopReason;
  /** The weights after the last epoch; those that were given if it did not come to its end. */
  readonly weights: Float32Array;
  /** Undefined if the last epoch did not come to its end. */
  readonly wholeEpochs: number | undefined;
};

/**
 * Trains a network of folds on all sentences, those that it held out included: what it has not seen serves to score it, but is
 * too dear to be left unlearnt where there are few sentences. No epoch is chosen, since no sentence is left to choose by.
 *
 * @param index the number of the network among those of the model, from 0
 * @param weights those of its best epoch, as they lie in the block of a network of the common plan
 * @param others `together` is how many networks are trained at the same time; `save` saves the training as it was before, since
 *   these few epochs are taken again where it is stopped among them
 */
export async function* trainOnAll(
  { settings, vectors }: NetworkWork,
  { job, examples }: Pick<NetworkTask, 'job' | 'examples'>,
  index: number,
  weights: Float32Array,
  { workers, clock, pause, signal }: TrainingEnvironment,
  others: { readonly together: number; readonly save: () => Promise<void> },
): AsyncGenerator<TrainEvent, WholeResult, undefined> {
  const { epochs, wholeEpochs = 0, batchSize, learningRate } = settings;
  const background = others.together > 1 ? await gatherBackgroundTeam(job) : undefined;
  const team = background ?? (await gatherTeam(job, workers ?? processorCount()));
  try {
    const { network } = team.leader;
    if (vectors) network.setVectors(vectors.numbers);
    network.setWeights(weights);
    const seeded = { ...settings, seed: settings.seed + index, learningRate: WHOLE_RATE * learningRate };
    const lengths = examples.sentences.map(({ targets }) => targets.length);
    const stepsAnEpoch = Math.ceil(lengths.length / batchSize);
    const trainer = new Trainer(team.leader, examples, seeded, wholeEpochs * stepsAnEpoch);
    const steps = background ? trainInBackground(trainer, background.ended) : trainer;
    const speed = { tokens: 0, seconds: 0 };
    const stop = async (stopped: StopReason): Promise<WholeResult> => {
      return { stopped, weights, wholeEpochs: undefined, ...speed, kernels: await team.close() };
    };
    let mark = clock();
    for (let epoch = epochs + 1; epoch <= epochs + wholeEpochs; epoch++) {
      let lossSum = 0;
      let trained = 0;
      for (const [step, sentences] of orderBatches(
        lengths,
        batchSize,
        chanceFor(seeded.seed, 'order', epoch),
      ).entries()) {
        await pause();
        if (signal?.aborted) {
          await others.save();
          return stop('aborted');
        }
        const { loss, tokens } = await steps.step(epoch, sentences);
        if (!Number.isFinite(loss)) return stop('diverged');
        lossSum += loss;
        trained += sentences.length;
        const seconds = (clock() - mark) / others.together;
        mark = clock();
        speed.tokens += tokens;
        speed.seconds += seconds;
        yield {
          ...{ kind: 'step', epoch, epochs: epochs + wholeEpochs, step: step + 1, stepsAnEpoch, tokens },
          ...{ loss: lossSum / trained, seconds },
        };
      }
      yield { kind: 'whole-epoch', epoch, epochs: epochs + wholeEpochs, loss: lossSum / trained };
    }
    if (!trainer.isFinite()) return stop('diverged');
    trainer.beginScoring();
    return { stopped: 'completed', weights: trainer.copyWeights(), wholeEpochs, ...speed, kernels: await team.close() };
  } finally {
    await team.close();
  }
}
