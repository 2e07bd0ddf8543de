import type { CutTokens } from './cut-tokens.js';
import type { Token } from './sentence.js';

/** A record to be tagged: a text that holds one sentence, the tokens of a sentence, or one of the kinds below. */
export type InputRecord =
  | string
  | readonly string[]
  | FieldRecord
  | DocumentPiece
  | DocumentSentences
  | DocumentGap
  | FailedRecord;

/** A record with fields of its own, which its result keeps. */
export interface FieldRecord {
  readonly kind: 'fields';
  readonly content: string | readonly string[] | PlacedTokens;
  /** Names and values as JSON, each pair followed by a comma. */
  readonly fields: string;
  /** Set if the record came with spans of its own. */
  readonly hasSpans?: true;
}

/** Returns the fields of a record by their names. */
export function fieldsByName(fields: string): Readonly<Record<string, unknown>> {
  return JSON.parse(`{${fields.replace(/,$/, '')}}`);
}

/** A text, and the tokens that it has been cut into. */
export interface PlacedTokens {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** A piece of a document: whole sentences and the gaps around them. */
export interface DocumentPiece {
  readonly kind: 'piece';
  readonly text: string;
  /** The offset in the document where the piece begins, in UTF-16 units. */
  readonly start: number;
  /** The document's name, if there are several documents. */
  readonly document?: string;
  /** The number of the page on which the piece begins, from 1, if the document has pages; `PAGE_BREAK` begins the next ones. */
  readonly page?: number;
}

/** The sentences of one document, as tokens; the tagger may use each of them for the others. */
export interface DocumentSentences {
  readonly kind: 'sentences';
  readonly sentences: readonly (readonly string[])[];
}

/** A record that could not be read, in its place among the others. */
export interface FailedRecord {
  readonly kind: 'failed';
  /** The message that says what is wrong with the record, and where it stood. */
  readonly error: string;
  readonly fields?: string;
  /** The text of the record, as far as it could be read. */
  readonly text?: string | undefined;
}

/** What stands between sentences: white space in a document, or lines that open one. */
export interface DocumentGap {
  readonly kind: 'gap';
  readonly text: string;
  /** Whole lines that stand here in columns. */
  readonly columns?: string;
}

/** Where a sentence stands in its document. */
export interface SentencePlace {
  /** The offset of the sentence's first character, in UTF-16 units. */
  readonly start: number;
  readonly document?: string | undefined;
  /** The number of the page on which the sentence begins, from 1, if the document has pages. */
  readonly page?: number | undefined;
}

/** A text that has been cut into tokens. */
export interface TokenizedText extends CutTokens {
  readonly text: string;
  /** The indices of the tokens that begin the second sentence and those after it; undefined if there is one sentence. */
  readonly breaks?: readonly number[] | undefined;
  /** The fields of the record that the text came in. */
  readonly fields?: string | undefined;
  readonly place?: SentencePlace | undefined;
}

/** A part of a record. */
export type RecordPart = TokenizedText | FailedRecord | DocumentGap;

/** Whether a part, tagged or not, is a text that was cut into tokens. */
export function hasTokens<Text extends object>(part: Text | FailedRecord | DocumentGap): part is Text {
  return !('kind' in part);
}

/** Returns the size of a record, in UTF-16 units. */
export function sizeOfRecord(record: InputRecord): number {
  if (typeof record === 'string') return record.length;
  if (!('kind' in record)) return record.reduce((sum, { length }) => sum + length + 1, 0);
  if (record.kind === 'piece' || record.kind === 'gap') return record.text.length;
  if (record.kind === 'sentences') return record.sentences.reduce((sum, tokens) => sum + sizeOfRecord(tokens), 0);
  if (record.kind === 'failed') return record.error.length;
  const { content, fields } = record;
  return (
    fields.length + (typeof content === 'string' || !('text' in content) ? sizeOfRecord(content) : content.text.length)
  );
}

/** Tokens, and the indices of those that begin the second sentence and those after it. */
interface TokensOfSentences {
  readonly tokens: readonly Token[];
  readonly breaks?: readonly number[] | undefined;
}

/** Returns the tokens of each sentence. */
export function sentencesOf({ tokens, breaks = [] }: TokensOfSentences): (readonly Token[])[] {
  return [0, ...breaks].map((start, index) => tokens.slice(start, breaks[index] ?? tokens.length));
}
