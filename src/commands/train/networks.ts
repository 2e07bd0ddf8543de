import { epochScoresOf, scoreTagger } from '../../evaluation/score-tagger.js';
import { inheritWeights } from '../../model/growth.js';
import type { Language } from '../../model/language.js';
import { networkLayout } from '../../model/layout.js';
import type { History } from '../../model/model.js';
import { Network } from '../../model/network.js';
import type { NetworkPlan } from '../../model/plan.js';
import { Tagger } from '../../model/tagger.js';
import { processorCount } from '../../node/processors.js';
import type { SavedState, StateKeeper } from '../../node/state-file.js';
import { gatherTeam } from '../../node/team.js';
import { at } from '../../numerics/at.js';
import { createKernels } from '../../numerics/fastest.js';
import type { Kernels } from '../../numerics/kernels.js';
import type { Settings } from '../../settings/settings.js';
import { measureOf } from '../../text/measure.js';
import { chanceFor } from '../../training/chance.js';
import {
  type EpochProgress,
  type StepProgress,
  type StopReason,
  type TrainingPosition,
  trainNetwork,
} from '../../training/loop.js';
import type { Run, TrainingInputs, TrainingState } from '../../training/state.js';
import { Trainer } from '../../training/trainer.js';
import { type Notice, noticesOf, Work } from '../story.js';
import type { NetworkTask } from './plan.js';
import type { Vectors } from './read-vectors.js';

/** What a training is given by the program that runs it; nothing of it changes the result. */
export interface TrainingEnvironment {
  /** Threads; by default as many as there are processors. */
  readonly workers?: number | undefined;
  /** Stops the training, which keeps its best epoch so far. */
  readonly signal?: AbortSignal | undefined;
  /** Returns the seconds since any fixed moment. */
  readonly clock: () => number;
  /** Lets timers and signals be heard between two steps. */
  readonly pause: () => Promise<void>;
}

/** The training of one of several networks begins. */
export interface Stage {
  readonly kind: 'stage';
  readonly text: string;
  /** Number of the network among all of all runs, from 0. */
  readonly index: number;
  /** Number of all networks of all runs that are to be trained. */
  readonly count: number;
  /** Number of the run, from 1; undefined if there is only one. */
  readonly run: number | undefined;
  /** Number of the network within its run, from 1. */
  readonly network: number;
  readonly seed: number;
}

/** A step, and how long it took. */
export interface TimedStep extends StepProgress {
  readonly seconds: number;
}

export type TrainEvent = Notice | Stage | TimedStep | EpochProgress;

/** Everything that the networks of a model are trained with. */
export interface NetworkWork {
  readonly settings: Settings;
  /** The plan and the language of the networks when they are trained. */
  readonly plan: NetworkPlan;
  readonly language: Language;
  /** The task of each network, or the only one of all. */
  readonly tasks: readonly NetworkTask[];
  readonly vectors: Vectors | undefined;
  readonly inputs: TrainingInputs;
  /** Weights that each network begins with; undefined if they are drawn. */
  readonly initialWeights: readonly Float32Array[] | undefined;
  /** The runs that ended before this one, of several from different seeds, and the number of all. */
  readonly run?: { readonly before: readonly Run[]; readonly count: number };
}

export interface NetworkResult extends TrainingSpeed {
  readonly stopped: StopReason;
  readonly history: History | undefined;
  /** Weights of the best epoch, as they lie in the block of a network of the common plan; undefined if no epoch came to its end. */
  readonly weights: Float32Array | undefined;
  /** Kernels whose memory is free for other work; undefined if the network was not trained now. */
  readonly kernels: Kernels | undefined;
}

type FinishedNetwork = NetworkResult & { readonly history: History; readonly weights: Float32Array };

/**
 * Trains the networks of a model one after another, each with threads of its own.
 *
 * @param keeper saves the training on the way; undefined if it is not to be saved
 * @param saved state to go on from; undefined to begin
 */
export async function* trainNetworks(
  work: NetworkWork,
  environment: TrainingEnvironment,
  keeper: StateKeeper | undefined,
  saved: SavedState | undefined,
): AsyncGenerator<TrainEvent, NetworkResult[], undefined> {
  const { networks } = work.settings;
  const results: NetworkResult[] = await loadFinished(work, saved);
  for (let index = results.length; index < networks && results.every(endedWell); index++) {
    const stage = stageOf(work, index);
    if (stage) yield stage;
    const from = index === saved?.head.finished.length ? saved : undefined;
    const finished = results.filter(hasWeights);
    results.push(yield* trainOne(work, index, environment, finished, keeper, from));
  }
  return results;
}

