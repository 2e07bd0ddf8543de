import { type DocumentPiece, type InputRecord, type RecordPart, sentencesOf, type TokenizedText } from './record.js';
import type { Token } from './sentence.js';
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
  if (record.kind === 'failed' || record.kind === 'gap') return [record];
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

/** Joins tokens to a text, with a space between two of them. */
export function joinTokens(tokens: readonly string[]): TokenizedText {
  let start = 0;
  const placed = tokens.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: tokens.join(' '), tokens: placed };
}

const ENDS = /^(?:[.!?…؟۔।॥።։។။]+|.*[。！？])$/u;
const ENDS_WITHOUT_SPACE = /[。！？]$/u;
const CLOSES = /^[\p{Pe}\p{Pf}"'’]+$/u;
const OPENS = /^[\p{Ps}\p{Pi}"'‘¿¡—–@#-]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;
const ITEM = /^(?:[-–—*•‣·+]+|[(]?\p{N}{1,3}[.)])$/u;

/** Lengths of lines, in UTF-16 units, that may have been broken at the width of a page. */
const WRAPPED = { least: 40, most: 120 };

/** Tells whether a sentence may go on after a line of this length. */
export function mayBeWrapped(length: number): boolean {
  return length >= WRAPPED.least && length <= WRAPPED.most;
}

/**
 * Returns the indices of the tokens that begin a sentence, except the first token. A sentence ends after a full stop, a
 * question mark or an exclamation mark, with the quotes and brackets that close behind it, if white space follows (after
 * those of Chinese and Japanese none is needed) and then a word with which a sentence can begin. It also ends at an empty
 * line, and at a line break that is not explained by the width of a page. The result is the same on every machine.
 *
 * @param onlyAtLines whether every line break ends a sentence, and nothing else does
 */
export function sentenceBreaks(text: string, tokens: readonly Token[], onlyAtLines: boolean): number[] {
  const breaks: number[] = [];
  let end: 'none' | 'spaced' | 'any' = 'none';
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    if (previous) {
      const gap = text.slice(previous.end, token.start);
      const isEnded = (end === 'spaced' && gap !== '') || end === 'any';
      if ((isEnded && OPENS.test(token.text)) || endsAtLine(text, gap, previous, token, onlyAtLines)) {
        breaks.push(index);
        end = 'none';
      }
    }
    if (onlyAtLines) continue;
    if (ENDS.test(token.text)) end = ENDS_WITHOUT_SPACE.test(token.text) ? 'any' : 'spaced';
    else if (!CLOSES.test(token.text)) end = 'none';
  }
  return breaks;
}

function endsAtLine(text: string, gap: string, before: Token, after: Token, always: boolean): boolean {
  const feed = gap.indexOf('\n');
  if (feed < 0) return false;
  if (always || gap.includes('\n', feed + 1) || ITEM.test(after.text)) return true;
  const lineBreak = before.end + feed;
  const lengthBefore = lineBreak - (text.lastIndexOf('\n', lineBreak - 1) + 1);
  const next = text.indexOf('\n', lineBreak + 1);
  const lengthAfter = (next < 0 ? text.length : next) - lineBreak - 1;
  return !mayBeWrapped(lengthBefore) || lengthAfter > WRAPPED.most;
}

/** Cuts a text into tokens line by line. */
export function cutLines(text: string, cut: Tokenizer): Token[] {
  if (!text.includes('\n')) return cut(text);
  const tokens: Token[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    for (const token of cut(line))
      tokens.push({ text: token.text, start: token.start + offset, end: token.end + offset });
    offset += line.length + 1;
  }
  return tokens;
}

/** Cuts a piece of a document into sentences, each from its first token to its last, and the gaps around them. */
function cutDocument({ text, start, document }: DocumentPiece, cut: Tokenizer): RecordPart[] {
  const tokens = cutLines(text, cut);
  const parts: RecordPart[] = [];
  let position = 0;
  const addGap = (end: number): void => {
    if (end > position) parts.push({ kind: 'gap', text: text.slice(position, end) });
  };
  for (const own of sentencesOf({ tokens, breaks: sentenceBreaks(text, tokens, false) })) {
    const [first] = own;
    const last = own.at(-1);
    if (!first || !last) continue;
    addGap(first.start);
    const shift = first.start;
    position = last.end;
    parts.push({
      text: text.slice(shift, position),
      tokens: own.map((token) => ({ text: token.text, start: token.start - shift, end: token.end - shift })),
      place: { start: start + shift, document },
    });
  }
  addGap(text.length);
  return parts;
}
