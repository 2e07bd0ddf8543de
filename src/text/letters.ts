/** How many letters of a word are read in each direction. */
export const READ_LETTERS = 15;

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
