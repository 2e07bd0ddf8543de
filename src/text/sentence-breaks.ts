import type { Token } from './sentence.js';

const ENDS = /^(?:[.!?…]+|.*[。！？])$/u;
const CLOSES = /^[\p{Pe}\p{Pf}"'’]+$/u;
const OPENS = /^[\p{Ps}\p{Pi}"'‘¿¡—–-]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;

/**
 * Where the sentences of a text begin, as numbers of tokens, the first token aside: after a line break, and after a full
 * stop, a question or an exclamation mark, quotes and brackets that close behind it included, where white space follows
 * and then a word that a sentence can begin with. The same on every machine.
 *
 * @param onlyAtLines whether line breaks alone end sentences
 */
export function sentenceBreaks(text: string, tokens: readonly Token[], onlyAtLines: boolean): number[] {
  const breaks: number[] = [];
  let isEnded = false;
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    if (previous) {
      const gap = text.slice(previous.end, token.start);
      if (gap.includes('\n') || (isEnded && gap !== '' && OPENS.test(token.text))) {
        breaks.push(index);
        isEnded = false;
      }
    }
    if (!onlyAtLines) isEnded = ENDS.test(token.text) || (isEnded && CLOSES.test(token.text));
  }
  return breaks;
}
