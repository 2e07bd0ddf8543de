import {
  type EvaluateEvent,
  type EvaluateOptions,
  type EvaluateReport,
  evaluate as evaluateSteps,
} from './commands/evaluate/evaluate.js';
import { type Notice, Work } from './commands/story.js';
import type { TrainReport } from './commands/train/best.js';
import type { TrainEvent } from './commands/train/networks.js';
import { type TrainOptions, train as trainSteps } from './commands/train/train.js';
import { type CorpusReading, readingOf } from './formats/format.js';
import { decodeText } from './node/files.js';
import { DEFAULT_MODEL, readModelFile } from './node/model-file.js';
import { loadModel, type TaggingModel } from './tagger.js';

export type { EvaluateEvent } from './commands/evaluate/evaluate.js';
export type { Notice, Work } from './commands/story.js';
export type { BestModel, TrainReport } from './commands/train/best.js';
export type { Stage, TrainEvent } from './commands/train/networks.js';
export type { Evaluation } from './evaluation/evaluation.js';
export type { Scores } from './evaluation/scores.js';
export type { PresetName, SettingsInput } from './settings/settings.js';
export * from './tagger.js';
export type { EpochProgress, StepProgress } from './training/loop.js';

/** The options of `rnn train`, by the same names. */
export interface TrainingOptions
  extends Partial<Omit<TrainOptions, 'files' | 'clock' | 'pause'>>,
    Partial<Omit<TrainOptions['files'], 'reading'>>,
    Omit<CorpusReading, 'outside'> {
  /** Ends the training as Ctrl-C ends the command's: the best epoch so far is written, and `resume` can go on. */
  readonly signal?: AbortSignal | undefined;
}

/** The scores of a model or of other tools, and on what. */
export interface EvaluationResult extends EvaluateReport {
  /** What a person should know about the data, a line each. */
  readonly notices: readonly string[];
}

/** The options of `rnn eval`, by the same names. */
export interface EvaluationOptions extends Partial<Omit<EvaluateOptions, 'reading' | 'pause'>>, CorpusReading {
  /** Ends the evaluation, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Trains a tagger and writes the checkpoint of its best epoch (`output`, default `model.json`), as `rnn train`. The
 * training goes on while its events are taken or its result is waited for.
 *
 * @throws UserError, to whoever follows, if corpora, settings or files are not as they should be
 */
export function train(options: TrainingOptions = {}): Work<TrainEvent, TrainReport> {
  const clock = (): number => performance.now() / 1000;
  const { corpora = [], dev, test } = options;
  const files = { corpora, dev, test, reading: readingOf(options) };
  return new Work(trainSteps({ settings: {}, output: DEFAULT_MODEL, ...options, files, clock, pause }));
}

/**
 * Scores a model (default `model.json`) on labelled corpora, or the tags of other tools, as `rnn eval`.
 *
 * @throws UserError, to whoever follows, if model or corpora are not as they should be
 */
export function evaluate(options: EvaluationOptions = {}): Work<EvaluateEvent, EvaluationResult> {
  const { pairs = [] } = options;
  const model = pairs.length === 0 ? DEFAULT_MODEL : undefined;
  const reading = readingOf(options);
  return new Work(gatherNotices(evaluateSteps({ corpora: [], model, seed: 1, ...options, reading, pairs, pause })));
}

/**
 * Opens the model of a checkpoint file, packed by gzip or not.
 *
 * @throws UserError if there is no checkpoint, or a damaged one
 */
export async function loadModelFile(path: string = DEFAULT_MODEL): Promise<TaggingModel> {
  const { bytes, source } = await readModelFile(path);
  return loadModel(decodeText(bytes, source), source);
}

/** Passes the events of an evaluation on, but for its notices, which become a part of its result. */
async function* gatherNotices(
  story: AsyncGenerator<EvaluateEvent | Notice, EvaluateReport, undefined>,
): AsyncGenerator<EvaluateEvent, EvaluationResult, undefined> {
  const notices: string[] = [];
  try {
    for (;;) {
      const { value, done } = await story.next();
      if (done) return { ...value, notices };
      if (value.kind === 'notice') notices.push(value.text);
      else yield value;
    }
  } finally {
    await story.return(undefined as never);
  }
}

/** Lets timers and signals be heard between two steps. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
