import type { Token } from './sentence.js';

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
}

/** A text of any length with labelled spans, which may overlap. Formats with character offsets hold such texts. */
export interface AnnotatedText {
  readonly text: string;
  /** The spans in the order of the file. */
  readonly spans: readonly TextSpan[];
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
}
