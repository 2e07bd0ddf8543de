import type { TextRange, Token } from './sentence.js';
import type { Tokenizer } from './tokenizer.js';

/** The tokens that a text has been cut into, as numbers: to make an object for each takes much time. */
export interface CutTokens {
  /** (2T), where each token starts and ends, in UTF-16 units from the start of the text, `end` exclusive */
  readonly offsets: Int32Array;
  /** (T), the number of each token's word in the lexicon of who cut the text; undefined if it has none */
  readonly words?: Int32Array | undefined;
}

/** Cuts a text into tokens, as a `Tokenizer` does. */
export type Cutter = (text: string) => CutTokens;

const NO_TOKENS: CutTokens = { offsets: new Int32Array(0), words: new Int32Array(0) };

/** Returns the number of tokens. */
export function countOf({ offsets }: CutTokens): number {
  return offsets.length / 2;
}

/** Returns the text of a token. */
export function wordAt(text: string, { offsets }: CutTokens, t: number): string {
  return text.slice(offsets[2 * t], offsets[2 * t + 1]);
}

/** Returns the texts of tokens. */
export function wordsIn(text: string, tokens: CutTokens): string[] {
  return Array.from({ length: countOf(tokens) }, (_, t) => wordAt(text, tokens, t));
}

/** Makes an object of each token. */
export function tokensOf(text: string, { offsets }: CutTokens): Token[] {
  const tokens: Token[] = [];
  for (let place = 0; place < offsets.length; place += 2) {
    const [start = 0, end = 0] = [offsets[place], offsets[place + 1]];
    tokens.push({ text: text.slice(start, end), start, end });
  }
  return tokens;
}

/** Makes numbers of tokens. */
export function numbersOf(tokens: readonly TextRange[]): CutTokens {
  const offsets = new Int32Array(2 * tokens.length);
  for (const [t, { start, end }] of tokens.entries()) {
    offsets[2 * t] = start;
    offsets[2 * t + 1] = end;
  }
  return { offsets };
}

/** Makes a cutter of a tokenizer. */
export function cutterOf(tokenize: Tokenizer): Cutter {
  return (text) => numbersOf(tokenize(text));
}

/** Returns the tokens from `first` to `last`, exclusive, with offsets counted from `start` on. */
export function someOf({ offsets, words }: CutTokens, first: number, last: number, start = 0): CutTokens {
  const some = start === 0 ? offsets.subarray(2 * first, 2 * last) : offsets.slice(2 * first, 2 * last);
  if (start !== 0) for (let place = 0; place < some.length; place++) some[place] = (some[place] ?? 0) - start;
  return { offsets: some, words: words?.subarray(first, last) };
}

/** Cuts a text into tokens line by line. */
export function cutByLine(text: string, cut: Cutter): CutTokens {
  if (!text.includes('\n')) return cut(text);
  const lines: { readonly start: number; readonly tokens: CutTokens }[] = [];
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    lines.push({ start, tokens: cut(text.slice(start, end)) });
    start = end + 1;
  }
  return joinLines(lines);
}

/** Joins the tokens of lines, each of which starts at an offset in the text. */
function joinLines(lines: readonly { readonly start: number; readonly tokens: CutTokens }[]): CutTokens {
  const count = lines.reduce((sum, { tokens }) => sum + countOf(tokens), 0);
  if (count === 0) return NO_TOKENS;
  const offsets = new Int32Array(2 * count);
  const words = lines.every(({ tokens }) => tokens.words) ? new Int32Array(count) : undefined;
  let place = 0;
  for (const { start, tokens } of lines) {
    if (tokens.words) words?.set(tokens.words, place / 2);
    for (const offset of tokens.offsets) offsets[place++] = start + offset;
  }
  return { offsets, words };
}
