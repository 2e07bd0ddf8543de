import { chooseTemperature } from './evaluation/calibration.js';
import { scoreTagger } from './evaluation/score-tagger.js';
import type { Scores } from './evaluation/scores.js';
import { checkSize, writeCheckpoint } from './model/checkpoint.js';
import { collectEntities } from './model/known-entities.js';
import type { EpochScores, History, TrainedNetwork } from './model/model.js';
import { Network } from './model/network.js';
import { networkLayout, planNetwork } from './model/plan.js';
import { createTagger, type Language, Tagger } from './model/tagger.js';
import { checkWritable, STANDARD_STREAM, writeWhole } from './node/files.js';
import { createKernels, gatherTeam, processorCount } from './node/team.js';
import { type DataOptions, readTrainingData } from './node/training-data.js';
import { chooseVocabulary, refuseVocabularySize } from './node/training-vocabulary.js';
import {
  featuresOf,
  type PresetName,
  resolveSettings,
  type Settings,
  type SettingsInput,
} from './settings/settings.js';
import { collectFeatures } from './text/features.js';
import { allowedTransitions, hasSpans, innerSchemeOf, type LabelledSentences, type Scheme } from './text/scheme.js';
import { countTokens } from './text/sentence.js';
import { chanceFor } from './training/chance.js';
import { collectTags, encodeSentences, type TrainingExamples } from './training/examples.js';
import { type EpochProgress, type StepProgress, type StopReason, trainNetwork } from './training/loop.js';
import type { Job } from './training/member.js';
import { planJob, Trainer } from './training/trainer.js';

export interface TrainOptions extends DataOptions {
  /** Where the checkpoint goes; `-` leaves it to the caller. */
  readonly output: string;
  readonly preset?: PresetName | undefined;
  /** What the person set; the rest comes from the preset. */
  readonly settings: SettingsInput;
  /** A file that `rnn vocab` wrote, to be used instead of a vocabulary of the corpus. */
  readonly vocabulary?: string | undefined;
  /** Threads; never changes the result. */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Seconds since any fixed moment. */
  readonly clock: () => number;
  /** Lets the surroundings breathe between two steps. */
  readonly pause: () => Promise<void>;
}

/** What a person should know about the data. */
export interface Notice {
  readonly kind: 'notice';
  readonly text: string;
}

export type TrainEvent = Notice | StepProgress | EpochProgress;

export interface TrainReport {
  readonly stopped: StopReason;
  /** Epochs that came to their end. */
  readonly epochs: number;
  /** The whole command, reading included. */
  readonly seconds: number;
  /** Of the training loop alone, without the scoring of dev. */
  readonly trainTokensPerSecond: number;
  /** Number of weights. */
  readonly parameters: number;
  /** Undefined where no epoch came to its end: then nothing was written. */
  readonly best: BestModel | undefined;
}

export interface BestModel {
  readonly epoch: number;
  readonly scheme: Scheme;
  /** The checkpoint's text. */
  readonly checkpoint: string;
  readonly dev: Scores;
  readonly test: Scores | undefined;
}

