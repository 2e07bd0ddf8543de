import type { AnnotateOptions, AnnotationServer } from './commands/annotate/annotate.js';
import { type CheckOptions, type CheckReport, check as checkFiles } from './commands/check.js';
import { type ConvertEvent, type ConvertOptions, convert as convertSteps } from './commands/convert.js';
import { type DoubtOptions, type DoubtReport, doubt as doubtSteps, type JudgedEvent } from './commands/doubt/doubt.js';
import {
  type EvaluateEvent,
  type EvaluateOptions,
  type EvaluateReport,
  evaluate as evaluateSteps,
} from './commands/evaluate/evaluate.js';
import { explainSubject } from './commands/explain/explain.js';
import { checkOptions, type OptionKinds, READING_KINDS, TOLERANCE_KINDS } from './commands/given-options.js';
import { isNotice, type Notice, Work } from './commands/story.js';
import type { TrainReport } from './commands/train/best.js';
import type { TrainEvent } from './commands/train/events.js';
import { type TrainOptions, train as trainSteps } from './commands/train/train.js';
import { badUsage } from './errors.js';
import type { Explanation } from './explanation/explanation.js';
import { schemeOfGold } from './explanation/gold-tags.js';
import { UnrolledModel } from './explanation/unrolled-model.js';
import { type CorpusReading, readingOf } from './formats/format.js';
import { decodeText, refuseSameFile } from './node/files.js';
import { DEFAULT_MODEL, readModelFile } from './node/model-file.js';
import { writeWhole } from './node/writing.js';
import { createKernels } from './numerics/fastest.js';
import { loadModel, type SentenceInput, TaggingModel } from './tagger.js';

export type { AnnotationServer } from './commands/annotate/annotate.js';
export type { CheckReport } from './commands/check.js';
export type { ConvertEvent } from './commands/convert.js';
export type { DoubtReport, JudgedEvent } from './commands/doubt/doubt.js';
export type { EvaluateEvent } from './commands/evaluate/evaluate.js';
export type { Notice, Work } from './commands/story.js';
export type { BestModel, TrainReport } from './commands/train/best.js';
export type { Stage, TimedEpoch, TimedStep, TrainEvent } from './commands/train/events.js';
export type { Evaluation } from './evaluation/evaluation.js';
export type { Finding } from './evaluation/finding.js';
export type { Scores } from './evaluation/scores.js';
export type { Explanation } from './explanation/explanation.js';
export type { PresetName, SettingsInput } from './settings/settings.js';
export * from './tagger.js';
export type { EpochProgress, StepProgress } from './training/loop.js';

/** The options of `rnn train`, by the same names. */
export interface TrainingOptions
  extends Partial<Omit<TrainOptions, 'files' | 'clock' | 'pause' | 'watch'>>,
    Partial<Omit<TrainOptions['files'], 'reading'>>,
    Omit<CorpusReading, 'outside'> {
  /** Ends the training as Ctrl-C ends the command's: the best epoch so far is written, and `resume` can go on. */
  readonly signal?: AbortSignal | undefined;
}

/** The scores of a model or of other tools, and on what. */
export interface EvaluationResult extends EvaluateReport {
  /** Notices about the data, a line each. */
  readonly notices: readonly string[];
}

