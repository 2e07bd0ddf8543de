import type { Token } from './sentence.js';

/** A piece of a text, in UTF-16 units, `end` exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A piece of a text that carries a label; `start` and `end` hold all its parts. */
export interface TextSpan extends TextRange {
  readonly label: string;
  /** The pieces of a discontinuous span, in order, with something between each two. */
  readonly parts?: readonly TextRange[];
}

/** A text of any length with labelled spans, which may overlap: what formats with character offsets hold. */
export interface TextRecord {
  readonly text: string;
  /** In the order of the file. */
  readonly spans: readonly TextSpan[];
  /** The tokens of the text, where the format says them. */
  readonly tokens?: readonly Token[];
  /** What the corpus calls the record. */
  readonly id?: string | number;
  /** What the corpus calls the document that the record is a part of; undefined where it says nothing. */
  readonly document?: string | number;
  /** Line in its file where the record begins, from 1. */
  readonly line: number;
  /** The text is that of a whole file, so that its lines are those of the file. */
  readonly isWholeFile?: true;
}
