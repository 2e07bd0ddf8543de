/**
 * The labels that a token may have whose tag is not known, besides none: any, or some. `mostly none` allows any, too, and says
 * that few such tokens have one.
 */
export type PossibleLabels = 'any' | 'mostly none' | ReadonlySet<string>;

/** A sentence of a corpus, with as many tags as tokens, and its place. */
export interface Sentence {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
  /**
   * For each token whose tag is not known, the labels that it may have; undefined for the others. Such a token has the outside
   * tag, if the scheme has one. Missing if all tags are known.
   */
  readonly possible?: readonly (PossibleLabels | undefined)[] | undefined;
  /** Number of the document within its corpus, from 0; a file without marks of documents counts as one. */
  readonly document: number;
  /** Set if the corpus itself marks the document, so that its sentences may inform each other. */
  readonly isOfMarkedDocument?: true;
  /** Line of the first token in its file, from 1. */
  readonly line: number;
  /** The text that was cut into the tokens, if the corpus gives it. */
  readonly text?: string;
}

/** A sentence with gold and predicted tags, as many of each as tokens. */
export interface PairedSentence {
  /** Name of its file, if sentences come from several files, or from one that the user did not name. */
  readonly file?: string | undefined;
  readonly tokens: readonly string[];
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
  /** The labels that tokens may have whose gold tag is not known, as in `Sentence`. */
  readonly possible?: Sentence['possible'];
  /** Number of its document. */
  readonly document?: number;
  /** Set if the corpus marks documents. */
  readonly isOfMarkedDocument?: true;
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

/** A sentence with the document that it belongs to, if any. */
export type PartOfDocument = Pick<Sentence, 'tokens' | 'document' | 'isOfMarkedDocument'>;

/** The number that stands for no document. */
export const NO_DOCUMENT = -1;

/** Returns the document of each sentence, or `NO_DOCUMENT` if the corpus marks none. */
export function documentsOf(sentences: readonly PartOfDocument[]): number[] {
  return sentences.map(({ document, isOfMarkedDocument }) => (isOfMarkedDocument ? document : NO_DOCUMENT));
}

/** Sentences of which only the tokens count. */
export type TokenLists = readonly Pick<Sentence, 'tokens'>[];

/** Counts the tokens of all sentences. */
export function countTokens(sentences: TokenLists): number {
  return sentences.reduce((sum, sentence) => sum + sentence.tokens.length, 0);
}

/** Returns how many sentences and tokens a corpus has. */
export function sizeOfCorpus(sentences: TokenLists): { readonly sentences: number; readonly tokens: number } {
  return { sentences: sentences.length, tokens: countTokens(sentences) };
}

/** A range of a text in UTF-16 units, `end` exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A range of a text with a label. The range spans all parts. */
export interface TextSpan extends TextRange {
  readonly label: string;
  /** The parts of a discontinuous span, in order, with a gap between each two. */
  readonly parts?: readonly TextRange[];
  /** The probability from 0 to 1 that the model which made the span gives it. */
  readonly confidence?: number | undefined;
}

/** A text of any length with labelled spans, which may overlap. Formats with character offsets hold such texts. */
export interface AnnotatedText {
  readonly text: string;
  /** The spans in the order of the file. */
  readonly spans: readonly TextSpan[];
  /** The ranges of the text that nobody has labelled: what is in no span there may be one. */
  readonly unlabelled?: readonly TextRange[];
  /** The tokens of the text, if the format tells them. */
  readonly tokens?: readonly Token[];
  /** The identifier that the corpus gives the text. */
  readonly id?: string | number;
  /** The identifier of the document that the text is a part of, if the corpus gives one. */
  readonly document?: string | number;
  /** The line of the file where the text begins, from 1. */
  readonly line: number;
  /** Present if the text is that of a whole file, so that its lines are those of the file. */
  readonly isWholeFile?: true;
  /** Present if a model made the spans, as far as they have confidences, or found none; else people did. */
  readonly isGuess?: true;
}
