/** A sentence of a corpus: as many tags as tokens, and where it stands. */
export interface Sentence {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
  /** Number of the document within its corpus, from 0; what nothing marks counts as one document a file. */
  readonly document: number;
  /** The corpus itself marks that document: its sentences may help each other. */
  readonly isOfMarkedDocument?: true;
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

/** A sentence, and the document that it belongs to, if to one. */
export type PartOfDocument = Pick<Sentence, 'tokens' | 'document' | 'isOfMarkedDocument'>;

/** The number that stands for no document. */
export const NO_DOCUMENT = -1;

/** The document of each sentence, or `NO_DOCUMENT` where the corpus marks none. */
export function documentsOf(sentences: readonly PartOfDocument[]): number[] {
  return sentences.map(({ document, isOfMarkedDocument }) => (isOfMarkedDocument ? document : NO_DOCUMENT));
}

/** Number of tokens of all sentences. */
export function countTokens(sentences: readonly { readonly tokens: readonly string[] }[]): number {
  return sentences.reduce((sum, sentence) => sum + sentence.tokens.length, 0);
}
