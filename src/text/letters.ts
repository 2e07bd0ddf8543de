/** How many letters of a word are read each way. */
export const READ_LETTERS = 15;

/**
 * The letters of a token as they are read: its last ones from left to right, then its first ones from right to left,
 * `READ_LETTERS` each, so that both readings end where the word does. A pair of surrogates is one letter; before the
 * letters of a shorter token stand empty ones.
 */
export function lettersOf(token: string): string[] {
  const letters = Array.from(token);
  const read = new Array<string>(2 * READ_LETTERS).fill('');
  for (let place = 1; place <= Math.min(READ_LETTERS, letters.length); place++) {
    read[READ_LETTERS - place] = letters[letters.length - place] as string;
    read[2 * READ_LETTERS - place] = letters[place - 1] as string;
  }
  return read;
}