/** Describes the training of a network; undefined if it is the only one. */
function stageOf({ settings, run = { before: [], count: 1 } }: NetworkWork, index: number): Stage | undefined {
  const { networks } = settings;
  const hasRuns = run.count > 1;
  const before = run.before.length;
  const [network, seed] = [index + 1, settings.seed + index];
  const parts = [
    ...(hasRuns ? [`run ${before + 1} of ${run.count}`] : []),
    ...(networks > 1 ? [`network ${network} of ${networks}`] : []),
    ...(hasRuns ? [`seed ${seed}`] : []),
  ];
  if (parts.length === 0) return undefined;
  return {
    kind: 'stage',
    text: parts.join(', '),
    index: before * networks + index,
    count: run.count * networks,
    ...{ run: hasRuns ? before + 1 : undefined, network, seed },
  };
}

/** Returns whether a network was trained to its end, so that another may follow. */
export function endedWell({ stopped }: NetworkResult): boolean {
  return stopped === 'completed' || stopped === 'patience';
}

/** Returns whether an epoch of a network's training came to its end. */
export function hasWeights(result: NetworkResult): result is FinishedNetwork {
  return result.weights !== undefined;
}

/** Loads the networks that had been trained when the state was saved. */
async function loadFinished({ plan, settings }: NetworkWork, saved: SavedState | undefined): Promise<NetworkResult[]> {
  const histories = saved?.head.finished ?? [];
  const results = histories.map((history): FinishedNetwork => {
    const stopped = history.epochs.length < settings.epochs ? 'patience' : 'completed';
    const weights = new Float32Array(networkLayout(plan).size);
    return { stopped, history, weights, kernels: undefined, tokens: 0, seconds: 0 };
  });
  await saved?.load(results.map(({ weights }, index) => ({ name: `network ${index + 1}`, numbers: weights })));
  return results;
}

async function* trainOne(
  work: NetworkWork,
  index: number,
  { workers, clock, pause, signal }: TrainingEnvironment,
  finished: readonly FinishedNetwork[],
  keeper: StateKeeper | undefined,
  from: SavedState | undefined,
): AsyncGenerator<TrainEvent, NetworkResult, undefined> {
  const { settings, vectors, inputs, initialWeights, run } = work;
  const task = work.tasks[index] ?? at(work.tasks, 0);
  const { job, examples, language, dev } = task;
  const team = await gatherTeam(job, workers ?? processorCount());
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
    const tagger = new Tagger(language, trainer);
    const others = finished.map(({ weights }, index) => ({ name: `network ${index + 1}`, numbers: weights }));
    const makeState = (position: TrainingPosition): TrainingState => ({
      head: {
        ...{ inputs, runs: run?.before, finished: finished.map(({ history }) => history) },
        ...{ position, steps: trainer.steps },
      },
      blocks: [...others, ...trainer.openState()],
    });
    const loop = trainNetwork({
      settings: seeded,
      lengths: examples.sentences.map(({ targets }) => targets.length),
      trainer,
      evaluate: () => epochScoresOf(scoreTagger(tagger, dev)),
      measure: measureOf(language.scheme),
      pause,
      from: from?.head.position,
      save: keeper && ((position, moment) => keeper.save(moment, () => makeState(position))),
      signal,
    });
    const training = new Work(loop);
    let tokens = 0;
    let seconds = 0;
    let mark = clock();
    for await (const progress of training) {
      const duration = clock() - mark;
      const warning = keeper?.takeWarning();
      if (warning !== undefined) yield* noticesOf(warning);
      if (progress.kind === 'step') {
        tokens += progress.tokens;
        seconds += duration;
        yield { ...progress, seconds: duration };
      } else yield progress;
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

interface TrainingSpeed {
  /** Tokens trained on, over all epochs. */
  readonly tokens: number;
  /** Seconds of the training steps alone. */
  readonly seconds: number;
}

/** Returns the speed over all networks, in tokens a second of training steps; 0 if there was no step. */
export function tokensPerSecond(results: readonly TrainingSpeed[]): number {
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  return seconds > 0 ? results.reduce((sum, { tokens }) => sum + tokens, 0) / seconds : 0;
}
