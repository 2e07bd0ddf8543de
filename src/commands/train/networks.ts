import { scoreTagger } from '../../evaluation/score-tagger.js';
import type { Scores } from '../../evaluation/scores.js';
import type { Language } from '../../model/language.js';
import { networkLayout } from '../../model/layout.js';
import type { EpochScores, History } from '../../model/model.js';
import { Tagger } from '../../model/tagger.js';
import type { SavedState } from '../../node/state-file.js';
import type { StateKeeper } from '../../node/state-keeper.js';
import { gatherTeam, processorCount } from '../../node/team.js';
import type { Vectors } from '../../node/vectors-file.js';
import type { Kernels } from '../../numerics/kernels.js';
import type { Settings } from '../../settings/settings.js';
import { hasSpans, type LabelledSentences, type Scheme } from '../../text/scheme.js';
import { chanceFor } from '../../training/chance.js';
import type { TrainingExamples } from '../../training/examples.js';
import {
  type EpochProgress,
  type Measure,
  type StepProgress,
  type StopReason,
  type TrainingPosition,
  trainNetwork,
} from '../../training/loop.js';
import type { Job } from '../../training/member.js';
import type { TrainingInputs, TrainingState } from '../../training/state.js';
import { Trainer } from '../../training/trainer.js';

/** What a person should know about the data. */
export interface Notice {
  readonly kind: 'notice';
  readonly text: string;
}

/** The training of one of several networks begins. */
export interface Stage {
  readonly kind: 'stage';
  readonly text: string;
  /** From 0. */
  readonly index: number;
  /** Of all that are to be trained. */
  readonly count: number;
}

export type TrainEvent = Notice | Stage | StepProgress | EpochProgress;

/** What surrounds a training. */
export interface Surroundings {
  /** Threads; never changes the result. */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Seconds since any fixed moment. */
  readonly clock: () => number;
  /** Lets the surroundings breathe between two steps. */
  readonly pause: () => Promise<void>;
}

/** What every network of a model is trained with. */
export interface NetworkWork {
  readonly settings: Settings;
  readonly job: Job;
  readonly examples: TrainingExamples;
  readonly language: Language;
  readonly dev: LabelledSentences;
  readonly vectors: Vectors | undefined;
  readonly inputs: TrainingInputs;
  /** What each network begins with, where that is not drawn. */
  readonly initialWeights: readonly Float32Array[] | undefined;
  /** Which of several trainings from different seeds it is, from 0. */
  readonly run?: { readonly index: number; readonly count: number };
}

export interface NetworkResult extends TrainingSpeed {
  readonly stopped: StopReason;
  readonly history: History | undefined;
  /** As they lie in a network's block; undefined where no epoch came to its end. */
  readonly weights: Float32Array | undefined;
  /** Their memory is free for other work; undefined where the network was not trained now. */
  readonly kernels: Kernels | undefined;
}

type FinishedNetwork = NetworkResult & { readonly history: History; readonly weights: Float32Array };

/**
 * Trains the networks of a model one after another, each with a team of its own.
 *
 * @param keeper saves the training on the way, where it is to be saved
 * @param saved where to go on
 */
export async function* trainNetworks(
  work: NetworkWork,
  surroundings: Surroundings,
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
    results.push(yield* trainOne(work, index, surroundings, finished, keeper, from));
  }
  return results;
}

/** What is said before a network where it is not the only one. */
function stageOf({ settings, run = { index: 0, count: 1 } }: NetworkWork, network: number): Stage | undefined {
  const { networks, seed } = settings;
  const parts = [
    ...(run.count > 1 ? [`run ${run.index + 1} of ${run.count}`] : []),
    ...(networks > 1 ? [`network ${network + 1} of ${networks}`] : []),
    ...(run.count > 1 ? [`seed ${seed + network}`] : []),
  ];
  if (parts.length === 0) return undefined;
  return { kind: 'stage', text: parts.join(', '), index: run.index * networks + network, count: run.count * networks };
}

/** Whether another network may be trained after one. */
export function endedWell({ stopped }: NetworkResult): boolean {
  return stopped === 'completed' || stopped === 'patience';
}

/** Whether an epoch of its training came to its end. */
export function hasWeights(result: NetworkResult): result is FinishedNetwork {
  return result.weights !== undefined;
}

/** The networks that had been trained when the state was saved. */
async function loadFinished({ job, settings }: NetworkWork, saved: SavedState | undefined): Promise<NetworkResult[]> {
  const histories = saved?.head.finished ?? [];
  const results = histories.map((history): FinishedNetwork => {
    const stopped = history.epochs.length < settings.epochs ? 'patience' : 'completed';
    const weights = new Float32Array(networkLayout(job.plan).size);
    return { stopped, history, weights, kernels: undefined, tokens: 0, seconds: 0 };
  });
  await saved?.load(results.map(({ weights }, index) => ({ name: `network ${index + 1}`, numbers: weights })));
  return results;
}

async function* trainOne(
  { job, examples, language, dev, settings, vectors, inputs, initialWeights }: NetworkWork,
  index: number,
  { workers, clock, pause, signal }: Surroundings,
  finished: readonly FinishedNetwork[],
  keeper: StateKeeper | undefined,
  from: SavedState | undefined,
): AsyncGenerator<TrainEvent, NetworkResult, undefined> {
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
      head: { inputs, finished: finished.map(({ history }) => history), position, steps: trainer.steps },
      blocks: [...others, ...trainer.openState()],
    });
    const training = trainNetwork({
      settings: seeded,
      lengths: examples.sentences.map(({ targets }) => targets.length),
      trainer,
      evaluate: () => epochScores(scoreTagger(tagger, dev)),
      measure: measureOf(language.scheme),
      pause,
      from: from?.head.position,
      save: keeper && ((position, moment) => keeper.save(moment, () => makeState(position))),
      signal,
    });
    const result = yield* warnMeanwhile(timeTraining(training, clock), keeper);
    const weights = result.history && trainer.best;
    return { ...result, weights, kernels: await team.close() };
  } finally {
    await team.close();
  }
}

/** The figure by which one model is better than another. */
export function measureOf(scheme: Scheme): Measure {
  return hasSpans(scheme) ? 'f1' : 'accuracy';
}

function epochScores({ precision, recall, f1, accuracy }: Scores): EpochScores {
  return { precision, recall, f1, accuracy };
}

interface TrainingSpeed {
  /** Trained on, all epochs together. */
  readonly tokens: number;
  /** Of the training steps alone. */
  readonly seconds: number;
}

/** Passes a training's progress on, and measures how fast its steps are. */
async function* timeTraining<Result>(
  training: AsyncGenerator<StepProgress | EpochProgress, Result, undefined>,
  clock: () => number,
): AsyncGenerator<StepProgress | EpochProgress, Result & TrainingSpeed, undefined> {
  let seconds = 0;
  let tokens = 0;
  for (;;) {
    const mark = clock();
    const { value, done } = await training.next();
    if (done) return { ...value, tokens, seconds };
    if (value.kind === 'step') {
      seconds += clock() - mark;
      tokens += value.tokens;
    }
    yield value;
  }
}

/** Passes a training's progress on, and says where it cannot be saved. */
async function* warnMeanwhile<Result>(
  training: AsyncGenerator<StepProgress | EpochProgress, Result, undefined>,
  keeper: StateKeeper | undefined,
): AsyncGenerator<TrainEvent, Result, undefined> {
  for (;;) {
    const { value, done } = await training.next();
    const warning = keeper?.takeWarning();
    if (warning !== undefined) yield { kind: 'notice', text: warning };
    if (done) return value;
    yield value;
  }
}
