import type { Token } from './sentence.js';

/** Cuts a text into tokens, in order and without overlap, with nothing but white space between them. */
export type Tokenizer = (text: string) => Token[];

/** Words that keep their full stop in the middle of a text. */
const ABBREVIATIONS = new Set(
  'Dr. Mr. Mrs. Ms. Prof. St. Jr. Sr. Gen. Col. Capt. Lt. Sgt. Rev. Hon. Gov. Sen. Rep. Mt. No. vs. etc. Inc. Ltd. Co. Corp. approx. Fig. e.g. i.e. a.m. p.m. Jan. Feb. Aug. Sept. Oct. Nov. Dec. Rs.'.split(
    ' ',
  ),
);

const OPENING = /^(?:\.{2,}|[!?]+|[\p{Ps}\p{Pi}"'`$£€¥¿¡,;:])/u;
const CLOSING = /(?:\.{2,}|[!?]+|[\p{Pe}\p{Pf}"'`,;:%$£€¥])$/u;
const CONTRACTION = /(?:n['’]t|['’](?:s|m|d|re|ll|ve))$/iu;
const KEPT_WHOLE = /^(?:(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S*[^\s.,;:!?)"']|[@#][\p{L}\p{N}_]+|[:;=]-?[)(DPp/]|<3)$/iu;
const DOTTED = /^(?:\p{L}\.)+$/u;

/**
 * Cuts one sentence of raw text into tokens: at white space, and where punctuation or an English contraction meets a
 * word (`London.`, `did|n't`, `Anna|'s`). Text whose tokens are already separated by spaces stays as it is. Nothing is
 * lost: what lies between tokens is white space.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const chunks = [...text.matchAll(/\S+/gu)];
  for (const [index, match] of chunks.entries()) {
    const isLast = index === chunks.length - 1;
    for (const [from, to] of cut(match[0], isLast)) {
      const start = match.index + from;
      tokens.push({ text: match[0].slice(from, to), start, end: match.index + to });
    }
  }
  return tokens;
}

/** Longest ending, and longest address, that are looked at: a piece of a million brackets takes linear time. */
const TAIL = 32;
const LONGEST_KEPT = 2000;

/** Ranges of the tokens within a piece of text that holds no white space. */
function cut(chunk: string, isLast: boolean): [number, number][] {
  const before: [number, number][] = [];
  const after: [number, number][] = [];
  let start = 0;
  let end = chunk.length;
  while (end > start) {
    const rest = chunk.slice(start, end);
    if (rest.length <= LONGEST_KEPT && KEPT_WHOLE.test(rest)) break;
    const contraction = CONTRACTION.exec(rest.slice(-TAIL))?.[0].length ?? 0;
    const opening = OPENING.exec(rest)?.[0].length ?? 0;
    if (contraction === rest.length || opening === rest.length) break;
    const closing = lengthOfClosing(rest, isLast && after.length === 0);
    if (opening > 0) {
      before.push([start, start + opening]);
      start += opening;
    } else if (closing > 0 && closing < rest.length) {
      after.push([end - closing, end]);
      end -= closing;
    } else if (contraction > 0) {
      after.push([end - contraction, end]);
      end -= contraction;
    } else break;
  }
  return [...before, [start, end], ...after.reverse()];
}

/** Length of the punctuation that ends a piece of text; the full stop of an abbreviation belongs to its word. */
function lengthOfClosing(text: string, endsSentence: boolean): number {
  const tail = text.slice(-TAIL);
  const closing = CLOSING.exec(tail)?.[0].length ?? 0;
  if (closing > 0 || !text.endsWith('.')) return closing;
  if (DOTTED.test(text) || ABBREVIATIONS.has(text)) return 0;
  return endsSentence || /[\p{L}\p{N}\p{Pe}\p{Pf}"'%]\.$/u.test(tail) ? 1 : 0;
}
