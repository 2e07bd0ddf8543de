import {
  type CutTokens,
  type Cutter,
  countOf,
  cutByLine,
  cutterOf,
  numbersOf,
  someOf,
  tokensOf,
} from './cut-tokens.js';
import { countPageBreaks } from './pages.js';
import type { DocumentPiece, InputRecord, PlacedTokens, RecordPart, TokenizedText } from './record.js';
import type { Token } from './sentence.js';
import type { Tokenizer } from './tokenizer.js';

/**
 * Cuts a record into tokens, and a piece of a document into its sentences and the gaps between them. The text of a record
 * with fields stays whole; its `breaks` say where sentences begin. Tokens that come without a text get one, with a space
 * between two of them. The carriage return of CRLF is left out.
 */
export function readRecord(record: InputRecord, cut: Cutter): RecordPart[] {
  if (typeof record === 'string') return [cutText(record.endsWith('\r') ? record.slice(0, -1) : record, cut)];
  if (!('kind' in record)) return [placeTokens(record)];
  if (record.kind === 'piece') return cutDocument(record, cut);
  if (record.kind === 'sentences') return record.sentences.map(placeTokens);
  if (record.kind === 'failed' || record.kind === 'gap') return [record];
  const { content, fields } = record;
  if (typeof content === 'string') return [{ ...cutSentences(content, cut), fields }];
  if (!('text' in content)) return [{ ...placeTokens(content), fields }];
  return [{ text: content.text, ...numbersOf(content.tokens), fields }];
}

function cutText(text: string, cut: Cutter): TokenizedText {
  const { offsets, words } = cut(text.trim() === '' ? '' : text);
  return { text, offsets, words };
}

function cutSentences(text: string, cut: Cutter): TokenizedText {
  const tokens = cutByLine(text, cut);
  const breaks = sentenceBreaks(text, tokens, false);
  return { text, ...tokens, ...(breaks.length > 0 && { breaks }) };
}

/** Joins tokens to a text, with a space between two of them. */
function placeTokens(tokens: readonly string[]): TokenizedText {
  const offsets = new Int32Array(2 * tokens.length);
  let start = 0;
  for (const [t, { length }] of tokens.entries()) {
    offsets[2 * t] = start;
    offsets[2 * t + 1] = start + length;
    start += length + 1;
  }
  return { text: tokens.join(' '), offsets };
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
export function joinTokens(tokens: readonly string[]): PlacedTokens {
  const placed = placeTokens(tokens);
  return { text: placed.text, tokens: tokensOf(placed.text, placed) };
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
export function sentenceBreaks(text: string, tokens: CutTokens, onlyAtLines: boolean): number[] {
  const breaks: number[] = [];
  let end: 'none' | 'spaced' | 'any' = 'none';
  let endBefore = 0;
  for (let t = 0; t < countOf(tokens); t++) {
    const [start = 0, endOfToken = 0] = [tokens.offsets[2 * t], tokens.offsets[2 * t + 1]];
    const word = text.slice(start, endOfToken);
    if (t > 0) {
      const gap = text.slice(endBefore, start);
      const isEnded = (end === 'spaced' && gap !== '') || end === 'any';
      if ((isEnded && OPENS.test(word)) || endsAtLine(text, gap, endBefore, word, onlyAtLines)) {
        breaks.push(t);
        end = 'none';
      }
    }
    endBefore = endOfToken;
    if (onlyAtLines) continue;
    if (ENDS.test(word)) end = ENDS_WITHOUT_SPACE.test(word) ? 'any' : 'spaced';
    else if (end !== 'none' && !CLOSES.test(word)) end = 'none';
  }
  return breaks;
}

/** @param before where the gap begins */
function endsAtLine(text: string, gap: string, before: number, after: string, always: boolean): boolean {
  const feed = gap.indexOf('\n');
  if (feed < 0) return false;
  if (always || gap.includes('\n', feed + 1) || ITEM.test(after)) return true;
  const lineBreak = before + feed;
  const lengthBefore = lineBreak - (text.lastIndexOf('\n', lineBreak - 1) + 1);
  const next = text.indexOf('\n', lineBreak + 1);
  const lengthAfter = (next < 0 ? text.length : next) - lineBreak - 1;
  return !mayBeWrapped(lengthBefore) || lengthAfter > WRAPPED.most;
}

/** Cuts a text into tokens line by line. */
export function cutLines(text: string, cut: Tokenizer): Token[] {
  return tokensOf(text, cutByLine(text, cutterOf(cut)));
}

/** Cuts a piece of a document into sentences, each from its first token to its last, and the gaps around them. */
function cutDocument({ text, start, document, page: firstPage }: DocumentPiece, cut: Cutter): RecordPart[] {
  const tokens = cutByLine(text, cut);
  const parts: RecordPart[] = [];
  let position = 0;
  let page = firstPage;
  const addGap = (end: number): void => {
    if (end > position) parts.push({ kind: 'gap', text: text.slice(position, end) });
  };
  const turnPages = (from: number, to: number): void => {
    if (page !== undefined) page += countPageBreaks(text.slice(from, to));
  };
  let first = 0;
  for (const last of [...sentenceBreaks(text, tokens, false), countOf(tokens)]) {
    const own = someOf(tokens, first, last);
    first = last;
    const shift = own.offsets[0];
    const end = own.offsets.at(-1);
    if (shift === undefined || end === undefined) continue;
    addGap(shift);
    turnPages(position, shift);
    position = end;
    parts.push({
      text: text.slice(shift, position),
      ...someOf(own, 0, countOf(own), shift),
      place: { start: start + shift, document, ...(page !== undefined && { page }) },
    });
    turnPages(shift, end);
  }
  addGap(text.length);
  return parts;
}
