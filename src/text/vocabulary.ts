/** How a word is brought to the form that the vocabulary knows. */
export interface WordForm {
  /** `The` and `the` are one word. */
  readonly lowercase: boolean;
  /** `1984` and `2026` are one word, `0000`. */
  readonly foldDigits: boolean;
}

/** Id of the word that stands for all words the vocabulary does not hold. */
export const UNKNOWN_ID = 0;

/**
 * The positions of the one-hot vectors: word number 0 is the unknown word, the others follow from the most frequent
 * on, ties in code-unit order.
 */
export class Vocabulary {
  readonly form: WordForm;
  /** `words[0]` is word number 1. */
  readonly words: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;

  constructor(words: readonly string[], form: WordForm) {
    this.words = words;
    this.form = form;
    this.#ids = new Map(words.map((word, index) => [word, index + 1]));
  }

  /** V, the length of a one-hot vector, the unknown word included. */
  get size(): number {
    return this.words.length + 1;
  }

  /** The number of a token's word, `UNKNOWN_ID` if the vocabulary does not hold it. */
  idOf(token: string): number {
    return this.idOfForm(foldWord(token, this.form));
  }

  /** The same of a word that has been folded. */
  idOfForm(form: string): number {
    return this.#ids.get(form) ?? UNKNOWN_ID;
  }

  /** How many of the sentences' tokens the vocabulary holds. */
  countKnown(sentences: readonly { readonly tokens: readonly string[] }[]): number {
    let known = 0;
    for (const { tokens } of sentences) for (const token of tokens) if (this.idOf(token) !== UNKNOWN_ID) known++;
    return known;
  }
}

/** A token in the form that the vocabulary knows. */
export function foldWord(token: string, form: WordForm): string {
  const cased = form.lowercase ? token.toLowerCase() : token;
  return form.foldDigits ? cased.replace(/\p{Nd}/gu, '0') : cased;
}

/** Counts every word of the sentences in the form that the vocabulary knows. */
export function countWords(
  sentences: readonly { readonly tokens: readonly string[] }[],
  form: WordForm,
): Map<string, number> {
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
 * The most frequent words of the sentences.
 *
 * @param size V, the largest number of words, the unknown word included, from 1
 * @param minCount words seen fewer times than this are left out
 */
export function buildVocabulary(
  sentences: readonly { readonly tokens: readonly string[] }[],
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
