import type { Span } from '../text/sentence.js';

/** Rows under a heading, the first column of words, the others of numbers. */
export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How strong each cell of each row's numbers is to look, from 0 to 1. */
  readonly heat?: readonly (readonly number[])[];
}

/** A labelled stretch of a shown sentence, in its tokens. */
export interface ShownSpan extends Span {
  readonly isRight: boolean;
}

/** One reading of a shown sentence, as in gold or found. */
export interface ShownTags {
  readonly name: string;
  readonly spans: readonly ShownSpan[];
}

/** A sentence, or a part of it, with what several say of it. */
export interface ShownSentence {
  readonly heading: string;
  readonly tokens: readonly string[];
  readonly readings: readonly ShownTags[];
}

/** A part of a report, whatever it is written in. */
export interface Section {
  readonly title: string;
  readonly table?: ReportTable | undefined;
  readonly notes?: readonly string[] | undefined;
  /** What stands instead of the table and its notes where the table is too wide. */
  readonly narrow?: { readonly table: ReportTable; readonly notes: readonly string[] } | undefined;
  readonly sentences?: readonly ShownSentence[] | undefined;
}
