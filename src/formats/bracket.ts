import { badInput } from '../errors.js';
import type { Span } from '../text/sentence.js';

/** A sentence whose tokens are separated by single spaces, with its spans in token numbers. */
export interface BracketSentence {
  readonly tokens: readonly string[];
  readonly spans: readonly Span[];
}

/** A piece of text that carries a label, in UTF-16 units, `end` exclusive. */
export interface LabelledRange {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

const LABEL = /\]\(([^()\s]+)\)/y;

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

/**
 * Splits bracket text into text and labelled ranges; a backslash escapes a bracket or a backslash.
 *
 * @throws {UserError} if brackets do not pair or spans nest
 */
export function parseBracketText(
  line: string,
  place: string,
): { readonly text: string; readonly ranges: readonly LabelledRange[] } {
  const ranges: LabelledRange[] = [];
  let text = '';
  let opened = -1;
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index);
    const next = line[index + 1];
    if (character === '\\' && (next === '[' || next === ']' || next === '\\')) {
      text += next;
      index++;
    } else if (character === '[') {
      if (opened >= 0) throw badInput(`${place}: a "[" inside a span`, 'write a literal bracket as \\[');
      opened = text.length;
    } else if (character === ']') {
      LABEL.lastIndex = index;
      const [, label] = LABEL.exec(line) ?? [];
      if (opened < 0 || label === undefined)
        throw badInput(`${place}: a "]" that closes no [entity](LABEL)`, 'write a literal bracket as \\]');
      ranges.push({ label, start: opened, end: text.length });
      opened = -1;
      index = LABEL.lastIndex - 1;
    } else text += character;
  }
  if (opened >= 0) throw badInput(`${place}: a "[" that no "](LABEL)" closes`, 'write a literal bracket as \\[');
  return { text, ranges };
}

function toTokens(text: string, ranges: readonly LabelledRange[], place: string): BracketSentence {
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

/** Marks labelled ranges, which must be in order and not overlap, in a text: the inverse of `parseBracketText`. */
export function writeBracketText(text: string, ranges: readonly LabelledRange[]): string {
  let written = '';
  let position = 0;
  for (const { label, start, end } of ranges) {
    written += `${escapeBrackets(text.slice(position, start))}[${escapeBrackets(text.slice(start, end))}](${label})`;
    position = end;
  }
  return written + escapeBrackets(text.slice(position));
}

/** Escapes brackets, and backslashes only where they would be read as an escape. */
function escapeBrackets(text: string): string {
  return text.replace(/\\(?=[\\[\]]|$)|[[\]]/g, '\\$&');
}
