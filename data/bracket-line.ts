import { badInput } from '../src/errors.js';
import { parseBracketText } from '../src/formats/bracket-text.js';
import type { Span, TextSpan } from '../src/text/sentence.js';

/** A sentence whose tokens are separated by single spaces, with its spans in token numbers. */
export interface BracketSentence {
  readonly tokens: readonly string[];
  readonly spans: readonly Span[];
}

/**
 * Reads one line of bracket text whose tokens are separated by single spaces, `[Ada Lovelace](PER) wrote ... .`.
 *
 * @param place the place of the line in messages, as in `train.txt:12`
 * @throws {UserError} if brackets do not pair, spans nest, or a span does not begin and end with a token
 */
export function readBracketLine(line: string, place: string): BracketSentence {
  const { text, ranges } = parseBracketText(line, place);
  return toTokens(text, ranges, place);
}

function toTokens(text: string, ranges: readonly TextSpan[], place: string): BracketSentence {
  const tokens = text.split(' ');
  if (tokens.includes('')) throw badInput(`${place}: an empty token`, 'separate tokens by single spaces');
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  let offset = 0;
  for (const [index, token] of tokens.entries()) {
    starts.set(offset, index);
    ends.set(offset + token.length, index + 1);
    offset += token.length + 1;
  }
  const spans = ranges.map(({ label, start, end }) => {
    const first = starts.get(start);
    const last = ends.get(end);
    if (first === undefined || last === undefined || first >= last)
      throw badInput(
        `${place}: the span "${text.slice(start, end)}" does not begin and end with a token`,
        'put a space before "[" and after ")"',
      );
    return { label, start: first, end: last };
  });
  return { tokens, spans };
}
