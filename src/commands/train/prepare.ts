import type { DictionaryFile } from '../../corpora/read-dictionaries.js';
import { badUsage } from '../../errors.js';
import { collectEntities, joinEntities, type KnownEntities } from '../../model/known-entities.js';
import type { Annotation, Corpora } from '../../model/model.js';
import { digestOf } from '../../node/digest.js';
import { packageVersion } from '../../node/package-files.js';
import { foldsFor } from '../../settings/folds.js';
import { inheritSettings } from '../../settings/inherit.js';
import { type PresetName, resolveSettings, type Settings, type SettingsInput } from '../../settings/settings.js';
import { OUTSIDE_RATE, rawEpochsOf, TINY, wholeEpochsAfter } from '../../settings/training.js';
import { grouped } from '../../text/counts.js';
import { sizeOfCorpus } from '../../text/sentence.js';
import { listInputs } from '../../training/state.js';
import { holdNotices, type Notice, noticesOf } from '../story.js';
import { type ClustersOptions, takeClusters } from './clusters.js';
import { type DataOptions, readCorpora, type ScoredParts } from './data.js';
import { digestOfDictionaries, refuseDropoutWithoutDictionary, takeDictionaries } from './dictionaries.js';
import { takeDocuments } from './documents.js';
import { growNetworks, type InitialModel, type InitialOptions, openInitial } from './initial.js';
import { inputsOfAnnotation } from './labels-of.js';
import { chooseVocabulary, collectLanguage, refuseVocabularySize } from './language.js';
import type { NetworkWork } from './network-work.js';
import { planFolds, planTraining } from './plan.js';
import { namesOfGiven, outdoneUnknownRate, uselessSettings, uselessVocabulary } from './useless-settings.js';
import { takeVectors } from './vectors.js';

export interface PreparationOptions
  extends DataOptions,
    InitialOptions,
    Pick<ClustersOptions, 'clusters' | 'raw' | 'pause'> {
  readonly preset?: PresetName | undefined;
  /** The settings that the user gave; the rest comes from the preset. */
  readonly settings: SettingsInput;
  /** A file that `rnn vocab` wrote, to be used instead of a vocabulary of the corpus. */
  readonly vocabulary?: string | undefined;
  /** Files of names, whose matches the network sees. */
  readonly dictionaries?: readonly DictionaryFile[] | undefined;
  /** A file of pre-trained vectors. */
  readonly vectors?: string | undefined;
}

/** A training that could begin. It holds the training sentences as numbers, and as strings only a sample of them if there is raw text. */
export interface PreparedTraining {
  readonly work: NetworkWork;
  readonly scored: ScoredParts;
  /** The entities of the training corpus, and those that an initial model knew. */
  readonly entities: KnownEntities;
  readonly corpora: Corpora;
  /** Undefined if all was annotated. */
  readonly annotation: Annotation | undefined;
  readonly initial: InitialModel | undefined;
  /** Whether evidence is shared within documents whatever dev says, as somebody gave how far. */
  readonly mustShare: boolean;
  /** Number of weights of all networks. */
  readonly parameters: number;
}

/**
 * Prepares a training: reads its corpora, settles its settings, chooses vocabulary, clusters and vectors, and plans the network.
 *
 * @throws UserError if corpora, settings or files are not as they should be
 */
