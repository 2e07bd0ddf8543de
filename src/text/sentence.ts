/** A sentence of a corpus: as many tags as tokens, and where it stands. */
export interface Sentence {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
  /** Number of the document within its corpus, from 0; all 0 where the corpus marks none. */
  readonly document: number;
  /** Line of the first token in its file, from 1. */
  readonly line: number;
  /** The text that was cut into the tokens, where the corpus says it. */
  readonly text?: string;
}

/** A sentence with its gold and its predicted tags, as many of each as tokens. */
export interface PairedSentence {
  /** Name of its file, where sentences come from several, or from one that nobody named. */
  readonly file?: string | undefined;
  readonly tokens: readonly string[];
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
  /** Number of its document, where the corpus marks documents. */
  readonly document?: number;
  /** Line of the first token in its file, from 1. */
  readonly line: number;
}

/** A piece of a text: `text === input.slice(start, end)`, in UTF-16 units. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A named entity as a range of tokens, `end` exclusive. */
export interface Span {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** The document of each sentence of a corpus that marks documents; undefined where all are of one. */
export function documentsOf(sentences: readonly Pick<Sentence, 'document'>[]): number[] | undefined {
  const documents = sentences.map(({ document }) => document);
  return documents.some((document) => document !== documents[0]) ? documents : undefined;
}

/** Number of tokens of all sentences. */
export function countTokens(sentences: readonly { readonly tokens: readonly string[] }[]): number {
  return sentences.reduce((sum, sentence) => sum + sentence.tokens.length, 0);
}
