import type { Token } from './sentence.js';

/** What is to be tagged: a text that holds one sentence, the tokens of a sentence, or one of the kinds below. */
export type InputRecord = string | readonly string[] | FieldRecord | DocumentPiece | DocumentSentences | FailedRecord;

/** A record that has fields of its own, which its result keeps. */
export interface FieldRecord {
  readonly kind: 'fields';
  readonly content: string | readonly string[] | TokenizedText;
  /** Names and values as JSON, each pair with a comma behind it. */
  readonly fields: string;
}

/** Whole sentences of a document and the gaps around them. */
export interface DocumentPiece {
  readonly kind: 'piece';
  readonly text: string;
  /** Where it begins in the document, in UTF-16 units. */
  readonly start: number;
  /** What the document is called, where there are several. */
  readonly document?: string;
}

/** Sentences of one document, as tokens, which help each other. */
export interface DocumentSentences {
  readonly kind: 'sentences';
  readonly sentences: readonly (readonly string[])[];
}

/** What stands in the place of a record that could not be read. */
export interface FailedRecord {
  readonly kind: 'failed';
  /** What is wrong with it, and where it stood. */
  readonly error: string;
  readonly fields?: string;
}

/** White space of a document that belongs to no sentence. */
export interface DocumentGap {
  readonly kind: 'gap';
  readonly text: string;
}

/** Where a sentence stands in its document. */
export interface SentencePlace {
  /** Of its first character, in UTF-16 units. */
  readonly start: number;
  readonly document?: string | undefined;
}

/** A text that has been cut into tokens, whose offsets index it. */
export interface TokenizedText {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Numbers of the tokens that begin its sentences, but for the first; undefined where it is one sentence. */
  readonly breaks?: readonly number[] | undefined;
  /** Of the record that the text came in. */
  readonly fields?: string | undefined;
  readonly place?: SentencePlace | undefined;
}

/** What a record is made of. */
export type RecordPart = TokenizedText | FailedRecord | DocumentGap;

/** Whether a part, tagged or not, is a text that was cut into tokens. */
export function hasTokens<Text extends object>(part: Text | FailedRecord | DocumentGap): part is Text {
  return !('kind' in part);
}

/** Size of a record, in UTF-16 units. */
export function sizeOfRecord(record: InputRecord): number {
  if (typeof record === 'string') return record.length;
  if (!('kind' in record)) return record.reduce((sum, { length }) => sum + length + 1, 0);
  if (record.kind === 'piece') return record.text.length;
  if (record.kind === 'sentences') return record.sentences.reduce((sum, tokens) => sum + sizeOfRecord(tokens), 0);
  if (record.kind === 'failed') return record.error.length;
  const { content, fields } = record;
  return (
    fields.length + (typeof content === 'string' || !('text' in content) ? sizeOfRecord(content) : content.text.length)
  );
}

/** The tokens of each sentence. */
export function sentencesOf({ tokens, breaks = [] }: Pick<TokenizedText, 'tokens' | 'breaks'>): (readonly Token[])[] {
  return [0, ...breaks].map((start, index) => tokens.slice(start, breaks[index] ?? tokens.length));
}
