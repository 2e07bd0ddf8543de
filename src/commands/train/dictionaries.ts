import { type DictionaryFile, readDictionaries } from '../../corpora/read-dictionaries.js';
import { badUsage } from '../../errors.js';
import { digestOf } from '../../node/digest.js';
import type { Settings, SettingsInput } from '../../settings/settings.js';
import { at } from '../../text/at.js';
import { findConvention } from '../../text/convention.js';
import { counted, grouped } from '../../text/counts.js';
import { Dictionaries } from '../../text/dictionaries.js';
import { type LabelledSentences, spansOf } from '../../text/scheme.js';
import { createTokenizer } from '../../text/tokenizer.js';
import { UNKNOWN_ID, type Vocabulary } from '../../text/vocabulary.js';
import { type Notice, noticesOf } from '../story.js';
import type { InitialModel } from './initial.js';
import { chooseVocabulary } from './language.js';

/** @throws UserError if a setting is about dictionaries, and there are none, exit code 2 */
export function refuseDropoutWithoutDictionary({ dictionaryDropout }: SettingsInput, hasDictionaries: boolean): void {
  if (dictionaryDropout === undefined || hasDictionaries) return;
  throw badUsage('--dictionary-dropout is about dictionaries, and there is none', 'leave it out, or add --dictionary');
}

/**
 * Reads the dictionaries of a training, or takes those of the model that it goes on with.
 *
 * @throws UserError if a file is not as it should be, exit code 3, or a model has dictionaries of its own, exit code 2
 */
export async function* takeDictionaries(
  files: readonly DictionaryFile[],
  initial: InitialModel | undefined,
  train: LabelledSentences,
  vocabulary: Vocabulary,
): AsyncGenerator<Notice, Dictionaries | undefined, undefined> {
  if (initial) {
    if (files.length > 0)
      throw badUsage(
        'dictionaries are taken when a model is first trained: one that goes on keeps what it has',
        'leave out --dictionary or --init-from; rnn tag --dictionary adds names to a model that has dictionaries',
      );
    return initial.model.language.features.knowledge.dictionaries;
  }
  if (files.length === 0) return undefined;
  const tokenize = createTokenizer(findConvention(train.sentences), (word) => vocabulary.idOf(word) !== UNKNOWN_ID);
  const list = await readDictionaries(files, tokenize);
  const dictionaries = new Dictionaries(list);
  yield* noticesOf(...describeMatches(dictionaries, train));
  return dictionaries;
}

/**
 * Reads the dictionaries of many trainings on one corpus or parts of it, and tells of them once.
 *
 * @throws UserError if a file is not as it should be, exit code 3, or a setting needs dictionaries, exit code 2
 */
export async function* readCommonDictionaries(
  files: readonly DictionaryFile[],
  train: LabelledSentences,
  settings: Settings,
): AsyncGenerator<Notice, Dictionaries | undefined, undefined> {
  refuseDropoutWithoutDictionary(settings, files.length > 0);
  if (files.length === 0) return undefined;
  const { vocabulary } = await chooseVocabulary(settings, {}, undefined, train.sentences);
  return yield* takeDictionaries(files, undefined, train, vocabulary);
}

/** Tells how many names dictionaries have, and how often entities and other words of a corpus are among them. */
function describeMatches(dictionaries: Dictionaries, { sentences, scheme }: LabelledSentences): string[] {
  const counts = dictionaries.list.map(() => ({ found: 0, named: 0 }));
  for (const { tokens, tags } of sentences) {
    const spans = new Set(spansOf(tags, scheme).map(({ start, end }) => `${start} ${end}`));
    dictionaries.find(tokens, (dictionary, start, end) => {
      const count = at(counts, dictionary);
      count.found++;
      if (spans.has(`${start} ${end}`)) count.named++;
    });
  }
  return dictionaries.list.map(({ label, names }, dictionary) => {
    const { found, named } = at(counts, dictionary);
    const matches =
      found === 0
        ? 'warning: none is in the corpus'
        : `they stand ${counted(found, 'time')} in the corpus, as entities ${grouped(named)} of them`;
    return `dictionary ${label}: ${counted(names.size, 'name')}; ${matches}`;
  });
}

/** Returns the SHA-256 of dictionaries; undefined if there are none. */
export function digestOfDictionaries(dictionaries: Dictionaries | undefined): string | undefined {
  if (!dictionaries) return undefined;
  return digestOf(dictionaries.list.map(({ label, names }) => `${label}\n${names.encode()}`).join('\n\n'));
}
