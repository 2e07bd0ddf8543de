import type { TokenLists } from './sentence.js';

/** How words are folded to the forms that a vocabulary holds. */
export interface WordForm {
  /** Whether `The` and `the` are one word. */
  readonly lowercase: boolean;
  /** Whether `1984` and `2026` are one word, `0000`. */
  readonly foldDigits: boolean;
}

/** Id that stands for all words which the vocabulary does not hold. */
export const UNKNOWN_ID = 0;

/**
 * Numbers words with their positions in a one-hot vector: 0 is the unknown word; the others follow, the most frequent first,
 * ties in code-unit order.
 */
export class Vocabulary {
  readonly form: WordForm;
  /** `words[0]` is word number 1. */
  readonly words: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;

  constructor(words: readonly string[], form: WordForm) {
    this.words = words;
    this.form = form;
    const ids = new Map<string, number>();
    let id = UNKNOWN_ID;
    for (const word of words) ids.set(word, ++id);
    this.#ids = ids;
  }

  /** Whether a word stands in it twice. */
  get hasDuplicates(): boolean {
    return this.#ids.size < this.words.length;
  }

  /** V, the length of a one-hot vector, the unknown word included. */
  get size(): number {
    return this.words.length + 1;
  }

  /** Returns the id of a token's word, or `UNKNOWN_ID` if the vocabulary does not hold it. */
  idOf(token: string): number {
    return this.idOfForm(foldWord(token, this.form));
  }

  /** Returns the id of a folded word, or `UNKNOWN_ID` if the vocabulary does not hold it. */
  idOfForm(form: string): number {
    return this.#ids.get(form) ?? UNKNOWN_ID;
  }

  /** Returns how many of the sentences' tokens the vocabulary holds. */
  countKnown(sentences: TokenLists): number {
    let known = 0;
    for (const { tokens } of sentences) for (const token of tokens) if (this.idOf(token) !== UNKNOWN_ID) known++;
    return known;
  }
}

/** Folds a token to the form that a vocabulary holds. */
export function foldWord(token: string, form: WordForm): string {
  const cased = form.lowercase ? token.toLowerCase() : token;
  return form.foldDigits ? cased.replace(/\p{Nd}/gu, '0') : cased;
}

/** Counts how often each folded word occurs in the sentences. */
export function countWords(sentences: TokenLists, form: WordForm): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { tokens } of sentences) {
    for (const token of tokens) {
      const word = foldWord(token, form);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * Builds a vocabulary of the most frequent words of the sentences.
 *
 * @param size V, the largest number of words, the unknown word included, from 1
 * @param minCount how often a word must occur to be kept
 */
export function buildVocabulary(
  sentences: TokenLists,
  { size, minCount, ...form }: WordForm & { readonly size: number; readonly minCount: number },
): Vocabulary {
  const kept = [...countWords(sentences, form)]
    .filter(([, count]) => count >= minCount)
    .sort(([wordA, countA], [wordB, countB]) => countB - countA || (wordA < wordB ? -1 : 1))
    .slice(0, size - 1);
  return new Vocabulary(
    kept.map(([word]) => word),
    form,
  );
}
