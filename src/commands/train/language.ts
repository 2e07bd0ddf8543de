import { badUsage } from '../../errors.js';
import { readVocabulary } from '../../formats/vocabulary-file.js';
import { growLanguage } from '../../model/growth.js';
import type { Language } from '../../model/language.js';
import { decodeText, nameOf, readBytes } from '../../node/files.js';
import { featuresOf, type Settings, type SettingsInput } from '../../settings/settings.js';
import { findConvention } from '../../text/convention.js';
import { collectFeatures, type WordKnowledge, wordFeatures } from '../../text/features.js';
import { innerSchemeOf, type LabelledSentences } from '../../text/scheme.js';
import type { Sentence } from '../../text/sentence.js';
import { buildVocabulary, countWords, Vocabulary } from '../../text/vocabulary.js';
import { collectTags } from '../../training/examples.js';
import type { InitialModel } from './initial.js';

/**
 * Makes the vocabulary of the corpus, or reads the one of a file, whose form of words then becomes the settings'.
 *
 * @param given what the person set
 * @param path a file that `rnn vocab` wrote
 * @throws UserError if the file is no vocabulary, or contradicts the settings
 */
export async function chooseVocabulary(
  settings: Settings,
  given: SettingsInput,
  path: string | undefined,
  sentences: readonly Sentence[],
): Promise<{ settings: Settings; vocabulary: Vocabulary }> {
  const { vocabularySize: size, minCount, lowercase, foldDigits } = settings;
  if (path === undefined)
    return { settings, vocabulary: buildVocabulary(sentences, { size, minCount, lowercase, foldDigits }) };
  const source = nameOf(path);
  const vocabulary = readVocabulary(decodeText(await readBytes(path), source), source);
  const { lowercase: lowercaseGiven, foldDigits: foldDigitsGiven } = given;
  const { form } = vocabulary;
  if ((lowercaseGiven ?? form.lowercase) !== form.lowercase || (foldDigitsGiven ?? form.foldDigits) !== form.foldDigits)
    throw badUsage(
      `${source} was made with lowercase ${form.lowercase} and foldDigits ${form.foldDigits}, and the options say otherwise`,
      'leave out --lowercase and --fold-digits, or make the vocabulary again',
    );
  return { settings: { ...settings, ...form, vocabularySize: vocabulary.size }, vocabulary };
}

/** @throws UserError if settings ask for a size of the vocabulary, which the file of a vocabulary has already, exit code 2 */
export function refuseVocabularySize({ vocabularySize, minCount }: SettingsInput): void {
  if (vocabularySize === undefined && minCount === undefined) return;
  throw badUsage(
    'the vocabulary is given, and so are its size or least count',
    'leave out --vocabulary-size and --min-count, or --vocabulary',
  );
}

/**
 * Collects what a model knows of text: its tags, its features and the habits of its corpus. A model that learns more keeps what it knows
 * and adds what is new.
 *
 * @param knowledge what is known of words from elsewhere
 */
export function collectLanguage(
  { sentences, scheme }: LabelledSentences,
  settings: Settings,
  vocabulary: Vocabulary,
  knowledge: WordKnowledge,
  initial: InitialModel | undefined,
): Language {
  const innerScheme = innerSchemeOf(scheme, settings.recode);
  const found = {
    scheme,
    innerScheme,
    tags: collectTags(sentences, scheme, innerScheme),
    features: collectFeatures(sentences, wordFeatures(featuresOf(settings)), vocabulary, knowledge),
    convention: findConvention(sentences),
  };
  return initial ? growLanguage(initial.model.language, found, settings.vocabularySize) : found;
}

/** Returns the language that a part of its corpus shows: the words and values that occur there, and all tags. */
export function restrictLanguage(language: Language, sentences: readonly Sentence[]): Language {
  const { features, vocabulary, knowledge } = language.features;
  const { words, form } = vocabulary;
  const counts = countWords(sentences, form);
  const known = new Vocabulary(
    words.filter((word) => counts.has(word)),
    form,
  );
  return { ...language, features: collectFeatures(sentences, features, known, knowledge) };
}
