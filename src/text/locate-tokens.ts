import type { Token } from './sentence.js';

/**
 * Finds tokens in their text, one after the other, with nothing but white space before and between them.
 *
 * @returns undefined if they are not all there, or one of them is empty, which stands nowhere
 */
export function locateTokens(words: readonly string[], text: string): Token[] | undefined {
  const tokens: Token[] = [];
  let position = 0;
  for (const word of words) {
    const start = word === '' ? -1 : text.indexOf(word, position);
    if (start < 0 || text.slice(position, start).trim() !== '') return undefined;
    position = start + word.length;
    tokens.push({ text: word, start, end: position });
  }
  return tokens;
}
