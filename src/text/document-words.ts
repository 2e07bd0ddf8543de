import { at } from './at.js';
import { MARKS_OF_NAMES } from './dictionaries.js';
import { NO_DOCUMENT, type PartOfDocument } from './sentence.js';

/** How often a word occurs in its document. */
const COUNTS = ['once', 'twice', 'more often'] as const;

/** Ways in which other occurrences of a word may be written. Each adds its power of two to the number of a combination. */
const SPELLINGS = ['lower case', 'capital', 'upper case'] as const;

/** The number of combinations of spellings. */
const COMBINATIONS = 1 << SPELLINGS.length;

/**
 * The values of a token in the table of documents, from 1 on: how often its word, whatever its case, occurs in the document, and how it
 * is written elsewhere there. 0 stands for a token of a sentence that stands alone.
 */
export const DOCUMENT_VALUES: readonly string[] = Array.from({ length: COMBINATIONS * COUNTS.length }, (_, index) => {
  const spellings = SPELLINGS.filter((_, place) => (Math.floor(index / COUNTS.length) >> place) & 1);
  return [at(COUNTS, index % COUNTS.length), ...spellings].join(', ');
});

/** The least mean number of sentences of a document at which the documents of a corpus are worth reading. */
const ENOUGH_SENTENCES = 4;

/** Returns the mark of a token with its value in its document beside what a mark of `Dictionaries` says. */
export function markWith(value: number, namesMark = 0): number {
  return value * MARKS_OF_NAMES + namesMark;
}

/** Returns the value in its document that a mark says; 0 for a token of a sentence that stands alone. */
export function valueInDocument(mark: number): number {
  return Math.floor(mark / MARKS_OF_NAMES);
}

/** Returns whether most sentences belong to documents that the corpus marks, and these are long enough to tell about words. */
export function hasDocuments(sentences: readonly PartOfDocument[]): boolean {
  const marked = sentences.filter(({ isOfMarkedDocument }) => isOfMarkedDocument);
  const documents = new Set(marked.map(({ document }) => document));
  return 2 * marked.length >= sentences.length && marked.length >= ENOUGH_SENTENCES * Math.max(1, documents.size);
}

/** The occurrences of one word in a document, whatever its case: all of them, and those of each spelling. */
interface Occurrences {
  all: number;
  readonly spelt: [lower: number, capital: number, upper: number];
}

/**
 * Returns the value of each token of each sentence, as `DOCUMENT_VALUES` numbers them from 1; 0 for sentences of no document and for
 * those that are alone in theirs. Chieu & Ng (2003) have similar features of a document.
 *
 * @param documents the number of each sentence's document, or `NO_DOCUMENT`
 */
export function valuesInDocuments(
  sentences: readonly (readonly string[])[],
  documents: readonly number[],
): Int32Array[] {
  const values = sentences.map((tokens) => new Int32Array(tokens.length));
  const members = new Map<number, number[]>();
  for (const [index, document] of documents.entries()) {
    if (document === NO_DOCUMENT) continue;
    const own = members.get(document);
    if (own) own.push(index);
    else members.set(document, [index]);
  }
  for (const own of members.values()) if (own.length > 1) writeValues(sentences, own, values);
  return values;
}

/** Writes the values of the tokens of one document, whose sentences have the numbers `members`. */
function writeValues(
  sentences: readonly (readonly string[])[],
  members: readonly number[],
  values: readonly Int32Array[],
): void {
  const words = new Map<string, Occurrences>();
  const met: {
    readonly word: Occurrences;
    readonly spelling: number;
    readonly sentence: number;
    readonly t: number;
  }[] = [];
  for (const sentence of members)
    for (const [t, token] of at(sentences, sentence).entries()) {
      const lower = token.toLowerCase();
      const word = words.get(lower) ?? { all: 0, spelt: [0, 0, 0] };
      words.set(lower, word);
      const spelling = spellingOf(token, lower, t);
      word.all++;
      if (spelling >= 0) word.spelt[spelling] = at(word.spelt, spelling) + 1;
      met.push({ word, spelling, sentence, t });
    }
  for (const { word, spelling, sentence, t } of met) {
    let combination = 0;
    for (const [place, count] of word.spelt.entries())
      if (count > (place === spelling ? 1 : 0)) combination += 1 << place;
    const count = Math.min(word.all, COUNTS.length) - 1;
    at(values, sentence)[t] = 1 + count + COUNTS.length * combination;
  }
}

/**
 * Returns the place of a token's spelling among `SPELLINGS`; -1 if it says nothing of its word: a token without case, or a
 * capital where every word has one.
 */
function spellingOf(token: string, lower: string, t: number): number {
  const upper = token.toUpperCase();
  if (lower === upper) return -1;
  if (token === lower) return 0;
  if (token === upper && token.length > 1) return 2;
  return t > 0 ? 1 : -1;
}
