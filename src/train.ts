import { badUsage } from './errors.js';
import { scoreTagger } from './evaluation/score-tagger.js';
import type { Scores } from './evaluation/scores.js';
import { readVocabulary } from './formats/vocabulary-file.js';
import { checkSize, writeCheckpoint } from './model/checkpoint.js';
import { collectEntities } from './model/known-entities.js';
import type { EpochScores } from './model/model.js';
import { networkLayout, planNetwork } from './model/plan.js';
import { Tagger } from './model/tagger.js';
import { checkWritable, decodeText, nameOf, readBytes, STANDARD_STREAM, writeWhole } from './node/files.js';
import { gatherTeam, processorCount } from './node/team.js';
import { type DataOptions, readTrainingData } from './node/training-data.js';
import {
  featuresOf,
  type PresetName,
  resolveSettings,
  type Settings,
  type SettingsInput,
} from './settings/settings.js';
import { collectFeatures } from './text/features.js';
import { allowedTransitions, hasSpans, innerSchemeOf, type Scheme } from './text/scheme.js';
import { countTokens, type Sentence } from './text/sentence.js';
import { buildVocabulary, type Vocabulary } from './text/vocabulary.js';
import { chanceFor } from './training/chance.js';
import { collectTags, encodeSentences } from './training/examples.js';
import { type EpochProgress, type StepProgress, type StopReason, trainNetwork } from './training/loop.js';
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
  const { settings, vocabulary } = await chooseVocabulary(sized, options, data.train.sentences);
  const { scheme } = data.train;
  const innerScheme = innerSchemeOf(scheme, settings.recode);
  const tags = collectTags(data.train.sentences, scheme, innerScheme);
  const features = collectFeatures(data.train.sentences, featuresOf(settings), vocabulary);
  const language = { scheme, innerScheme, tags, features };
  const examples = encodeSentences(data.train.sentences, language);
  const others = [...data.dev.sentences, ...(data.test?.sentences ?? [])];
  const longestOther = others.reduce((longest, { tokens }) => Math.max(longest, tokens.length), 1);
  const plan = planNetwork(settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
  checkSize(networkLayout(plan).count);
  const job = planJob(plan, settings, examples.sentences, longestOther);
  const team = await gatherTeam(job, options.workers ?? processorCount());
  try {
    const { network } = team.leader;
    network.initialise(chanceFor(settings.seed, 'weights'));
    const steps = settings.epochs * Math.ceil(examples.sentences.length / settings.batchSize);
    const trainer = new Trainer(team.leader, examples, settings, steps);
    const tagger = new Tagger(language, trainer);
    const timed = timeTraining(
      trainNetwork({
        settings,
        lengths: examples.sentences.map(({ targets }) => targets.length),
        trainer,
        evaluate: () => epochScores(scoreTagger(tagger, data.dev)),
        measure: hasSpans(scheme) ? 'f1' : 'accuracy',
        pause: options.pause,
        signal: options.signal,
      }),
      options.clock,
    );
    const { stopped, history, ...speed } = yield* timed;
    let best: BestModel | undefined;
    if (history) {
      const entities = collectEntities(data.train);
      const checkpoint = writeCheckpoint({ settings, language, network, entities, corpora: data.corpora, history });
      if (options.output !== STANDARD_STREAM) await writeWhole(options.output, checkpoint);
      const test = data.test && scoreTagger(tagger, data.test);
      best = { epoch: history.bestEpoch, scheme, checkpoint, dev: scoreTagger(tagger, data.dev), test };
    }
    const seconds = options.clock() - began;
    return { stopped, ...speed, seconds, parameters: network.layout.count, best };
  } finally {
    team.close();
  }
}

function epochScores({ precision, recall, f1, accuracy }: Scores): EpochScores {
  return { precision, recall, f1, accuracy };
}

/** A vocabulary of the corpus, or the one of the file that was named; its form of words then is the settings'. */
async function chooseVocabulary(
  settings: Settings,
  options: TrainOptions,
  sentences: readonly Sentence[],
): Promise<{ settings: Settings; vocabulary: Vocabulary }> {
  const { vocabularySize: size, minCount, lowercase, foldDigits } = settings;
  if (options.vocabulary === undefined)
    return { settings, vocabulary: buildVocabulary(sentences, { size, minCount, lowercase, foldDigits }) };
  const source = nameOf(options.vocabulary);
  const vocabulary = readVocabulary(decodeText(await readBytes(options.vocabulary), source), source);
  const { lowercase: lowercaseGiven, foldDigits: foldDigitsGiven } = options.settings;
  const { form } = vocabulary;
  if ((lowercaseGiven ?? form.lowercase) !== form.lowercase || (foldDigitsGiven ?? form.foldDigits) !== form.foldDigits)
    throw badUsage(
      `${source} was made with lowercase ${form.lowercase} and foldDigits ${form.foldDigits}, and the options say otherwise`,
      'leave out --lowercase and --fold-digits, or make the vocabulary again',
    );
  return { settings: { ...settings, ...form, vocabularySize: vocabulary.size }, vocabulary };
}

/** A vocabulary that was given has the size it has. */
function refuseVocabularySize({ vocabularySize, minCount }: SettingsInput): void {
  if (vocabularySize === undefined && minCount === undefined) return;
  throw badUsage(
    'the vocabulary is given, and so are its size or least count',
    'leave out --vocabulary-size and --min-count, or --vocabulary',
  );
}

interface TrainingSpeed {
  readonly epochs: number;
  readonly trainTokensPerSecond: number;
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
    if (done) return { ...value, epochs, trainTokensPerSecond: seconds > 0 ? tokens / seconds : 0 };
    if (value.kind === 'step') {
      seconds += clock() - mark;
      tokens += value.tokens;
    } else epochs++;
    yield value;
  }
}
