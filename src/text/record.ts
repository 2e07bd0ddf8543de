import type { Token } from './sentence.js';
import { tokenize } from './tokenizer.js';

/** What is to be tagged: a text that holds one sentence, or a sentence's tokens. */
export type TextRecord = string | readonly string[];

/** A text that has been cut into tokens, whose offsets index it. */
export interface TokenizedText {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/**
 * Cuts a record into tokens; tokens that come without a text are given one, with a space between two of them. The
 * carriage return of CRLF is left out.
 *
 * @param cutsAtSpaces whether spaces alone separate the tokens of a text
 */
export function readRecord(record: TextRecord, cutsAtSpaces: boolean): TokenizedText {
  if (typeof record !== 'string') return joinTokens(record);
  const text = record.endsWith('\r') ? record.slice(0, -1) : record;
  if (text.trim() === '') return { text, tokens: [] };
  return { text, tokens: cutsAtSpaces ? splitAtSpaces(text) : tokenize(text) };
}

/** Size of a record, in UTF-16 units. */
export function sizeOfRecord(record: TextRecord): number {
  return typeof record === 'string' ? record.length : record.reduce((sum, { length }) => sum + length + 1, 0);
}

function splitAtSpaces(text: string): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length; ) {
    const space = text.indexOf(' ', start);
    const end = space < 0 ? text.length : space;
    if (end > start) tokens.push({ text: text.slice(start, end), start, end });
    start = end + 1;
  }
  return tokens;
}

function joinTokens(tokens: readonly string[]): TokenizedText {
  let start = 0;
  const placed = tokens.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: tokens.join(' '), tokens: placed };
}
