import { labelsOf as labelsIn, noEntityNotices, outsideNotice, unseenLabelsNotice } from '../../corpora/notices.js';
import { checkSameKind, type LabelledCorpus, readLabelledCorpus } from '../../corpora/read-corpus.js';
import { badInput, badUsage } from '../../errors.js';
import type { CorpusReading } from '../../formats/format.js';
import { collectEntities } from '../../model/known-entities.js';
import type { Annotation, Corpora, Model } from '../../model/model.js';
import { nameOf } from '../../node/files.js';
import { starterCorpus } from '../../node/package-files.js';
import type { Settings } from '../../settings/settings.js';
import { grouped } from '../../text/counts.js';
import { describeScheme, type LabelledSentences, recode } from '../../text/scheme.js';
import type { Sentence } from '../../text/sentence.js';
import { chanceFor } from '../../training/chance.js';
import { divideIntoFolds, type Folds } from '../../training/folds.js';
import { holdOut, takePart } from '../../training/subsets.js';
import { type Notice, noticesOf, noticesOfCorpus } from '../story.js';
import {
  annotationOf,
  checkLabels,
  checkLabelsOf,
  openPartial,
  openUnmarked,
  type UnmarkedOptions,
  unscoredNotices,
} from './labels-of.js';

/** All sentences of a training; train includes those that are kept of what a model was trained on before. */
export interface TrainingCorpora extends TrainingData {
  readonly oldDev: OldDev | undefined;
}

/** Sentences that show what a model that learns more forgets. */
export interface OldDev extends LabelledSentences {
  /** Whether the old model may have been trained on them, so that its scores flatter it. */
  readonly mayBeTrainedOn: boolean;
}

/** The corpora that a model is scored on. */
export type ScoredParts = Pick<TrainingCorpora, 'dev' | 'folds' | 'test' | 'oldDev'>;

/**
 * Reads all corpora of a training, which may go on with a model.
 *
 * @throws UserError if a corpus cannot be read
 */
export async function* readCorpora(
  options: DataOptions & KeptOptions,
  settings: Settings,
  initial: Model | undefined,
  chooseFolds: ChooseFolds,
): AsyncGenerator<Notice, TrainingCorpora, undefined> {
  refuseKept(options);
  const data = yield* readTrainingData(options, settings, initial?.language.tags, chooseFolds);
  if (!initial) return { ...data, oldDev: undefined };
  const { train, fingerprint, oldDev } = yield* readKeptData(options, data.reading, initial);
  const corpora = { ...data.corpora, ...(fingerprint && { keep: fingerprint }) };
  return { ...data, train: mixSentences(data.train, train, initial), corpora, oldDev };
}

/** @throws UserError if labels are named of a corpus of which all count as annotated, exit code 2 */
function refuseKept({ keep, oldDev, labelsOf = [] }: DataOptions & KeptOptions): void {
  const kept = labelsOf.find(({ file }) => file === keep || file === oldDev);
  if (!kept) return;
  const flag = kept.file === keep ? '--keep' : '--old-dev';
  throw badUsage(
    `--labels-of ${kept.file}: all labels of the old model count as annotated in the corpus of ${flag}`,
    `leave out one of the two, or name the file among those that are trained on`,
  );
}

/** The files that a training reads, and how it reads them. */
export interface TrainingFiles {
  /** Files of the training corpus; none for the starter corpus with its dev and test. */
  readonly corpora: readonly string[];
  readonly dev?: string | undefined;
  readonly test?: string | undefined;
  readonly reading: CorpusReading;
}

export interface DataOptions extends UnmarkedOptions {
  readonly files: TrainingFiles;
  /** Takes only this fraction of the training sentences, drawn by the seed. */
  readonly part?: number | undefined;
  /** Draws the sentences that are held out; by default the seed of the settings. */
  readonly holdOutSeed?: number | undefined;
}

/** Decides in how many folds a corpus is divided that has no dev, by its number of sentences; 0 if it is not. */
type ChooseFolds = (sentences: number) => number;

export interface TrainingData {
  readonly train: LabelledSentences;
  readonly dev: LabelledSentences;
  /** The folds of train, which is dev too, each sentence for the network that does not train on it; undefined if there are none. */
  readonly folds: Folds | undefined;
  readonly test: LabelledSentences | undefined;
  readonly corpora: Corpora;
  /** Undefined if all was annotated. */
  readonly annotation: Annotation | undefined;
  /** How the files were read: as was said, with the outside tag of the settings. */
  readonly reading: CorpusReading;
}