/** The options of `rnn eval`, by the same names. */
export interface EvaluationOptions extends Partial<Omit<EvaluateOptions, 'reading' | 'pause'>>, CorpusReading {
  /** Ends the evaluation, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `rnn check`, by the same names; `places` is how many places of a kind are listed of each file, by default all. */
export interface CheckingOptions extends Omit<CheckOptions, 'reading'>, Omit<CorpusReading, 'keepsGoing' | 'repairs'> {}

/** The options of `rnn convert`, by the same names; `files` are its arguments. */
export interface ConversionOptions extends Omit<ConvertOptions, 'reading'>, CorpusReading {}

/** The options of `rnn doubt`, by the same names; `settings` are those of the networks that judge, `folds` among them. */
export interface DoubtingOptions
  extends Partial<Omit<DoubtOptions, 'files' | 'reading'>>,
    Omit<CorpusReading, 'outside' | 'keepsGoing' | 'repairs'> {
  readonly corpora: readonly string[];
}

/** The options of `rnn annotate`, by the same names: `texts` or `review`, and for texts that have no labels yet `labels`. */
export interface AnnotatingOptions
  extends Partial<Omit<AnnotateOptions, 'reading' | 'startsFromModel' | 'clock'>>,
    Omit<CorpusReading, 'keepsGoing' | 'repairs'> {}

/** A page on which a person labels sentences, and what was told when it was made. */
export interface Annotation extends AnnotationServer {
  /** Notices about texts and decisions, a line each. */
  readonly notices: readonly string[];
}

/** Options that ask for more than how a sentence is tagged. */
export interface ExplainingOptions {
  /** The right tag of each token, with which losses and the reach of their errors are told. */
  readonly gold?: readonly string[] | undefined;
  /** The numbers of the tokens, from 0, for whose tags reasons are sought. */
  readonly why?: readonly number[] | undefined;
  /** True if reasons have gradient times input beside what removal shows. */
  readonly gradient?: boolean | undefined;
}

const TRAINING_KINDS: OptionKinds<Required<TrainingOptions>> = {
  ...{ corpora: 'texts', dev: 'text', test: 'text', output: 'text', ...READING_KINDS, ...TOLERANCE_KINDS },
  ...{ preset: 'any', settings: 'object', vocabulary: 'text', clusters: 'text', raw: 'texts', vectors: 'text' },
  ...{ part: 'fraction', holdOutSeed: 'integer', initFrom: 'text', keep: 'text', oldDev: 'text' },
  ...{ partial: 'flag', labelsOf: 'fileLabels', dictionaries: 'dictionaries' },
  ...{ resume: 'flag', keepState: 'flag', workers: 'count', signal: 'signal' },
};

const EVALUATION_KINDS: OptionKinds<Required<EvaluationOptions>> = {
  ...{ corpora: 'texts', model: 'text', pairs: 'texts', compare: 'text', ...READING_KINDS, outside: 'any' },
  ...{ dictionaries: 'dictionaries' },
  ...TOLERANCE_KINDS,
  ...{ seed: 'integer', workers: 'count', signal: 'signal' },
};

const CHECKING_KINDS: OptionKinds<Required<CheckingOptions>> = {
  ...{ corpora: 'texts', dev: 'text', test: 'text', ...READING_KINDS, outside: 'any' },
  ...{ places: 'count', repair: 'text' },
};

const CONVERSION_KINDS: OptionKinds<Required<ConversionOptions>> = {
  ...{ files: 'texts', to: 'text', scheme: 'scheme', ...READING_KINDS, outside: 'any' },
  ...TOLERANCE_KINDS,
};

const DOUBTING_KINDS: OptionKinds<Required<DoubtingOptions>> = {
  ...{ corpora: 'texts', rounds: 'count', preset: 'any', settings: 'object', dictionaries: 'dictionaries' },
  ...{ workers: 'count', ...READING_KINDS },
};

const ANNOTATING_KINDS: OptionKinds<Required<AnnotatingOptions>> = {
  ...{ texts: 'texts', review: 'text', labels: 'texts', output: 'text', model: 'text', order: 'order' },
  ...{ seed: 'integer', host: 'text', port: 'port', onFailure: 'function', ...READING_KINDS, outside: 'any' },
};

const EXPLAINING_KINDS: OptionKinds<Required<ExplainingOptions>> = {
  ...{ gold: 'texts', why: 'integers', gradient: 'flag' },
};

/**
 * Trains a tagger and writes the checkpoint of its best epoch (`output`, default `model.json`), as `rnn train`. The
 * training goes on while its events are taken or its result is waited for.
 *
 * @throws UserError, to whoever follows, if options, corpora, settings or files are not as they should be
 */
export function train(options: TrainingOptions = {}): Work<TrainEvent, TrainReport> {
  return new Work(
    begin(() => {
      checkOptions('train', options, TRAINING_KINDS);
      const { corpora = [], dev, test } = options;
      const files = { corpora, dev, test, reading: readingOf(options) };
      return trainSteps({ settings: {}, output: DEFAULT_MODEL, ...options, files, clock, pause });
    }),
  );
}

/**
 * Scores a model (default `model.json`) on labelled corpora, or the tags of other tools, as `rnn eval`.
 *
 * @throws UserError, to whoever follows, if options, model or corpora are not as they should be
 */
export function evaluate(options: EvaluationOptions = {}): Work<EvaluateEvent, EvaluationResult> {
  return new Work(
    begin(() => {
      checkOptions('evaluate', options, EVALUATION_KINDS);
      const { pairs = [] } = options;
      const model = pairs.length === 0 ? DEFAULT_MODEL : undefined;
      const reading = readingOf(options);
      return gatherNotices(evaluateSteps({ corpora: [], model, seed: 1, ...options, reading, pairs, pause }));
    }),
  );
}

/**
 * Finds what is wrong with a corpus, as `rnn check`, and writes what can be repaired for certain to `repair`.
 *
 * @throws UserError if options or files are not as they should be; what is wrong in the corpus is in the report
 */
export async function check(options: CheckingOptions): Promise<CheckReport> {
  checkOptions('check', options, CHECKING_KINDS);
  if (options.corpora === undefined) throw badUsage('check: expected a list of texts as corpora, found nothing');
  const { corpora, dev, test, repair } = options;
  if (repair !== undefined) await refuseSameFile([...corpora, dev, test], repair, 'repair');
  const report = await checkFiles({ ...options, reading: readingOf(options) });
  if (repair !== undefined && report.repaired) await writeWhole(repair, report.repaired.text);
  return report;
}

/**
 * Converts corpora from any format to another, as `rnn convert`. Its events are the pieces of the new file (or, for brat,
 * documents of two files each), which it leaves to the caller to write, what the new format cannot hold, and notices of
 * what was repaired or left out; its result is the number of sentences or texts.
 *
 * @throws UserError, to whoever follows, if options or files are not as they should be
 */
export function convert(options: ConversionOptions): Work<ConvertEvent, number> {
  return new Work(
    begin(() => {
      checkOptions('convert', options, CONVERSION_KINDS);
      for (const name of ['files', 'to'] as const)
        if (options[name] === undefined) throw badUsage(`convert: expected ${name}, found nothing`);
      return convertSteps({ ...options, reading: readingOf(options) });
    }),
  );
}

/**
 * Finds labels of a corpus that are probably wrong, as `rnn doubt`: trains on parts of it, and lets each sentence be judged by
 * networks that have not seen it. Its events are notices and how many networks have judged; its result has the findings, the
 * most doubtful first. Written as JSON lines, they are what `annotate` takes as `review`.
 *
 * @throws UserError, to whoever follows, if options, corpora or settings are not as they should be
 */
export function doubt(options: DoubtingOptions): Work<Notice | JudgedEvent, DoubtReport> {
  return new Work(
    begin(() => {
      checkOptions('doubt', options, DOUBTING_KINDS);
      const { corpora: files, ...others } = options;
      if (files === undefined) throw badUsage('doubt: expected a list of texts as corpora, found nothing');
      return doubtSteps({ settings: {}, ...others, files, reading: readingOf(options) });
    }),
  );
}

/**
 * Serves a page on which a person labels sentences, as `rnn annotate`, until it is closed. Each decision is in the file `output`
 * (default `annotated.jsonl`, of a review `reviewed.jsonl`) before the page says so. `model` is where the page saves its model
 * (default `model.json`); if it is given and there, it suggests from the beginning. `onFailure` is told of errors while the page is
 * served, which the page shows, too.
 *
 * @throws UserError if options, texts, findings or earlier decisions are not as they should be, or the address cannot be listened on
 */
export async function annotate(options: AnnotatingOptions): Promise<Annotation> {
  checkOptions('annotate', options, ANNOTATING_KINDS);
  // Few programs serve the page, and the others need not load a server.
  const { annotate: annotateSteps, USUAL } = await import('./commands/annotate/annotate.js');
  const { texts = [], review, labels = [], order = 'uncertain', seed = 1, from, onFailure = () => {} } = options;
  const output = options.output ?? (review === undefined ? USUAL.output : USUAL.reviewed);
  await refuseSameFile([...texts, review, options.model], output, 'output');
  const steps = annotateSteps({
    ...{ texts, review, labels, output, order, seed, onFailure },
    ...{ model: options.model ?? DEFAULT_MODEL, startsFromModel: options.model !== undefined },
    ...{ host: options.host ?? USUAL.host, port: options.port ?? USUAL.port },
    reading: { ...readingOf({ ...options, from: undefined }), from }, // texts have formats of their own
    clock,
  });
  return new Work(gatherNotices(steps)).result();
}

/**
 * Explains how a model tags one sentence, as `rnn explain --json`: hidden states, probabilities, losses, reasons.
 *
 * @throws UserError if the sentence has no tokens, or model, sentence or options are not as they should be
 */
export function explain(model: TaggingModel, sentence: SentenceInput, options: ExplainingOptions = {}): Explanation {
  checkOptions('explain', options, EXPLAINING_KINDS);
  if (!(model instanceof TaggingModel)) throw badUsage('explain: expected a model, as loadModelFile gives it');
  const { recordTagger } = model;
  const tokens = model.tokensOf(sentence);
  const { gold: tags, why: words = [], gradient } = options;
  const stray = words.find((t) => t < 0 || t >= tokens.length);
  if (stray !== undefined)
    throw badUsage(`explain: why: expected numbers from 0 to ${tokens.length - 1}, found ${stray}`);
  const gold = tags && { tags, scheme: schemeOfGold(tags, recordTagger.language) };
  const unrolled = new UnrolledModel(recordTagger.model, createKernels());
  return explainSubject(recordTagger.model, recordTagger.tagger, unrolled, { tokens, gold }, { words, gradient });
}

/**
 * Opens the model of a checkpoint file, packed by gzip or not.
 *
 * @throws UserError if there is no checkpoint, or a damaged one
 */
export async function loadModelFile(path: string = DEFAULT_MODEL): Promise<TaggingModel> {
  if (typeof path !== 'string') throw badUsage('loadModelFile: expected a path');
  const { bytes, source } = await readModelFile(path);
  return loadModel(decodeText(bytes, source), source);
}

/** Makes a story when it is followed, so that whoever follows it hears what is wrong with its options. */
async function* begin<Event, Report>(
  make: () => AsyncGenerator<Event, Report, undefined>,
): AsyncGenerator<Event, Report, undefined> {
  return yield* make();
}

/** Passes the events of a story on, but for its notices, which become a part of its result. */
async function* gatherNotices<Event extends { readonly kind: string }, Report extends object>(
  story: AsyncGenerator<Event | Notice, Report, undefined>,
): AsyncGenerator<Exclude<Event, Notice>, Report & { readonly notices: readonly string[] }, undefined> {
  const notices: string[] = [];
  try {
    for (;;) {
      const { value, done } = await story.next();
      if (done) return { ...value, notices };
      if (isNotice(value)) notices.push(value.text);
      else yield value as Exclude<Event, Notice>;
    }
  } finally {
    await story.return(undefined as never);
  }
}

/** Returns the seconds since a fixed moment. */
function clock(): number {
  return performance.now() / 1000;
}

/** Lets timers and signals be heard between two steps. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
