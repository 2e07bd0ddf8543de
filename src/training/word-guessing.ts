import type { Language } from '../model/language.js';
import type { Random } from '../numerics/random.js';
import type { LabelledSentences, Scheme } from '../text/scheme.js';
import type { PossibleLabels } from '../text/sentence.js';
import { foldWord, UNKNOWN_ID } from '../text/vocabulary.js';
import type { WordClusters } from '../text/word-clusters.js';

/** The share of a sentence's words that are hidden. */
const HIDDEN_SHARE = 0.3;

/** A word that stands for a hidden one. It is in no vocabulary, and its letters are in no other word. */
const HIDDEN = '\u2588';

/** The least number of clusters among which a network guesses. With 256, F1 on a sample of UNER Bosque was no better than with 64. */
const LEAST_CLUSTERS = 64;

/** The scheme of the clusters as tags, with the tag of all words that are not hidden. No label of a corpus is likely to be one. */
const SCHEME = { name: 'plain', outside: tagOf(UNKNOWN_ID) } as const satisfies Scheme;

/** Sentences in which words are hidden, and what a network means that guesses them. */
export interface WordGuessing {
  /** Sentences whose tags are the clusters of the hidden words; those of other words are not known. */
  readonly sentences: LabelledSentences;
  /** The language of a network with these tags. */
  readonly language: Language;
}

/**
 * Hides words of sentences, so that a network can learn to guess from those around them what kind of word each was, as in Devlin
 * et al. 2019 (BERT), section 3.1. What it guesses is the cluster of a word rather than the word: there are fewer of them.
 *
 * @param language of the network that is to learn from this
 * @param clusters those of the language, at least one division
 */
export function hideWords(
  sentences: readonly (readonly string[])[],
  language: Language,
  clusters: WordClusters,
  random: Random,
): WordGuessing {
  const division = divisionToGuess(clusters);
  const { form } = language.features.vocabulary;
  const tags = new Set([SCHEME.outside]);
  const hidden = sentences.map((tokens, index) => {
    const order = [...tokens.keys()];
    random.shuffle(order);
    const chosen = new Set(order.slice(0, Math.max(1, Math.round(HIDDEN_SHARE * tokens.length))));
    const shown: string[] = [];
    const clustersOfHidden: string[] = [];
    const possible: (PossibleLabels | undefined)[] = [];
    for (const [t, token] of tokens.entries()) {
      const id = chosen.has(t) ? clusters.idOf(token, foldWord(token, form), division) : UNKNOWN_ID;
      const isHidden = id !== UNKNOWN_ID;
      shown.push(isHidden ? HIDDEN : token);
      clustersOfHidden.push(tagOf(id));
      possible.push(isHidden ? undefined : 'any');
      tags.add(tagOf(id));
    }
    return { tokens: shown, tags: clustersOfHidden, possible, document: 0, line: index + 1 };
  });
  return {
    sentences: { sentences: hidden, scheme: SCHEME },
    language: { ...language, scheme: SCHEME, innerScheme: SCHEME, tags: [...tags].sort() },
  };
}

/** Returns the tag that stands for a cluster, or for none. */
function tagOf(id: number): string {
  return `${HIDDEN}${id}`;
}

/** Returns the number of the coarsest division that has clusters enough, else of the finest. */
function divisionToGuess({ clusterings }: WordClusters): number {
  const sizes = clusterings.map(({ size }) => size);
  const enough = sizes.filter((size) => size >= LEAST_CLUSTERS);
  return sizes.lastIndexOf(enough.length > 0 ? Math.min(...enough) : Math.max(...sizes));
}