/**
 * Reads train, dev and test; without a file for dev, sentences of train are held out.
 *
 * @param knownTags tags of a model that the training goes on with
 * @param chooseFolds is asked only if there is no file for dev
 * @throws UserError if a corpus cannot be read
 */
export async function* readTrainingData(
  options: DataOptions,
  { seed, outside }: Pick<Settings, 'seed' | 'outside'>,
  knownTags: readonly string[] = [],
  chooseFolds: ChooseFolds = () => 0,
): AsyncGenerator<Notice, TrainingData, undefined> {
  const { files, part = 1, holdOutSeed, labelsOf = [], partial = false } = options;
  const isStarter = files.corpora.length === 0;
  if (isStarter) yield* noticesOf('no corpus named: training on the starter corpus');
  const { corpora, dev: devFile, test: testFile } = isStarter ? starterFiles(files) : files;
  const reading = { ...files.reading, outside };
  const name = isStarter ? 'starter corpus' : corpora.map(nameOf).join(', ');
  if (partial && labelsOf.length > 0)
    throw badUsage(
      '--partial and --labels-of exclude each other: where any entity may be unmarked, those of some labels may be',
      'leave out --labels-of',
    );
  checkLabelsOf(labelsOf, [...corpora, ...[devFile, testFile].filter((path) => path !== undefined)]);
  const corpus = await readLabelledCorpus(corpora, reading, name);
  const { scheme, fingerprint } = corpus;
  yield* noticesOfCorpus(corpus);
  yield* noticesOf(describeScheme(scheme), ...outsideNotice(name, corpus.sentences, outside));
  if (corpus.sentences.every(({ possible }) => possible?.every((each) => each === 'any')))
    throw badInput(
      `${name}: no token has a known tag: there is nothing to learn`,
      'label some first: see rnn annotate',
    );

  const known = [...corpus.sentences, { tokens: knownTags, tags: knownTags, document: 0, line: 0 }];
  const labels = labelsIn({ sentences: known, scheme });
  checkLabels(labelsOf, labels, scheme);
  const opened = yield* openUnmarked(corpus, labelsOf, labels);
  const sentences = partial ? yield* openPartial(opened, scheme) : opened;
  const digests = new Map(corpus.digests);
  const readOther = async function* (path: string) {
    const other = await readLabelledCorpus([path], reading);
    checkSameKind(nameOf(path), other.scheme, scheme);
    yield* noticesOfCorpus(other);
    yield* noticesOf(...unseenLabelsNotice(nameOf(path), other, { sentences: known, scheme }));
    for (const [file, digest] of other.digests) digests.set(file, digest);
    return { ...other, sentences: yield* openUnmarked(other, labelsOf, labels) };
  };
  const test = testFile === undefined ? undefined : yield* readOther(testFile);
  const devCorpus = devFile === undefined ? undefined : yield* readOther(devFile);
  const folds = devCorpus ? 0 : chooseFolds(sentences.length);
  const split = devCorpus ? undefined : splitOff(sentences, folds, holdOutSeed ?? seed);
  if (split) yield* noticesOf(split.notice);
  const train = { sentences: takePart(split?.train ?? sentences, part, chanceFor(seed, 'part')), scheme };
  const dev = devCorpus ?? { sentences: split?.dev ?? [], scheme };
  yield* noticesOf(...noEntityNotices(name, train, dev));
  if (partial || labelsOf.length > 0) yield* noticesOf(...unscoredNotices({ dev, test }));
  return {
    train,
    dev,
    folds: split?.folds,
    test,
    corpora: { train: fingerprint, ...(devCorpus && { dev: devCorpus.fingerprint }) },
    annotation: annotationOf(options, sentences, digests),
    reading,
  };
}

interface DevSplit {
  readonly train: readonly Sentence[];
  readonly dev: readonly Sentence[];
  readonly folds?: Folds;
  /** Tells what was done. */
  readonly notice: string;
}

/**
 * Finds dev within a corpus: a tenth of it, or all of it in folds.
 *
 * @param count number of folds; 0 for a tenth
 */
