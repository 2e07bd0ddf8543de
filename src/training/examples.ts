import type { Example } from '../model/batch.js';
import type { Language } from '../model/language.js';
import { Lexicon } from '../model/lexicon.js';
import { at } from '../numerics/at.js';
import { recode, type Scheme } from '../text/scheme.js';
import type { Sentence } from '../text/sentence.js';
import { countWords, foldWord } from '../text/vocabulary.js';

/** Training sentences encoded as numbers. */
export interface TrainingExamples {
  readonly lexicon: Lexicon;
  /** For each word of the lexicon, 1 if its form is a feature and occurs only once in the training corpus, else 0. */
  readonly seenOnce: Uint8Array;
  readonly sentences: readonly Example[];
}

/** Returns the network's outputs: the tags of the sentences and the outside tag, in code-unit order. */
export function collectTags(sentences: readonly Sentence[], scheme: Scheme, inner: Scheme): string[] {
  const tags = new Set(sentences.flatMap((sentence) => recode(sentence.tags, scheme, inner)));
  if (inner.outside !== undefined) tags.add(inner.outside);
  return [...tags].sort();
}

/**
 * Encodes sentences for training.
 *
 * @throws {Error} if a sentence has a tag that the language does not have
 */
export function encodeSentences(
  sentences: readonly Sentence[],
  { scheme, innerScheme, tags, features }: Language,
): TrainingExamples {
  const tagIds = new Map(tags.map((tag, index) => [tag, index]));
  const numberOf = (tag: string): number => {
    const number = tagIds.get(tag);
    if (number === undefined) throw new Error(`the language does not have the tag ${tag}`);
    return number;
  };
  const lexicon = new Lexicon(features);
  const examples = sentences.map((sentence) => ({
    words: lexicon.encode(sentence.tokens),
    targets: Int32Array.from(recode(sentence.tags, scheme, innerScheme), numberOf),
  }));
  const { form } = features.vocabulary;
  const counts = countWords(sentences, form);
  const seenOnce = new Uint8Array(lexicon.size);
  if (!features.tables.some(({ hideable }) => hideable === 'form')) return { lexicon, seenOnce, sentences: examples };
  for (const [index, { tokens }] of sentences.entries()) {
    const { words } = at(examples, index);
    for (const [t, token] of tokens.entries()) seenOnce[at(words, t)] = counts.get(foldWord(token, form)) === 1 ? 1 : 0;
  }
  return { lexicon, seenOnce, sentences: examples };
}
