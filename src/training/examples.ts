import type { Example } from '../model/batch.js';
import type { Language } from '../model/language.js';
import { Lexicon } from '../model/lexicon.js';
import { at } from '../numerics/at.js';
import { recode, type Scheme } from '../text/scheme.js';
import type { Sentence } from '../text/sentence.js';
import { countWords, foldWord } from '../text/vocabulary.js';

/** Training sentences in numbers. */
export interface TrainingExamples {
  readonly lexicon: Lexicon;
  /** Of each word of the lexicon: 1 where its form is a feature, and stands only once in the training corpus. */
  readonly seenOnce: Uint8Array;
  readonly sentences: readonly Example[];
}

/** The tags of the sentences, in code-unit order, the outside tag among them: the outputs of the network. */
export function collectTags(sentences: readonly Sentence[], scheme: Scheme, inner: Scheme): string[] {
  const tags = new Set(sentences.flatMap((sentence) => recode(sentence.tags, scheme, inner)));
  if (inner.outside !== undefined) tags.add(inner.outside);
  return [...tags].sort();
}

/** @param language whose tags are all that the sentences hold */
export function encodeSentences(
  sentences: readonly Sentence[],
  { scheme, innerScheme, tags, features }: Language,
): TrainingExamples {
  const tagIds = new Map(tags.map((tag, index) => [tag, index]));
  const numberOf = (tag: string): number => {
    const number = tagIds.get(tag);
    if (number === undefined) throw new Error(`the tag ${tag} is none of the language's`);
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
  if (!features.tables.some(({ canBeHidden }) => canBeHidden)) return { lexicon, seenOnce, sentences: examples };
  for (const [index, { tokens }] of sentences.entries()) {
    const { words } = at(examples, index);
    for (const [t, token] of tokens.entries()) seenOnce[at(words, t)] = counts.get(foldWord(token, form)) === 1 ? 1 : 0;
  }
  return { lexicon, seenOnce, sentences: examples };
}