function splitOff(sentences: readonly Sentence[], count: number, seed: number): DevSplit {
  const drawn = (unit: Folds['unit']): string =>
    `drawn by seed ${seed}${unit === 'documents' ? ', whole documents' : ''}`;
  const all = grouped(sentences.length);
  if (count > 0) {
    const folds = divideIntoFolds(sentences, count, chanceFor(seed, 'holdOut'));
    const notice = `no --dev: ${all} sentences in ${folds.count} folds, ${drawn(folds.unit)}: each of ${folds.count} networks holds one out as its dev, and their scores are averaged (--folds 0: one network)`;
    if (folds.count > 1) return { train: sentences, dev: sentences, folds, notice };
  }
  const held = holdOut(sentences, chanceFor(seed, 'holdOut'));
  const notice =
    held.train === held.dev
      ? 'the corpus is one sentence: it is its own dev'
      : `no --dev: ${grouped(held.dev.length)} of ${all} sentences held out as dev, ${drawn(held.unit)}`;
  return { train: held.train, dev: held.dev, notice };
}

/** Returns the files of the starter corpus, but for dev and test that were named. */
function starterFiles({ dev, test }: TrainingFiles): Omit<TrainingFiles, 'reading'> {
  return {
    corpora: [starterCorpus('train')],
    dev: dev ?? starterCorpus('dev'),
    test: test ?? starterCorpus('test'),
  };
}

export interface KeptOptions {
  /** A corpus that the model was trained on before, whose sentences are mixed in. */
  readonly keep?: string | undefined;
  /** A corpus that is scored before and after, to see what the model forgets. */
  readonly oldDev?: string | undefined;
}

/** Sentences that are mixed in, if any, and those that show what is forgotten. */
interface KeptData {
  readonly train: LabelledSentences | undefined;
  readonly oldDev: OldDev | undefined;
  readonly fingerprint: Corpora['keep'];
}

/**
 * Reads what a model that learns more should not forget. Without a corpus to measure that, a tenth of the kept one is
 * held out: the tenth that the old training held out, if that was on the same corpus.
 *
 * @throws UserError if a corpus cannot be read
 */
async function* readKeptData(
  options: KeptOptions,
  reading: CorpusReading,
  old: Model,
): AsyncGenerator<Notice, KeptData, undefined> {
  const read = async function* (path: string | undefined): AsyncGenerator<Notice, LabelledCorpus | undefined> {
    if (path === undefined) return undefined;
    const corpus = await readLabelledCorpus([path], reading);
    checkSameKind(nameOf(path), corpus.scheme, old.language.scheme);
    yield* noticesOfCorpus(corpus);
    return corpus;
  };
  const kept = yield* read(options.keep);
  const oldDev = yield* read(options.oldDev);
  const { fingerprint } = kept ?? {};
  if (!kept || oldDev) {
    if (!oldDev) yield* noticesOf('neither --keep nor --old-dev: what is forgotten cannot be seen');
    return { train: kept, fingerprint, oldDev: oldDev && { ...oldDev, mayBeTrainedOn: false } };
  }
  const { sentences, scheme } = kept;
  const held = holdOut(sentences, chanceFor(old.settings.seed, 'holdOut'));
  const train = { sentences: held.train, scheme };
  const mayBeTrainedOn = held.train === held.dev || !wasTrainedOn(old, kept, train);
  const what = `${grouped(held.dev.length)} of ${grouped(sentences.length)} sentences of --keep held out to see what is forgotten`;
  yield* noticesOf(
    mayBeTrainedOn
      ? `warning: no --old-dev: ${what}, and the old model may have been trained on them: its scores before may flatter it; --old-dev names sentences that it has not seen`
      : `no --old-dev: ${what}, as the old training had held them out`,
  );
  return { train, fingerprint, oldDev: { sentences: held.dev, scheme, mayBeTrainedOn } };
}

/**
 * Returns whether a model was trained on these sentences of a corpus and held the others out. A checkpoint does not say
 * which seed drew them, which is not its own if it is one of several runs: the entities that it has met do.
 */
function wasTrainedOn(model: Model, { fingerprint }: LabelledCorpus, part: LabelledSentences): boolean {
  const { corpora, entities, initial, settings } = model;
  if (initial || corpora.dev || settings.folds || corpora.train.sha256 !== fingerprint.sha256) return false;
  return JSON.stringify(entities?.byLabel) === JSON.stringify(collectEntities(part).byLabel);
}

/** Mixes new and kept sentences, with their tags spelt as the model spells them. */
function mixSentences(
  train: LabelledSentences,
  kept: LabelledSentences | undefined,
  { language: { scheme } }: Model,
): LabelledSentences {
  const sentences = [train, ...(kept ? [kept] : [])].flatMap((part) =>
    part.sentences.map((sentence) => ({ ...sentence, tags: recode(sentence.tags, part.scheme, scheme) })),
  );
  return { sentences, scheme };
}
