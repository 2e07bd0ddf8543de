import { epochScoresOf, scoreTagger } from '../../evaluation/score-tagger.js';
import { inheritWeights } from '../../model/growth.js';
import { Network } from '../../model/network.js';
import { Tagger } from '../../model/tagger.js';
import { processorCount } from '../../node/processors.js';
import { gatherBackgroundTeam, gatherTeam } from '../../node/team.js';
import { at } from '../../numerics/at.js';
import { createKernels } from '../../numerics/fastest.js';
import { measureOf } from '../../text/measure.js';
import { chanceFor } from '../../training/chance.js';
import { type TrainingPosition, trainNetwork } from '../../training/loop.js';
import { Trainer, trainInBackground } from '../../training/trainer.js';
import { noticesOf, Work } from '../story.js';
import type { TrainEvent } from './events.js';
import { copyState, type JointState, type NetworkState } from './joint-state.js';
import {
  endedWell,
  type FinishedNetwork,
  type NetworkResult,
  type NetworkWork,
  type TrainingEnvironment,
} from './network-work.js';
import type { NetworkTask } from './plan.js';
import { stepsOnAll, trainOnAll } from './whole-epochs.js';

/** The networks of a model among which one is trained. */
export interface OtherNetworks {
  /** How many are trained at the same time, this one included. */
  readonly together: number;
  /** Returns the networks that have ended, up to the first that has not. */
  finished(): readonly FinishedNetwork[];
  /** The state of all of them, which is saved. */
  readonly state: JointState;
}

/**
 * Trains a network: alone with all threads, or in a thread of its own if others are trained at the same time. Its result is the
 * same.
 *
 * @param index its number among the networks of the model, from 0
 */
export async function* trainOne(
  work: NetworkWork,
  index: number,
  environment: TrainingEnvironment,
  { together, finished, state }: OtherNetworks,
): AsyncGenerator<TrainEvent, NetworkResult, undefined> {
  const { workers, clock, pause, signal, watch } = environment;
  const { settings, vectors, initialWeights } = work;
  const task = work.tasks[index] ?? at(work.tasks, 0);
  const { job, examples, language, dev } = task;
  const background = together > 1 ? await gatherBackgroundTeam(job) : undefined;
  const team = background ?? (await gatherTeam(job, workers ?? processorCount()));
  try {
    const { network } = team.leader;
    const seed = settings.seed + index;
    const initial = initialWeights?.[index];
    const start = state.startOf(index);
    if (vectors) network.setVectors(vectors.numbers);
    if (initial) network.setWeights(initial);
    else if (!start) network.initialise(chanceFor(seed, 'weights'));
    const steps = settings.epochs * Math.ceil(examples.sentences.length / settings.batchSize);
    const seeded = { ...settings, seed };
    const trainer = new Trainer(team.leader, examples, seeded, steps);
    const describe = (position: TrainingPosition): NetworkState => {
      return { position, steps: trainer.steps, blocks: trainer.openState() };
    };
    if (start) {
      await start.load(trainer.openState());
      trainer.resume(start.steps);
      state.keep(index, describe(start.position));
    }
    watch?.(trainer.copyWeights());
    const tagger = new Tagger(language, trainer);
    const loop = trainNetwork({
      settings: seeded,
      lengths: examples.sentences.map(({ targets }) => targets.length),
      later: work.whole && stepsOnAll(work, work.whole, settings.epochs),
      trainer: background ? trainInBackground(trainer, background.ended) : trainer,
      evaluate: () => {
        watch?.(trainer.copyWeights());
        return epochScoresOf(scoreTagger(tagger, dev));
      },
      measure: measureOf(language.scheme),
      pause,
      from: start?.position,
      save: (position, moment) => state.save(index, moment, finished(), () => describe(position)),
      signal,
    });
    const training = new Work(loop);
    let tokens = 0;
    let seconds = 0;
    let mark = clock();
    for await (const progress of training) {
      const duration = (clock() - mark) / together;
      const warning = state.takeWarning();
      if (warning !== undefined) yield* noticesOf(warning);
      if (progress.kind === 'step') {
        tokens += progress.tokens;
        seconds += duration;
      }
      yield { ...progress, seconds: duration };
      mark = clock();
    }
    const result = await training.result();
    const { history } = result;
    const weights = history && commonWeights(trainer.best, task, work);
    const alone = { ...result, tokens, seconds, weights, heldOutWeights: undefined };
    if (!work.whole || !history || !weights || !endedWell(result)) return { ...alone, kernels: await team.close() };
    const before = copyState(describe({ epochs: history.epochs, step: 0, lossSum: 0 }));
    await team.close(); // two teams at a time would take twice the memory
    const whole = yield* trainOnAll(work, work.whole, { index, weights, history, steps: before.steps }, environment, {
      together,
      save: () => state.save(index, 'stop', finished(), () => before),
    });
    const stopped = endedWell(whole) ? result.stopped : whole.stopped;
    return { ...whole, stopped, tokens: tokens + whole.tokens, seconds: seconds + whole.seconds };
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
  inheritWeights({ network: own, language }, { network: common, language: work.language }, { newRows: 'others' });
  return common.copyWeights();
}
