import { UNKNOWN_ID } from './vocabulary.js';

/** How many letters of a word are read in each direction. */
export const READ_LETTERS = 15;

/** The code of the empty letter, which no letter has. */
const NO_LETTER = -1;

/**
 * Returns the letters of a token in the order of reading: its last `READ_LETTERS` from left to right, then its first
 * `READ_LETTERS` from right to left, so that both readings end at an end of the word. A surrogate pair is one letter. If the
 * token is shorter, empty letters come before its own.
 */
export function lettersOf(token: string): string[] {
  const letters = Array.from(token);
  const last = letters.slice(-READ_LETTERS);
  const first = letters.slice(0, READ_LETTERS).reverse();
  const empty = new Array<string>(READ_LETTERS - last.length).fill('');
  return [...empty, ...last, ...empty, ...first];
}

/** Creates what writes the rows of `lettersOf`, without a string for each letter. */
export function createLettersWriter(
  rows: ReadonlyMap<string, number>,
): (token: string, form: string, ids: Int32Array, at: number) => void {
  const byCode = new Map([...rows].map(([letter, row]) => [letter.codePointAt(0) ?? NO_LETTER, row]));
  const empty = byCode.get(NO_LETTER) ?? UNKNOWN_ID;
  return (token, _form, ids, at) => {
    ids.fill(empty, at, at + 2 * READ_LETTERS);
    let place = at + READ_LETTERS;
    for (let end = token.length; end > 0 && place > at; ) {
      const start = end > 1 && beginsPair(token, end - 2) ? end - 2 : end - 1;
      ids[--place] = byCode.get(token.codePointAt(start) ?? NO_LETTER) ?? UNKNOWN_ID;
      end = start;
    }
    place = at + 2 * READ_LETTERS;
    for (let start = 0; start < token.length && place > at + READ_LETTERS; ) {
      ids[--place] = byCode.get(token.codePointAt(start) ?? NO_LETTER) ?? UNKNOWN_ID;
      start += beginsPair(token, start) ? 2 : 1;
    }
  };
}

/** Tells whether a surrogate pair, which is one character, begins at an index. */
export function beginsPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
}