/**
 * Trains a tagger and writes the checkpoint of its best epoch.
 *
 * @throws UserError where corpora, settings or files are not as they should be
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainEvent, TrainReport, undefined> {
  const began = options.clock();
  if (options.vocabulary !== undefined) refuseVocabularySize(options.settings);
  if (options.output !== STANDARD_STREAM) await checkWritable(options.output);
  const wanted = resolveSettings(options.settings, options.preset);
  const data = await readTrainingData(options, wanted.outside, wanted.seed);
  for (const text of data.notices) yield { kind: 'notice', text };

  const sized = resolveSettings(options.settings, options.preset, countTokens(data.train.sentences));
  const { settings, vocabulary } = await chooseVocabulary(
    sized,
    options.settings,
    options.vocabulary,
    data.train.sentences,
  );
  const { scheme } = data.train;
  const innerScheme = innerSchemeOf(scheme, settings.recode);
  const tags = collectTags(data.train.sentences, scheme, innerScheme);
  const features = collectFeatures(data.train.sentences, featuresOf(settings), vocabulary);
  const language = { scheme, innerScheme, tags, features };
  const examples = encodeSentences(data.train.sentences, language);
  const others = [...data.dev.sentences, ...(data.test?.sentences ?? [])];
  const longestOther = others.reduce((longest, { tokens }) => Math.max(longest, tokens.length), 1);
  const plan = planNetwork(settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
  const layout = networkLayout(plan);
  checkSize(settings.networks * layout.count);
  const job = planJob(plan, settings, examples.sentences, longestOther);
  const work = { options, job, examples, language, dev: data.dev, settings };
  const results: NetworkResult[] = [];
  for (let index = 0; index < settings.networks && results.every(({ stopped }) => endedWell(stopped)); index++) {
    if (settings.networks > 1) yield { kind: 'notice', text: `network ${index + 1} of ${settings.networks}` };
    results.push(yield* trainOne(work, settings.seed + index));
  }
  const trained = results.flatMap(({ weights, history }) => (weights && history ? [{ weights, history }] : []));
  let best: BestModel | undefined;
  if (trained.length > 0) {
    const kernels = createKernels();
    const [first, ...rest] = trained.map(({ weights, history }) => {
      const network = new Network(kernels, plan);
      network.setWeights(weights);
      return { network, history };
    });
    const { network, history } = first as TrainedNetwork;
    const others = rest.length > 0 ? rest : undefined;
    const entities = collectEntities(data.train);
    const model = { settings, language, network, history, others, entities, corpora: data.corpora };
    const tagger = createTagger(model);
    const checkpoint = writeCheckpoint({ ...model, temperature: chooseTemperature(tagger, data.dev) });
    if (options.output !== STANDARD_STREAM) await writeWhole(options.output, checkpoint);
    const test = data.test && scoreTagger(tagger, data.test);
    best = { epoch: history.bestEpoch, scheme, checkpoint, dev: scoreTagger(tagger, data.dev), test };
  }
  const sum = (figure: (result: NetworkResult) => number): number =>
    results.reduce((total, result) => total + figure(result), 0);
  const trainSeconds = sum(({ seconds }) => seconds);
  return {
    stopped: results.at(-1)?.stopped ?? 'aborted',
    epochs: results[0]?.epochs ?? 0,
    trainTokensPerSecond: trainSeconds > 0 ? sum(({ tokens }) => tokens) / trainSeconds : 0,
    seconds: options.clock() - began,
    parameters: settings.networks * layout.count,
    best,
  };
}

/** Whether another network may be trained after one. */
function endedWell(stopped: StopReason): boolean {
  return stopped === 'completed' || stopped === 'patience';
}

/** What every network of a model is trained with. */
interface NetworkWork {
  readonly options: TrainOptions;
  readonly job: Job;
  readonly examples: TrainingExamples;
  readonly language: Language;
  readonly dev: LabelledSentences;
  readonly settings: Settings;
}

interface NetworkResult extends TrainingSpeed {
  readonly stopped: StopReason;
  readonly history: History | undefined;
  /** As they lie in a network's block; undefined where no epoch came to its end. */
  readonly weights: Float32Array | undefined;
}

/** Trains one network with a team of its own. */
async function* trainOne(
  { options, job, examples, language, dev, settings }: NetworkWork,
  seed: number,
): AsyncGenerator<TrainEvent, NetworkResult, undefined> {
  const team = await gatherTeam(job, options.workers ?? processorCount());
  try {
    const { network } = team.leader;
    network.initialise(chanceFor(seed, 'weights'));
    const steps = settings.epochs * Math.ceil(examples.sentences.length / settings.batchSize);
    const seeded = { ...settings, seed };
    const trainer = new Trainer(team.leader, examples, seeded, steps);
    const tagger = new Tagger(language, trainer);
    const result = yield* timeTraining(
      trainNetwork({
        settings: seeded,
        lengths: examples.sentences.map(({ targets }) => targets.length),
        trainer,
        evaluate: () => epochScores(scoreTagger(tagger, dev)),
        measure: hasSpans(language.scheme) ? 'f1' : 'accuracy',
        pause: options.pause,
        signal: options.signal,
      }),
      options.clock,
    );
    return { ...result, weights: result.history && network.copyWeights() };
  } finally {
    team.close();
  }
}

function epochScores({ precision, recall, f1, accuracy }: Scores): EpochScores {
  return { precision, recall, f1, accuracy };
}

interface TrainingSpeed {
  readonly epochs: number;
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
  let epochs = 0;
  for (;;) {
    const mark = clock();
    const { value, done } = await training.next();
    if (done) return { ...value, epochs, tokens, seconds };
    if (value.kind === 'step') {
      seconds += clock() - mark;
      tokens += value.tokens;
    } else epochs++;
    yield value;
  }
}
