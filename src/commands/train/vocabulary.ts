import { badUsage } from '../../errors.js';
import { readVocabulary } from '../../formats/vocabulary-file.js';
import { decodeText, nameOf, readBytes } from '../../node/files.js';
import type { Settings, SettingsInput } from '../../settings/settings.js';
import type { Sentence } from '../../text/sentence.js';
import { buildVocabulary, type Vocabulary } from '../../text/vocabulary.js';

/**
 * A vocabulary of the corpus, or the one of the file that was named; its form of words then is the settings'.
 *
 * @param given what the person set
 * @param path of a file that `rnn vocab` wrote
 * @throws UserError where the file is no vocabulary, or says otherwise than the settings
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

/** A vocabulary that was given has the size it has. */
export function refuseVocabularySize({ vocabularySize, minCount }: SettingsInput): void {
  if (vocabularySize === undefined && minCount === undefined) return;
  throw badUsage(
    'the vocabulary is given, and so are its size or least count',
    'leave out --vocabulary-size and --min-count, or --vocabulary',
  );
}
