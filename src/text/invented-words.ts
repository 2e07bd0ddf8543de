import { at } from './at.js';

const CONSONANTS = [...'bdfgjklmnprstvyz'];
const VOWELS = [...'aeio'];

/** A consonant and a vowel have 64 ways. */
const SYLLABLE_BITS = 6;
const SYLLABLES = 3;
const WORD_BITS = SYLLABLES * SYLLABLE_BITS;

/** The number of bits that `inventName` spells. */
export const NAME_BITS = 2 * WORD_BITS;

/** Spells a number from 0, and less than 2^`NAME_BITS`, as two invented words, as in `Talimo Keseva`; no two numbers alike. */
export function inventName(number: number): string {
  const high = Math.floor(number / 2 ** WORD_BITS);
  return `${inventWord(high)} ${inventWord(number % 2 ** WORD_BITS)}`;
}

function inventWord(number: number): string {
  let word = '';
  for (let syllable = SYLLABLES - 1; syllable >= 0; syllable--) {
    const bits = (number >>> (syllable * SYLLABLE_BITS)) & 63;
    word += at(CONSONANTS, bits >>> 2) + at(VOWELS, bits & 3);
  }
  return at([...word], 0).toUpperCase() + word.slice(1);
}
