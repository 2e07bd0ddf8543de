/** How many letters of a word are read each way. */
export const READ_LETTERS = 15;

/**
 * The letters of a token as they are read: its last ones from left to right, then its first ones from right to left,
 * `READ_LETTERS` each, so that both readings end where the word does. A pair of surrogates is one letter; before the
 * letters of a shorter token stand empty ones.
 */
export function lettersOf(token: string): string[] {
  const first = Array.from(token.slice(0, 2 * READ_LETTERS)).slice(0, READ_LETTERS);
  const last = Array.from(token.slice(-2 * READ_LETTERS)).slice(-READ_LETTERS);
  return [last, first.reverse()].flatMap((letters) => [
    ...new Array<string>(READ_LETTERS - letters.length).fill(''),
    ...letters,
  ]);
}
