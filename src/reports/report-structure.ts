import type { Span } from '../text/sentence.js';

/** A table whose first column contains names and whose other columns contain numbers. */
export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Colour intensity of the number cells of each row, from 0 to 1. */
  readonly heat?: readonly (readonly number[])[];
}

/** A labelled range of tokens of a shown sentence. */
export interface ShownSpan extends Span {
  readonly isRight: boolean;
}

/** The spans of a shown sentence according to one source, such as `gold` or `found`. */
export interface ShownTags {
  readonly name: string;
  readonly spans: readonly ShownSpan[];
}

/** A sentence, or part of one, with its spans according to several sources. */
export interface ShownSentence {
  readonly heading: string;
  readonly tokens: readonly string[];
  readonly readings: readonly ShownTags[];
}

/** A section of a report, independent of the output format. */
export interface Section {
  readonly title: string;
  readonly table?: ReportTable | undefined;
  readonly notes?: readonly string[] | undefined;
  /** Replaces the table and its notes if the table is too wide. */
  readonly narrow?: { readonly table: ReportTable; readonly notes: readonly string[] } | undefined;
  readonly sentences?: readonly ShownSentence[] | undefined;
  /** Set if a short report leaves the section out. */
  readonly isDetail?: true;
}
