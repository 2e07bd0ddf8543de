import { checkSize } from './model/checkpoint.js';
import type { Corpora } from './model/model.js';
import { networkLayout, planNetwork } from './model/plan.js';
import { digestOf } from './node/digest.js';
import { packageVersion } from './node/package-version.js';
import { type DataOptions, readTrainingData, type TrainingData } from './node/training-data.js';
import { chooseVocabulary, refuseVocabularySize } from './node/training-vocabulary.js';
import { featuresOf, type PresetName, resolveSettings, type SettingsInput } from './settings/settings.js';
import { collectFeatures } from './text/features.js';
import { allowedTransitions, innerSchemeOf } from './text/scheme.js';
import { countTokens } from './text/sentence.js';
import type { Vocabulary } from './text/vocabulary.js';
import type { NetworkWork, Notice } from './train-networks.js';
import { collectTags, encodeSentences } from './training/examples.js';
import { listInputs } from './training/inputs.js';
import { planJob } from './training/trainer.js';

export interface PreparationOptions extends DataOptions {
  readonly preset?: PresetName | undefined;
  /** What the person set; the rest comes from the preset. */
  readonly settings: SettingsInput;
  /** A file that `rnn vocab` wrote, to be used instead of a vocabulary of the corpus. */
  readonly vocabulary?: string | undefined;
}

/** A training that could begin. */
export interface PreparedTraining {
  readonly work: NetworkWork;
  readonly data: TrainingData;
  readonly corpora: Corpora;
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
  const wanted = resolveSettings(options.settings, options.preset);
  const data = await readTrainingData(options, wanted.outside, wanted.seed);
  for (const text of data.notices) yield { kind: 'notice', text };
  const { sentences, scheme } = data.train;
  const sized = resolveSettings(options.settings, options.preset, countTokens(sentences));
  const { settings, vocabulary } = await chooseVocabulary(sized, options.settings, options.vocabulary, sentences);
  const innerScheme = innerSchemeOf(scheme, settings.recode);
  const tags = collectTags(sentences, scheme, innerScheme);
  const features = collectFeatures(sentences, featuresOf(settings), vocabulary);
  const language = { scheme, innerScheme, tags, features };
  const examples = encodeSentences(sentences, language);
  const others = [...data.dev.sentences, ...(data.test?.sentences ?? [])];
  const longestOther = others.reduce((longest, { tokens }) => Math.max(longest, tokens.length), 1);
  const plan = planNetwork(settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
  const { count } = networkLayout(plan);
  checkSize(settings.networks * count);
  const job = planJob(plan, settings, examples.sentences, longestOther);
  const inputs = listInputs(settings, data.corpora, readingOf(options, vocabulary), packageVersion());
  return {
    work: { settings, job, examples, language, dev: data.dev, inputs },
    data,
    corpora: data.corpora,
    parameters: settings.networks * count,
  };
}

/** What was said of how the corpora are to be read, and of the vocabulary. */
function readingOf(options: PreparationOptions, { words }: Vocabulary): Readonly<Record<string, unknown>> {
  const { from, tagNames, offsets, tokenColumn, tagColumn, part, holdOutSeed } = options;
  const vocabulary = options.vocabulary === undefined ? undefined : digestOf(words.join('\n'));
  return { from, tagNames: tagNames?.join(','), offsets, tokenColumn, tagColumn, part, holdOutSeed, vocabulary };
}
