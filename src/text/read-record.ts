import type { InputRecord, RecordPart, TokenizedText } from './record.js';
import type { Token } from './sentence.js';
import { cutDocument, cutLines, sentenceBreaks } from './sentence-breaks.js';
import type { Tokenizer } from './tokenizer.js';

/**
 * Cuts a record into tokens, and a piece of a document into its sentences and the gaps between them. The text of a record
 * with fields stays whole; its `breaks` say where sentences begin. Tokens that come without a text get one, with a space
 * between two of them. The carriage return of CRLF is left out.
 *
 * @param cut cuts a text into tokens
 */
export function readRecord(record: InputRecord, cut: Tokenizer): RecordPart[] {
  if (typeof record === 'string') return [cutText(record.endsWith('\r') ? record.slice(0, -1) : record, cut)];
  if (!('kind' in record)) return [joinTokens(record)];
  if (record.kind === 'piece') return cutDocument(record, cut);
  if (record.kind === 'sentences') return record.sentences.map(joinTokens);
  if (record.kind === 'failed') return [record];
  const { content, fields } = record;
  if (typeof content === 'string') return [{ ...cutSentences(content, cut), fields }];
  return [{ ...('text' in content ? content : joinTokens(content)), fields }];
}

function cutText(text: string, cut: Tokenizer): TokenizedText {
  return { text, tokens: text.trim() === '' ? [] : cut(text) };
}

function cutSentences(text: string, cut: Tokenizer): TokenizedText {
  const tokens = cutLines(text, cut);
  const breaks = sentenceBreaks(text, tokens, false);
  return { text, tokens, ...(breaks.length > 0 && { breaks }) };
}

/** Cuts a text into tokens at spaces alone. */
export function splitAtSpaces(text: string): Token[] {
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