export async function* prepareTraining(
  options: PreparationOptions,
): AsyncGenerator<Notice, PreparedTraining, undefined> {
  const { preset, part, holdOutSeed, partial } = options;
  if (options.vocabulary !== undefined) refuseVocabularySize(options.settings);
  const { dictionaries: dictionaryFiles = [] } = options;
  if (options.settings.outsideRate !== undefined && !partial)
    throw badUsage('--outside-rate is about --partial, which is not given', 'leave it out, or add --partial');
  const initial = await openInitial(options);
  const known = initial?.model.language.features.knowledge.dictionaries;
  refuseDropoutWithoutDictionary(options.settings, dictionaryFiles.length > 0 || known !== undefined);
  // With the rate in its settings, the checkpoint shows that some entities were not marked.
  const chosen = partial ? { outsideRate: OUTSIDE_RATE, ...options.settings } : options.settings;
  const given = initial ? inheritSettings(chosen, initial.model.settings, initial.source) : chosen;
  const chooseFolds = folding(options, initial);
  const corpora = yield* holdNotices(readCorpora(options, resolveSettings(given, preset), initial?.model, chooseFolds));
  const { train, dev, folds, test, oldDev, corpora: fingerprints, annotation, reading } = corpora;

  const { sentences, tokens } = sizeOfCorpus(train.sentences);
  // The many steps that suit a network that begins with a tiny corpus would make one that goes on forget the old.
  const size = { sentences, tokens: initial ? Math.max(tokens, TINY + 1) : tokens };
  const networks = folds ? { folds: folds.count, networks: folds.count } : { folds: undefined };
  const featured = yield* takeDocuments(given, preset, train.sentences);
  const sized = resolveSettings({ ...featured, ...networks }, preset, size);
  const { settings, vocabulary } = await chooseVocabulary(sized, given, options.vocabulary, train.sentences);
  const vectors = yield* takeVectors(options.vectors, initial, corpora, vocabulary.form, sized);
  const { clusters, rawSample } = yield* takeClusters(
    { ...options, settings: given },
    initial,
    train.sentences,
    vocabulary,
    settings.seed,
  );
  const dictionaries = yield* takeDictionaries(dictionaryFiles, initial, train, vocabulary);
  const knowledge = { clusters, vectors: vectors?.words, dictionaries };
  const language = collectLanguage(train, settings, vocabulary, knowledge, initial);
  yield* noticesOf(...crfNotices(settings, language.tags.length));
  const { scheme } = train;
  const trained = {
    settings,
    scheme,
    hasClusters: clusters !== undefined,
    hasVectors: vectors !== undefined,
    hasRaw: rawSample !== undefined,
  };
  yield* noticesOf(
    ...uselessSettings(namesOfGiven(options.settings), trained),
    ...outdoneUnknownRate(options.settings, trained),
    ...uselessVocabulary(options.vocabulary, trained),
  );
  const { job, examples, parameters } = planTraining(settings, language, corpora, vectors);
  const tasks = folds ? planFolds(settings, language, corpora, folds, vectors) : [{ job, examples, language, dev }];
  const whole = wholeEpochsAfter(settings, settings.epochs) > 0 ? { job, examples } : undefined;
  const rawEpochs = rawEpochsOf(settings);
  const pretraining = rawSample && rawEpochs > 0 ? { sample: rawSample, epochs: rawEpochs } : undefined;
  const others = {
    ...reading,
    part,
    holdOutSeed,
    ...inputsOfAnnotation(annotation),
    vocabulary: options.vocabulary === undefined ? undefined : digestOf(vocabulary.words.join('\n')),
    clusters: clusters?.sha256,
    raw: clusters?.raw,
    vectors: vectors?.sha256,
    dictionary: digestOfDictionaries(dictionaries),
  };
  const inputs = listInputs(settings, fingerprints, initial?.lineage, others, packageVersion());
  const initialWeights = initial && growNetworks(initial, language, job.plan, settings.seed);
  const entities = collectEntities(train);
  return {
    work: { settings, plan: job.plan, language, tasks, whole, vectors, pretraining, inputs, initialWeights },
    scored: { dev, folds, test, oldDev },
    entities: initial ? joinEntities(initial.model.entities, entities) : entities,
    corpora: fingerprints,
    annotation,
    initial,
    mustShare: given.documentShare !== undefined,
    parameters,
  };
}

/**
 * Returns what decides how many folds the corpus has: none if the training goes on with a model, or holds out the same
 * sentences as others.
 *
 * @throws UserError if folds are asked for where there can be none, exit code 2
 */
function folding(
  { settings, preset = 'default', files, holdOutSeed, part }: PreparationOptions,
  initial: InitialModel | undefined,
): (sentences: number) => number {
  const obstacle =
    (initial && 'a training that goes on with a model holds out a tenth') ||
    (files.dev !== undefined && 'there is a dev') ||
    (files.corpora.length === 0 && 'the starter corpus has a dev') ||
    ((holdOutSeed !== undefined || part !== undefined) && 'one part is held out for several trainings');
  if (!obstacle) return (sentences) => foldsFor(settings, preset, sentences);
  if (settings.folds)
    throw badUsage(`--folds ${settings.folds} needs a corpus without dev: ${obstacle}`, 'leave out --folds');
  return () => 0;
}

/** With so many tags a CRF trains a few thousand tokens a second, and with ten times as many a few dozen. */
const MANY_TAGS = 500;

/** Warns of what looks like a standstill: the work of a CRF grows with the square of the number of tags. */
function crfNotices({ decoder }: Settings, tags: number): string[] {
  if (decoder !== 'crf' || tags < MANY_TAGS) return [];
  return [
    `warning: ${grouped(tags)} tags are many for a CRF, which weighs ${grouped(tags * tags)} pairs of them for each token: --decoder softmax is faster by far; if these are no labels, --tag-column names the right column`,
  ];
}
