import { SHARD_SENTENCES } from '../../model/batch.js';
import { networkLayout } from '../../model/layout.js';
import { processorCount } from '../../node/processors.js';
import type { SavedState, StateKeeper } from '../../node/state-file.js';
import { at } from '../../numerics/at.js';
import { createKernels } from '../../numerics/fastest.js';
import { hasSharedMemory } from '../../numerics/wasm.js';
import { noticesOf } from '../story.js';
import { EagerStory } from './eager-story.js';
import type { Stage, TrainEvent } from './events.js';
import { blocksOfFinished, JointState } from './joint-state.js';
import {
  endedWell,
  type FinishedNetwork,
  hasWeights,
  type NetworkResult,
  type NetworkWork,
  type TrainingEnvironment,
} from './network-work.js';
import { trainOne } from './one-network.js';
import { pretrain, pretrainedWeights } from './pretraining.js';

/**
 * Trains the networks of a model: one after another, each with all threads, or several at the same time, each in a thread. What is
 * told of them, what is saved and what comes of them is as if they were trained one after another.
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
  const state = new JointState(work, keeper, saved);
  const initialWeights = yield* weightsToBeginWith(work, environment, (index) => {
    return index >= results.length && state.startOf(index) === undefined;
  });
  if (initialWeights === 'aborted') return [...results, notBegun()];
  while (results.length < networks && results.every(endedWell)) {
    const before = results.filter(hasWeights);
    const together = countTogether(work, environment, networks - results.length);
    const stories: EagerStory<TrainEvent, NetworkResult>[] = [];
    for (let place = 0; place < together; place++) {
      const index = before.length + place;
      const finished = (): FinishedNetwork[] => joinEnded(before, stories);
      stories.push(
        new EagerStory(trainOne({ ...work, initialWeights }, index, environment, { together, finished, state })),
      );
    }
    try {
      for (const story of stories) {
        if (!results.every(isOfUse)) break;
        const stage = stageOf(work, results.length, before.length, together);
        if (stage) yield stage;
        results.push(yield* story.tell(stories));
      }
    } finally {
      await Promise.all(stories.map((story) => story.leave()));
    }
  }
  return results;
}

/** Returns the result of a network whose training was stopped before it began. */
function notBegun(): NetworkResult {
  return {
    ...{ stopped: 'aborted', history: undefined, weights: undefined, heldOutWeights: undefined },
    ...{ kernels: createKernels(), tokens: 0, seconds: 0 },
  };
}

/**
 * Returns the weights that the networks begin with, if these are not drawn. A pre-training comes first, unless no network is left
 * that begins.
 *
 * @param begins whether a network begins, by its number from 0
 */
async function* weightsToBeginWith(
  work: NetworkWork,
  environment: TrainingEnvironment,
  begins: (index: number) => boolean,
): AsyncGenerator<TrainEvent, NetworkWork['initialWeights'] | 'aborted', undefined> {
  const { initialWeights, pretraining, settings, tasks } = work;
  const numbers = [...Array(settings.networks).keys()];
  if (initialWeights || !pretraining || !numbers.some(begins)) return initialWeights;
  const pretrained = yield* pretrain(pretraining, work, environment);
  if (pretrained === 'aborted' || pretrained === undefined) return pretrained;
  if (pretrained === 'diverged') {
    yield* noticesOf('warning: raw text: weights were not finite, so that networks begin without them');
    return undefined;
  }
  return numbers.map((index) => {
    return pretrainedWeights(pretrained, tasks[index] ?? at(tasks, 0), settings.seed + index);
  });
}

/**
 * Returns how many of the remaining networks are trained at the same time. Threads share the batches of one network well if these
 * have several shards; else each thread had better train a network of its own. One that would remain alone has all threads.
 */
function countTogether(
  { settings }: NetworkWork,
  { workers = processorCount() }: TrainingEnvironment,
  remaining: number,
): number {
  if (settings.batchSize > SHARD_SENTENCES || !hasSharedMemory()) return 1;
  return Math.max(1, Math.min(workers, remaining));
}

/** Joins networks and those after them that have ended, up to the first that has not. */
function joinEnded(
  before: readonly FinishedNetwork[],
  stories: readonly EagerStory<TrainEvent, NetworkResult>[],
): FinishedNetwork[] {
  const joined = [...before];
  for (const { result } of stories) {
    if (!result || !endedWell(result) || !hasWeights(result)) break;
    joined.push(result);
  }
  return joined;
}

/** Returns whether a network and those behind it may be in a checkpoint: all of them stop where the training is stopped. */
function isOfUse(result: NetworkResult): boolean {
  return endedWell(result) || (result.stopped === 'aborted' && hasWeights(result));
}

/**
 * Describes the training of a network; undefined if it is the only one.
 *
 * @param index its number among those of the model, from 0
 * @param first that of the first one that is trained at the same time
 */
function stageOf(
  { settings, run = { before: [], count: 1 } }: NetworkWork,
  index: number,
  first: number,
  together: number,
): Stage | undefined {
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
    together,
    later: (run.count - before) * networks - first - together,
    ...{ run: hasRuns ? before + 1 : undefined, network, seed },
  };
}

/** Loads the networks that had been trained when the state was saved. */
async function loadFinished(
  { plan, settings }: NetworkWork,
  saved: SavedState | undefined,
): Promise<FinishedNetwork[]> {
  const histories = saved?.head.finished ?? [];
  const results = histories.map((history): FinishedNetwork => {
    const stopped = history.epochs.length < settings.epochs ? 'patience' : 'completed';
    const weights = new Float32Array(networkLayout(plan).size);
    const heldOutWeights = history.wholeEpochs ? weights.slice() : undefined;
    return { stopped, history, weights, heldOutWeights, kernels: undefined, tokens: 0, seconds: 0 };
  });
  await saved?.load(results.flatMap(blocksOfFinished));
  return results;
}
