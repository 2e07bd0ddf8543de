import type { Example } from '../model/batch.js';
import type { Language } from '../model/language.js';
import { Lexicon } from '../model/lexicon.js';
import { at } from '../numerics/at.js';
import { valuesInDocuments } from '../text/document-words.js';
import { knownTags } from '../text/possible-labels.js';
import { hasSpans, partsOf, recode, type Scheme, spansOf, tagsOf } from '../text/scheme.js';
import { documentsOf, type Sentence } from '../text/sentence.js';
import { countWords, foldWord } from '../text/vocabulary.js';
import { TagSets } from './tag-sets.js';

/** Training sentences encoded as numbers. */
export interface TrainingExamples {
  readonly lexicon: Lexicon;
  /** For each word of the lexicon, 1 if its form is a feature and occurs only once in the training corpus, else 0. */
  readonly seenOnce: Uint8Array;
  readonly sentences: readonly Example[];
  /** The words of each sentence where training hides something of them; undefined if there is nothing to hide. */
  readonly hidden: HiddenWords;
  /** The sets of tags of tokens whose tag is not known, which targets name; none if all are known. */
  readonly tagSets: Pick<TagSets, 'sets' | 'isMostlyOutside' | 'outside'>;
}

/** The words of each sentence as if no token stood in a name of a dictionary, as if the sentence stood alone, or both. */
export interface HiddenWords {
  readonly names?: readonly Int32Array[] | undefined;
  readonly document?: readonly Int32Array[] | undefined;
  readonly both?: readonly Int32Array[] | undefined;
}

/** Returns the network's outputs: the tags of the sentences and the outside tag, in code-unit order. */
export function collectTags(sentences: readonly Sentence[], scheme: Scheme, inner: Scheme): string[] {
  const tags = new Set<string>();
  for (const sentence of sentences)
    for (const tag of knownTags({ ...sentence, tags: innerTagsOf(sentence, scheme, inner) })) tags.add(tag);
  if (inner.outside !== undefined) tags.add(inner.outside);
  return [...tags].sort();
}

/** Spells the tags of a sentence as the network does. */
function innerTagsOf({ tags, possible }: Sentence, scheme: Scheme, inner: Scheme): readonly string[] {
  // Among paths that are possible, only well-formed ones are allowed, so that ill-formed tags would leave none.
  if (possible && hasSpans(scheme)) return tagsOf(spansOf(tags, scheme), tags.length, inner);
  return recode(tags, scheme, inner);
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
  const tagSets = new TagSets(tags, innerScheme);
  const values = features.seesDocuments
    ? valuesInDocuments(
        sentences.map(({ tokens }) => tokens),
        documentsOf(sentences),
      )
    : undefined;
  const examples = sentences.map((sentence, index) => {
    const inner = innerTagsOf(sentence, scheme, innerScheme);
    const targetOf = (tag: string, t: number): number => {
      const labels = sentence.possible?.[t];
      if (labels === undefined) return numberOf(tag);
      const before =
        t > 0 && sentence.possible?.[t - 1] === undefined ? partsOf(at(inner, t - 1), innerScheme).label : '';
      return -1 - tagSets.numberOf(labels, before);
    };
    return { words: lexicon.encode(sentence.tokens, values?.[index]), targets: Int32Array.from(inner, targetOf) };
  });
  const hidden = encodeHidden(sentences, lexicon, values);
  const { form } = features.vocabulary;
  const counts = countWords(sentences, form);
  const seenOnce = new Uint8Array(lexicon.size);
  if (!features.tables.some(({ hideable }) => hideable === 'form'))
    return { lexicon, seenOnce, sentences: examples, hidden, tagSets };
  for (const [index, { tokens }] of sentences.entries()) {
    const { words } = at(examples, index);
    for (const [t, token] of tokens.entries()) {
      const isOnce = counts.get(foldWord(token, form)) === 1 ? 1 : 0;
      seenOnce[at(words, t)] = isOnce;
      for (const others of Object.values<readonly Int32Array[] | undefined>({ ...hidden }))
        if (others) seenOnce[at(at(others, index), t)] = isOnce;
    }
  }
  return { lexicon, seenOnce, sentences: examples, hidden, tagSets };
}

/** @param values those of the tokens in their documents; undefined if the network does not see documents */
function encodeHidden(
  sentences: readonly Sentence[],
  lexicon: Lexicon,
  values: readonly Int32Array[] | undefined,
): HiddenWords {
  const hasDictionaries = lexicon.features.knowledge.dictionaries !== undefined;
  return {
    names: hasDictionaries
      ? sentences.map(({ tokens }, index) => lexicon.encodeUnmarked(tokens, values?.[index]))
      : undefined,
    document: values && sentences.map(({ tokens }) => lexicon.encode(tokens)),
    both: hasDictionaries && values ? sentences.map(({ tokens }) => lexicon.encodeUnmarked(tokens)) : undefined,
  };
}
