import { epochScoresOf, scoreTagger } from '../../evaluation/score-tagger.js';
import { inheritWeights } from '../../model/growth.js';
import { Network } from '../../model/network.js';
import { Tagger } from '../../model/tagger.js';
import { processorCount } from '../../node/processors.js';
import type { SavedState, StateKeeper } from '../../node/state-file.js';
import { gatherBackgroundTeam, gatherTeam } from '../../node/team.js';
import { at } from '../../numerics/at.js';
import { createKernels } from '../../numerics/fastest.js';
import { measureOf } from '../../text/measure.js';
import { chanceFor } from '../../training/chance.js';
import { type SavingMoment, type TrainingPosition, trainNetwork } from '../../training/loop.js';
import type { TrainingState } from '../../training/state.js';
import { Trainer, trainInBackground } from '../../training/trainer.js';
import { noticesOf, Work } from '../story.js';
import type { TrainEvent } from './events.js';
import type { FinishedNetwork, NetworkResult, NetworkWork, TrainingEnvironment } from './network-work.js';
import type { NetworkTask } from './plan.js';

/** The networks of a model among which one is trained. */
export interface OtherNetworks {
  /** How many are trained at the same time, this one included. */
  readonly together: number;
  /** Returns the networks before this one; undefined as long as one of them is being trained, whose state is saved, not this one's. */
  finished(): readonly FinishedNetwork[] | undefined;
}

/**
 * Trains a network: alone with all threads, or in a thread of its own if others are trained at the same time. Its result is the
 * same.
 *
 * @param index its number among the networks of the model, from 0
 * @param keeper saves the training on the way; undefined if it is not to be saved
 * @param from state to go on from; undefined to begin
 */
export async function* trainOne(
  work: NetworkWork,
  index: number,
  { workers, clock, pause, signal, watch }: TrainingEnvironment,
  { together, finished }: OtherNetworks,
  keeper: StateKeeper | undefined,
  from: SavedState | undefined,
): AsyncGenerator<TrainEvent, NetworkResult, undefined> {
  const { settings, vectors, inputs, initialWeights, run } = work;
  const task = work.tasks[index] ?? at(work.tasks, 0);
  const { job, examples, language, dev } = task;
  const background = together > 1 ? await gatherBackgroundTeam(job) : undefined;
  const team = background ?? (await gatherTeam(job, workers ?? processorCount()));
  try {
    const { network } = team.leader;
    const seed = settings.seed + index;
    const initial = initialWeights?.[index];
    if (vectors) network.setVectors(vectors.numbers);
    if (initial) network.setWeights(initial);
    else if (!from) network.initialise(chanceFor(seed, 'weights'));
    const steps = settings.epochs * Math.ceil(examples.sentences.length / settings.batchSize);
    const seeded = { ...settings, seed };
    const trainer = new Trainer(team.leader, examples, seeded, steps);
    if (from) {
      await from.load(trainer.openState());
      trainer.resume(from.head.steps);
    }
    watch?.(trainer.copyWeights());
    const tagger = new Tagger(language, trainer);
    const makeState = (before: readonly FinishedNetwork[], position: TrainingPosition): TrainingState => ({
      head: {
        ...{ inputs, runs: run?.before, finished: before.map(({ history }) => history) },
        ...{ position, steps: trainer.steps },
      },
      blocks: [
        ...before.map(({ weights }, index) => ({ name: `network ${index + 1}`, numbers: weights })),
        ...trainer.openState(),
      ],
    });
    const save = async (position: TrainingPosition, moment: SavingMoment): Promise<void> => {
      const before = finished();
      if (before) await keeper?.save(moment, () => makeState(before, position));
    };
    const loop = trainNetwork({
      settings: seeded,
      lengths: examples.sentences.map(({ targets }) => targets.length),
      trainer: background ? trainInBackground(trainer, background.ended) : trainer,
      evaluate: () => {
        watch?.(trainer.copyWeights());
        return epochScoresOf(scoreTagger(tagger, dev));
      },
      measure: measureOf(language.scheme),
      pause,
      from: from?.head.position,
      save,
      signal,
    });
    const training = new Work(loop);
    let tokens = 0;
    let seconds = 0;
    let mark = clock();
    for await (const progress of training) {
      const duration = (clock() - mark) / together;
      const warning = keeper?.takeWarning();
      if (warning !== undefined) yield* noticesOf(warning);
      if (progress.kind === 'step') {
        tokens += progress.tokens;
        seconds += duration;
      }
      yield { ...progress, seconds: duration };
      mark = clock();
    }
    const result = await training.result();
    const weights = result.history && commonWeights(trainer.best, task, work);
    return { ...result, tokens, seconds, weights, kernels: await team.close() };
  } finally {
    await team.close();
  }
}

/** Returns the weights of a network with the words and values that all networks of the model know together. */
function commonWeights(weights: Float32Array, { job, language }: NetworkTask, work: NetworkWork): Float32Array {
  if (language === work.language) return weights;
  const own = new Network(createKernels(), job.plan);
  own.setWeights(weights);
  const common = new Network(createKernels(), work.plan);
  inheritWeights({ network: own, language }, { network: common, language: work.language }, 'others');
  return common.copyWeights();
}
