import { beginsPair } from './letters.js';

/** Casings are numbered from 1 to this. */
const CASINGS = 8;

const LONGEST_SHAPE = 8;

/** Returns the first characters of a form, a surrogate pair being one; the whole form if it is shorter. */
export function prefixOf(form: string, length: number): string {
  let end = 0;
  for (let count = 0; count < length && end < form.length; count++) end += beginsPair(form, end) ? 2 : 1;
  return form.slice(0, end);
}

/** Returns the last characters of a form, a surrogate pair being one; the whole form if it is shorter. */
export function suffixOf(form: string, length: number): string {
  let start = form.length;
  for (let count = 0; count < length && start > 0; count++) start -= start > 1 && beginsPair(form, start - 2) ? 2 : 1;
  return form.slice(start);
}

/** Upper case, lower case, digit, letter without case, anything else. */
type LetterClass = 'X' | 'x' | 'd' | 'l' | '';

function classOf(letter: string): LetterClass {
  const code = letter.charCodeAt(0);
  if (code < 128) {
    if (code >= 97 && code <= 122) return 'x';
    if (code >= 65 && code <= 90) return 'X';
    return code >= 48 && code <= 57 ? 'd' : '';
  }
  if (/\p{Uppercase}/u.test(letter)) return 'X';
  if (/\p{Lowercase}/u.test(letter)) return 'x';
  if (/\p{Nd}/u.test(letter)) return 'd';
  return /\p{L}/u.test(letter) ? 'l' : '';
}

/**
 * Returns the shape of a token, `XxXxx` for `McDonald`: letters by case, digits as `d`, others as they are; runs are cut to
 * two, and the whole to eight.
 */
export function shapeOf(token: string): string {
  let shape = '';
  let last = '';
  let before = '';
  let length = 0;
  for (const letter of token) {
    const found = classOf(letter);
    const sign = found === '' || found === 'l' ? letter : found;
    if (sign !== last || sign !== before) {
      shape += sign;
      if (++length === LONGEST_SHAPE) break;
    }
    before = last;
    last = sign;
  }
  return shape;
}

/**
 * Returns the casing of a token: 1 lower case, 2 upper case, 3 only the first letter upper case, 4 digits only, 5 some
 * digits, 6 another token that begins with upper case, 7 other letters, 8 no letters.
 */
export function casingOf(token: string): number {
  let [letters, upper, lower, digits, caseless] = [0, 0, 0, 0, 0];
  let startsUpper = false;
  for (const letter of token) {
    const found = classOf(letter);
    if (found === 'X') {
      upper++;
      if (letters === 0) startsUpper = true;
    } else if (found === 'x') lower++;
    else if (found === 'd') digits++;
    else if (found === 'l') caseless++;
    letters++;
  }
  if (lower > 0 && upper === 0) return 1;
  if (lower === 0 && upper > 0 && letters > 1) return 2;
  if (startsUpper && upper === 1) return 3;
  if (letters > 0 && digits === letters) return 4;
  if (digits > 0) return 5;
  if (startsUpper) return 6;
  return upper > 0 || caseless > 0 ? 7 : CASINGS;
}
