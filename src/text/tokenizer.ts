import { type Cut, type TokenConvention, USUAL_CONVENTION } from './convention.js';
import type { Token } from './sentence.js';

/** Cuts a text into tokens, in order and without overlap; between them lies nothing but white space. */
export type Tokenizer = (text: string) => Token[];

/** Words that keep their full stop. */
const ABBREVIATIONS = new Set(
  'Dr. Mr. Mrs. Ms. Prof. St. Jr. Sr. Gen. Col. Capt. Lt. Sgt. Rev. Hon. Gov. Sen. Rep. Mt. No. vs. etc. Inc. Ltd. Co. Corp. approx. Fig. e.g. i.e. a.m. p.m. Jan. Feb. Aug. Sept. Oct. Nov. Dec. Rs.'.split(
    ' ',
  ),
);

const CURRENCY = '$£€¥';
/** Punctuation of other scripts, which no word contains. */
const OTHER_MARKS = '…،؛؟۔।॥։።။៖។、。〃，．；：？！～·｡･';
const ADDRESS =
  /^(?:(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S*[^\s.,;:!?)"']|[^\s@"'(<[]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)$/iu;
const KEPT_WHOLE = /^(?:[@#][\p{L}\p{M}\p{N}_]+|[:;=]-?[)(DPp/]|<3)$/iu;
const CONTRACTION = /(?:n['’]t|['’](?:s|m|d|re|ll|ve))$/iu;
const ELISION = /^\p{L}{1,6}['’](?=\p{L})/u;
const DOTTED = /^(?:\p{L}\.)+$/u;
/**
 * Letters and numbers to which no rule but those of punctuation applies, and perhaps one mark behind them (group 1): most
 * pieces of text.
 */
const PLAIN =
  /^[A-Za-z0-9\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u0370-\u0373\u0386\u0388-\u03FF\u0400-\u04FF]+([,;:]?)$/;

/** How much of an ending and of an address is examined, so that a piece of a million brackets takes linear time. */
const TAIL = 32;
const LONGEST_KEPT = 2000;

/** The rules under a convention. */
interface Rules extends WordCutter {
  readonly cuts: ReadonlySet<Cut>;
  /** The characters that are cut from the beginning of a word, and from its end. */
  readonly opening: RegExp;
  readonly closing: RegExp;
  /** The characters that are tokens of their own inside a word. */
  readonly inside: RegExp;
}

function rulesOf(convention: TokenConvention, knows: (word: string) => boolean): Rules {
  const cuts = new Set(convention);
  const currency = cuts.has('currencies') ? CURRENCY : '';
  const code = cuts.has('currencies') ? `\\p{Lu}{1,3}[${CURRENCY}]|` : '';
  const percent = cuts.has('percents') ? '%' : '';
  const between = [
    ...(cuts.has('hyphens') ? ['(?<=[\\p{L}\\p{N}])[-‐–](?=[\\p{L}\\p{N}])'] : []),
    ...(cuts.has('slashes') ? ['(?<=[\\p{L}\\p{N}])/(?=[\\p{L}\\p{N}])'] : []),
  ];
  return {
    cuts,
    knows,
    byCharacter: cuts.has('characters'),
    opening: new RegExp(`^(?:\\.{2,}|[!?]+|${code}[\\p{Ps}\\p{Pi}"'\`${currency}¡¿,;:${OTHER_MARKS}])`, 'u'),
    closing: new RegExp(`(?:\\.{2,}|[!?]+|[\\p{Pe}\\p{Pf}"'\`,;:${percent}${currency}${OTHER_MARKS}])$`, 'u'),
    inside: new RegExp(between.join('|') || '(?!)', 'gu'),
  };
}

/**
 * Creates a tokenizer for raw text. It cuts at white space, between a word and punctuation, an emoji or a contraction
 * (`London|.`, `did|n't`, `Anna|'s`), and where corpora of the convention cut. Addresses, hashtags and numbers stay whole.
 * Text in scripts without spaces is cut into words by `Intl.Segmenter`. Text whose tokens are already separated by spaces
 * stays as it is.
 *
 * @param knows tells whether the training corpus has a token, which then keeps its full stop, hyphens and slashes
 */
export function createTokenizer(convention?: TokenConvention, knows?: (word: string) => boolean): Tokenizer {
  const cutChunk = createChunkCutter(convention, knows);
  return (text) => {
    const tokens: Token[] = [];
    const chunks = /\S+/gu;
    for (let match = chunks.exec(text); match; ) {
      const next = chunks.exec(text);
      const { index } = match;
      cutChunk(match[0], next === null, (from, to) => {
        const [start, end] = [index + from, index + to];
        tokens.push({ text: text.slice(start, end), start, end });
      });
      match = next;
    }
    return tokens;
  };
}

/**
 * Cuts a chunk, which is a piece of text between white space, and calls `add` with the start and the end of each token.
 *
 * @param isLast whether nothing but white space follows in the text, so that a full stop ends a sentence
 */
export type ChunkCutter = (chunk: string, isLast: boolean, add: (start: number, end: number) => void) => void;

/** Creates what a tokenizer does with each chunk of a text, which depends on nothing else in the text. */
export function createChunkCutter(
  convention: TokenConvention = USUAL_CONVENTION,
  knows: (word: string) => boolean = () => false,
): ChunkCutter {
  const rules = rulesOf(convention, knows);
  return (chunk, isLast, add) => {
    const plain = PLAIN.exec(chunk);
    if (plain) {
      const end = chunk.length - (plain[1]?.length ?? 0);
      add(0, end);
      if (end < chunk.length) add(end, end + 1);
      return;
    }
    let start = 0;
    for (const { length, isToken } of cutPieces(chunk, rules)) {
      const end = start + length;
      if (isToken) add(start, end);
      else addCuts(chunk.slice(start, end), start, isLast && end === chunk.length, rules, add);
      start = end;
    }
  };
}

/** Cuts a text as the English treebanks do. */
export const tokenize: Tokenizer = createTokenizer();

/**
 * Adds the tokens of a piece of text without white space.
 *
 * @param at where the piece begins
 * @param isLast whether nothing follows the piece, so that a full stop ends a sentence
 */
function addCuts(
  chunk: string,
  at: number,
  isLast: boolean,
  rules: Rules,
  add: (start: number, end: number) => void,
): void {
  const after: [number, number][] = [];
  let start = 0;
  let end = chunk.length;
  let isWhole = false;
  while (end > start) {
    const rest = chunk.slice(start, end);
    isWhole = rest.length <= LONGEST_KEPT && (KEPT_WHOLE.test(rest) || ADDRESS.test(rest));
    if (isWhole) break;
    const contraction = rules.cuts.has('contractions') ? (CONTRACTION.exec(rest.slice(-TAIL))?.[0].length ?? 0) : 0;
    const opening = rules.opening.exec(rest.slice(0, TAIL))?.[0].length ?? 0;
    if (contraction === rest.length || opening === rest.length) break;
    const closing = lengthOfClosing(rest, isLast && after.length === 0, rules);
    if (opening > 0) {
      add(at + start, at + start + opening);
      start += opening;
    } else if (closing > 0 && closing < rest.length) {
      after.push([end - closing, end]);
      end -= closing;
    } else if (contraction > 0) {
      after.push([end - contraction, end]);
      end -= contraction;
    } else break;
  }
  if (isWhole) add(at + start, at + end);
  else addInside(chunk.slice(start, end), at + start, rules, add);
  for (const [from, to] of after.reverse()) add(at + from, at + to);
}

/** Adds the tokens of a word from whose ends everything has been cut. */
function addInside(word: string, at: number, rules: Rules, add: (start: number, end: number) => void): void {
  let position = 0;
  if (!rules.knows(word)) {
    const elision = rules.cuts.has('elisions') ? (ELISION.exec(word)?.[0].length ?? 0) : 0;
    if (elision > 0) add(at, at + elision);
    position = elision;
    for (const match of word.matchAll(rules.inside)) {
      if (match.index > position) add(at + position, at + match.index);
      if (match.index < position) continue;
      position = match.index + match[0].length;
      add(at + match.index, at + position);
    }
  }
  if (position < word.length) add(at + position, at + word.length);
}

/** Returns the length of the punctuation at the end of a piece of text; the full stop of an abbreviation belongs to the word. */
function lengthOfClosing(text: string, endsSentence: boolean, { closing, knows }: Rules): number {
  const tail = text.slice(-TAIL);
  const length = closing.exec(tail)?.[0].length ?? 0;
  if (length > 0 || !text.endsWith('.')) return length;
  if (DOTTED.test(text) || ABBREVIATIONS.has(text) || (!endsSentence && knows(text))) return 0;
  return endsSentence || /[\p{L}\p{M}\p{N}\p{Pe}\p{Pf}"'%]\.$/u.test(tail) ? 1 : 0;
}

const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}';
const EMOJI =
  '(?:\\p{RI}\\p{RI}|(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\uFE0F)(?:\\uFE0F|\\p{EMod})*(?:\\u200D\\p{Extended_Pictographic}(?:\\uFE0F|\\p{EMod})*)*)';
const FULL_WIDTH =
  '\\u3001-\\u3003\\u3008-\\u3011\\u3014-\\u301B\\uFF01\\uFF08\\uFF09\\uFF0C\\uFF1A\\uFF1B\\uFF1F\\uFF5E';
/** Runs of letters of scripts that are written without spaces between words (group 1), and what is always a token. */
const PIECE = new RegExp(`([${UNSPACED}][${UNSPACED}ーｰ々〆〇\\p{M}]*)|${EMOJI}|(?<=.)-{2,}|—+|[${FULL_WIDTH}]`, 'gu');
const ASCII = /^(?!.+--)[\0-\x7f]*$/;
const BEGINS_ADDRESS = /^[("'<[]*(?:[a-z][a-z0-9+.-]*:\/\/|www\.|[\p{L}\p{N}._+-]+@[\p{L}\p{N}-]+\.)/iu;
const CHARACTERS = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u;
const CHARACTER = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ーｰ々〆〇]\p{M}*|[^\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ーｰ々〆〇]+/gu;

/** How many UTF-16 units are segmented at a time: engines need time quadratic in the length. */
const LONGEST_RUN = 256;

/** How text without spaces is cut into words. */
interface WordCutter {
  /** Tells whether the training corpus has a word. */
  readonly knows: (word: string) => boolean;
  /** Whether Chinese and Japanese are cut character by character. */
  readonly byCharacter: boolean;
}

/** A piece of a text; a token is not cut further. */
interface Piece {
  readonly length: number;
  readonly isToken: boolean;
}

/**
 * Cuts a text without white space around emoji and dashes, and around runs of a script that is written without spaces, which
 * are cut into words. An address is one piece.
 */
function cutPieces(text: string, cutter: WordCutter): Piece[] {
  if (ASCII.test(text) || BEGINS_ADDRESS.test(text)) return [{ length: text.length, isToken: false }];
  const pieces: Piece[] = [];
  let position = 0;
  for (const match of text.matchAll(PIECE)) {
    if (match.index > position) pieces.push({ length: match.index - position, isToken: false });
    const words = match[1] === undefined ? [match[0]] : wordsOf(match[0], cutter);
    for (const { length } of words) pieces.push({ length, isToken: true });
    position = match.index + match[0].length;
  }
  if (position < text.length) pieces.push({ length: text.length - position, isToken: false });
  return pieces;
}

function wordsOf(run: string, { knows, byCharacter }: WordCutter): string[] {
  if (byCharacter && CHARACTERS.test(run)) return run.match(CHARACTER) ?? [];
  const words: string[] = [];
  for (let start = 0; start < run.length; ) {
    let end = Math.min(start + LONGEST_RUN, run.length);
    if (/[\udc00-\udfff]/.test(run[end] ?? '')) end--;
    for (const { segment } of segmenter().segment(run.slice(start, end))) words.push(...splitKnown(segment, knows));
    start = end;
  }
  return words;
}

/** Returns the segmenter for all texts. It is created once, since that takes time, and keeps nothing of a text. */
const segmenter = ((): (() => Intl.Segmenter) => {
  let made: Intl.Segmenter | undefined;
  return () => {
    made ??= new Intl.Segmenter('en', { granularity: 'word' });
    return made;
  };
})();

/** A word that the training corpus has not, in words that it has, the longest first, where it is made of such. */
function splitKnown(word: string, knows: WordCutter['knows']): string[] {
  if (knows(word)) return [word];
  const characters = [...word];
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; ) {
    let end = characters.length;
    while (end > start && !knows(characters.slice(start, end).join(''))) end--;
    if (end === start) return [word];
    pieces.push(characters.slice(start, end).join(''));
    start = end;
  }
  return pieces;
}
