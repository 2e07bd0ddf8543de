import type { AnnotatedText, Token } from '../text/sentence.js';
import { cutLines } from '../text/sentence-breaks.js';
import { tokenize } from '../text/tokenizer.js';
import type { Report } from './format.js';
import { createCounter } from './issue-counter.js';
import { placesOf } from './text-spans.js';
import { isAnnotatedText } from './text-to-sentences.js';
import { createWhiteSpaceFilter, type WhiteSpaceFilter } from './white-space-tokens.js';

/**
 * Creates what makes the tokens of one file fit for training and conversion: tokens of white space alone are left out, and text
 * that no token covers is cut into tokens, both told once. Scoring takes tokens as they are, so that they align, and only such
 * text is told.
 *
 * @param keepsTokens whether the items are returned as they are
 */
export function createTokenMending(report: Report, keepsTokens = false): WhiteSpaceFilter {
  const filter = createWhiteSpaceFilter(report);
  const done = keepsTokens ? 'not scored' : 'cut into tokens';
  const counter = createCounter('uncovered text', report, (count, isOne) =>
    isOne ? `a piece of text is in no token; ${done}` : `${count} pieces of text are in no token; ${done}`,
  );
  return {
    take(items, source) {
      const mended = (keepsTokens ? items : filter.take(items, source)).map((item) =>
        isAnnotatedText(item) ? withAllTokens(item, source, counter.count) : item,
      );
      return keepsTokens ? [...items] : mended;
    },
    end() {
      filter.end();
      counter.end();
    },
  };
}

/** Returns a text whose tokens cover all of it but white space. */
function withAllTokens(record: AnnotatedText, source: string, tell: (place: string) => void): AnnotatedText {
  const { text, tokens } = record;
  if (!tokens) return record;
  const placeOf = placesOf(record, source);
  const all: Token[] = [];
  let end = 0;
  const cover = (to: number): void => {
    const gap = text.slice(end, to);
    if (gap.trim() === '') return;
    const from = end;
    tell(placeOf(from));
    for (const token of cutLines(gap, tokenize))
      all.push({ text: token.text, start: token.start + from, end: token.end + from });
  };
  for (const token of tokens) {
    cover(token.start);
    all.push(token);
    end = token.end;
  }
  cover(text.length);
  return all.length === tokens.length ? record : { ...record, tokens: all };
}
