import { badUsage } from '../../errors.js';
import { checkSize } from '../../model/checkpoint.js';
import { growLanguage, joinEntities } from '../../model/growth.js';
import { collectEntities, type KnownEntities } from '../../model/known-entities.js';
import { networkLayout } from '../../model/layout.js';
import type { Corpora } from '../../model/model.js';
import { planNetwork } from '../../model/plan-network.js';
import { digestOf } from '../../node/digest.js';
import { packageVersion } from '../../node/package-version.js';
import { inheritSettings } from '../../settings/inherit.js';
import { featuresOf, type PresetName, resolveSettings, type SettingsInput } from '../../settings/settings.js';
import { TINY } from '../../settings/training.js';
import { findConvention } from '../../text/convention.js';
import { collectFeatures, wordFeatures } from '../../text/features.js';
import { innerSchemeOf, type LabelledSentences } from '../../text/scheme.js';
import { countTokens } from '../../text/sentence.js';
import { allowedTransitions } from '../../text/transitions.js';
import type { Vocabulary } from '../../text/vocabulary.js';
import { collectTags, encodeSentences } from '../../training/examples.js';
import { listInputs } from '../../training/inputs.js';
import { planJob } from '../../training/trainer.js';
import { type DataOptions, readTrainingData, type TrainingData } from './data.js';
import { growNetworks, type InitialModel, mixSentences, openInitial } from './initial.js';
import { type KeptOptions, readKeptData } from './kept-data.js';
import type { NetworkWork, Notice } from './networks.js';
import { takeVectors } from './vectors.js';
import { chooseVocabulary, refuseVocabularySize } from './vocabulary.js';

export interface PreparationOptions extends DataOptions, KeptOptions {
  /** A checkpoint to go on with, to learn from another corpus. */
  readonly initFrom?: string | undefined;
  readonly preset?: PresetName | undefined;
  /** What the person set; the rest comes from the preset. */
  readonly settings: SettingsInput;
  /** A file that `rnn vocab` wrote, to be used instead of a vocabulary of the corpus. */
  readonly vocabulary?: string | undefined;
  /** A file of pre-trained vectors. */
  readonly vectors?: string | undefined;
}

/** A training that could begin. */
export interface PreparedTraining {
  readonly work: NetworkWork;
  /** The training sentences themselves are in `work` as numbers: no string of them is held while it trains. */
  readonly data: Pick<TrainingData, 'dev' | 'test'>;
  /** Of the training corpus, and of what was known before. */
  readonly entities: KnownEntities;
  readonly corpora: Corpora;
  readonly initial: InitialModel | undefined;
  /** To see what is forgotten. */
  readonly oldDev: LabelledSentences | undefined;
  /** Number of weights of one network. */
  readonly parameters: number;
}

/**
 * Reads corpora, settles settings, and plans the network.
 *
 * @throws UserError where corpora, settings or files are not as they should be
 */
export async function* prepareTraining(
  options: PreparationOptions,
): AsyncGenerator<Notice, PreparedTraining, undefined> {
  if (options.vocabulary !== undefined) refuseVocabularySize(options.settings);
  const initial = options.initFrom === undefined ? undefined : await openInitial(options.initFrom);
  if (!initial) refuseOldCorpora(options);
  const old = initial?.model;
  const given = old ? inheritSettings(options.settings, old.settings, initial.source) : options.settings;
  const wanted = resolveSettings(given, options.preset);
  const data = await readTrainingData(options, wanted.outside, wanted.seed, old?.language);
  const kept = old && (await readKeptData(options, { scheme: old.language.scheme, seed: old.settings.seed }));
  for (const text of [...data.notices, ...(kept?.notices ?? [])]) yield { kind: 'notice', text };

  const train = old && kept ? mixSentences(data.train, kept, old.language) : data.train;
  const tokens = countTokens(train.sentences);
  // The many steps that suit a network that begins with a tiny corpus would make one that goes on forget the old.
  const sized = resolveSettings(given, options.preset, old ? Math.max(tokens, TINY + 1) : tokens);
  const { settings, vocabulary } = await chooseVocabulary(sized, given, options.vocabulary, train.sentences);
  const { form } = vocabulary;
  const choice = { train, dev: data.dev, form, size: sized.vocabularySize, input: sized.input };
  const vectors = yield* takeVectors(options.vectors, old, choice);
  const innerScheme = innerSchemeOf(train.scheme, settings.recode);
  const found = {
    scheme: train.scheme,
    innerScheme,
    tags: collectTags(train.sentences, train.scheme, innerScheme),
    features: collectFeatures(train.sentences, wordFeatures(featuresOf(settings)), vocabulary, vectors?.words),
    convention: findConvention(train.sentences),
  };
  const language = old ? growLanguage(old.language, found, settings.vocabularySize) : found;
  const { tags, features } = language;
  const examples = encodeSentences(train.sentences, language);
  const tagged = [data.dev, data.test, kept?.oldDev].flatMap((part) => part?.sentences ?? []);
  const longestOther = tagged.reduce((longest, { tokens }) => Math.max(longest, tokens.length), 1);
  const plan = planNetwork(settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
  const { count } = networkLayout(plan);
  checkSize(settings.networks * count + (vectors?.numbers.length ?? 0));
  const job = planJob(plan, settings, examples.sentences, longestOther);
  const corpora = { ...data.corpora, ...(kept?.fingerprint && { keep: kept.fingerprint }) };
  const reading = { ...readingOf(options, vocabulary), vectors: vectors?.sha256 };
  const inputs = listInputs(settings, corpora, initial?.lineage, reading, packageVersion());
  const initialWeights = initial && growNetworks(initial, language, plan, settings.seed);
  return {
    work: { settings, job, examples, language, dev: data.dev, vectors, inputs, initialWeights },
    data: { dev: data.dev, test: data.test },
    entities: old ? joinEntities(old.entities, collectEntities(train)) : collectEntities(train),
    corpora,
    initial,
    oldDev: kept?.oldDev,
    parameters: settings.networks * count,
  };
}

/** @throws UserError where there is nothing to forget, exit code 2 */
function refuseOldCorpora({ keep, oldDev }: PreparationOptions): void {
  if (keep === undefined && oldDev === undefined) return;
  const flag = keep === undefined ? '--old-dev' : '--keep';
  throw badUsage(`${flag} is about what a model knew before, and there is none`, 'name it with --init-from');
}

/** What was said of how the corpora are to be read, and of the vocabulary. */
function readingOf(options: PreparationOptions, { words }: Vocabulary): Readonly<Record<string, unknown>> {
  const { from, tagNames, offsets, tokenColumn, tagColumn, part, holdOutSeed } = options;
  const vocabulary = options.vocabulary === undefined ? undefined : digestOf(words.join('\n'));
  return { from, tagNames: tagNames?.join(','), offsets, tokenColumn, tagColumn, part, holdOutSeed, vocabulary };
}
