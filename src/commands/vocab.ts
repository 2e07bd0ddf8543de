import { readCorpus } from '../corpora/read-corpus.js';
import type { CorpusReading } from '../formats/format.js';
import { writeVocabulary } from '../formats/vocabulary-file.js';
import { resolveSettings, type SettingsInput } from '../settings/settings.js';
import { countTokens } from '../text/sentence.js';
import { buildVocabulary, countWords } from '../text/vocabulary.js';
import { type Notice, noticesOf } from './story.js';

export interface VocabOptions {
  readonly reading: CorpusReading;
  readonly corpora: readonly string[];
  /** A second corpus, to see how many of its tokens the vocabulary does not hold. */
  readonly dev?: string | undefined;
  readonly settings: Pick<SettingsInput, 'vocabularySize' | 'minCount' | 'lowercase' | 'foldDigits'>;
}

export interface VocabReport {
  /** Size V of the vocabulary, the unknown word included. */
  readonly size: number;
  readonly sentences: number;
  readonly tokens: number;
  /** Number of different words of the corpus, in the form that the vocabulary knows. */
  readonly distinct: number;
  /** Fraction of the corpus's tokens that the vocabulary holds. */
  readonly coverage: number;
  readonly dev?: { readonly tokens: number; readonly unknown: number; readonly unknownRate: number };
  /** The vocabulary as `--vocabulary` reads it. */
  readonly text: string;
}

/**
 * Makes the one-hot vocabulary of a corpus and measures it.
 *
 * @throws UserError if a corpus cannot be read
 */
export async function* makeVocabulary(options: VocabOptions): AsyncGenerator<Notice, VocabReport, undefined> {
  const { vocabularySize: size, minCount, lowercase, foldDigits } = resolveSettings(options.settings);
  const { sentences, notices } = await readCorpus(options.corpora, options.reading);
  const vocabulary = buildVocabulary(sentences, { size, minCount, lowercase, foldDigits });
  const tokens = countTokens(sentences);
  const report = {
    size: vocabulary.size,
    sentences: sentences.length,
    tokens,
    distinct: countWords(sentences, vocabulary.form).size,
    coverage: vocabulary.countKnown(sentences) / tokens,
    text: writeVocabulary(vocabulary),
  };
  if (options.dev === undefined) {
    yield* noticesOf(...notices);
    return report;
  }
  const { sentences: dev, notices: found } = await readCorpus([options.dev], options.reading);
  yield* noticesOf(...notices, ...found);
  const devTokens = countTokens(dev);
  const unknown = devTokens - vocabulary.countKnown(dev);
  return { ...report, dev: { tokens: devTokens, unknown, unknownRate: unknown / devTokens } };
}
