import { at } from '../text/at.js';
import type { AnnotatedText, TextRange, TextSpan, Token } from '../text/sentence.js';
import { splitAtSpaces } from '../text/sentence-breaks.js';
import { tokenize } from '../text/tokenizer.js';
import { parseBracketText, writeBracketText } from './bracket-text.js';
import type { TellOfSpan } from './text-spans.js';
import { separateTokens } from './token-boundaries.js';

/** A text, its tokens if they are known, and its spans in order. */
export type BracketLine = Pick<AnnotatedText, 'text' | 'spans' | 'tokens'>;

/** The end of a line whose tokens are what spaces separate, where its words do not show it; no written text ends so. */
const SPACED = ' \\';
/** A full stop or a comma that stands alone shows that spaces separate all tokens of a line. */
const STANDS_ALONE = /(?:^| )[.,](?: |$)/;

/**
 * Reads a line of bracket text. Its tokens are what spaces separate, if a full stop or a comma stands alone in it, or it ends
 * with a space and a backslash; they are what the tokenizer finds otherwise.
 *
 * @throws {UserError} if brackets do not pair or spans nest
 */
export function readBracketLine(line: string, place: string): Required<BracketLine> {
  const unmarked = line.endsWith(SPACED) ? line.slice(0, -SPACED.length) : line;
  const isMarked = unmarked !== line && unmarked.trim() !== '';
  const { text, ranges } = parseBracketText(isMarked ? unmarked : line, place);
  return { text, spans: ranges, tokens: isMarked ? splitAtSpaces(text) : cutBracketText(text) };
}

function cutBracketText(text: string): Token[] {
  return STANDS_ALONE.test(text) ? splitAtSpaces(text) : tokenize(text);
}

/**
 * Writes a text without line feeds as a line that is read as the same tokens and spans: unchanged if the reader cuts it so, else
 * with a space between two tokens, and with the mark of such lines if it needs one.
 *
 * @param tell is told of spans that cover no token
 * @returns `holdsTokens` is false if the tokens will differ: one holds a space, or text lies between two of them
 */
export function writeBracketLine(
  line: BracketLine,
  tell: TellOfSpan,
): { readonly text: string; readonly holdsTokens: boolean } {
  const { text, spans, tokens } = line;
  const asItIs = writeBracketText(text, spans);
  if (!tokens || areSame(cutBracketText(text), tokens)) return { text: asItIs, holdsTokens: true };
  const separated = separateTokens({ text, spans, tokens }, tell);
  if (!separated) return { text: asItIs, holdsTokens: false };
  const needsMark = !areSame(cutBracketText(separated.text), tokens);
  const written = writeBracketText(separated.text, separated.spans);
  return { text: needsMark ? written + SPACED : written, holdsTokens: true };
}

function areSame(found: readonly Token[], tokens: readonly Token[]): boolean {
  return found.length === tokens.length && found.every(({ text }, index) => text === at(tokens, index).text);
}

/** Replaces line feeds in spans and tokens, and carriage returns at the end of lines, with spaces; all offsets stay. */
export function withoutBreaks<Line extends BracketLine>(record: Line): Line {
  const { text, spans, tokens = [] } = record;
  const joined = withoutFeeds(withoutFeeds(text, spans), tokens);
  return withText(record, joined.replace(/\r(?=\n|$)/g, ' '));
}

/** Replaces line feeds with spaces, so that a record is one line; all offsets stay. */
export function asOneLine<Line extends BracketLine>(record: Line): Line {
  return withText(record, record.text.replace(/\n/g, ' '));
}

function withText<Line extends BracketLine>(record: Line, text: string): Line {
  if (text === record.text) return record;
  const tokens = record.tokens?.map((token) => ({ ...token, text: sliceOf(text, token) }));
  return { ...record, text, ...(tokens && { tokens }) };
}

/** Replaces line feeds with spaces in ranges that are in order. */
export function withoutFeeds(text: string, ranges: readonly TextRange[]): string {
  if (!text.includes('\n')) return text;
  let written = '';
  let position = 0;
  for (const range of ranges) {
    written += text.slice(position, range.start) + sliceOf(text, range).replace(/\n/g, ' ');
    position = range.end;
  }
  return written + text.slice(position);
}

function sliceOf(text: string, { start, end }: TextRange): string {
  return text.slice(start, end);
}

/** Divides a text into its lines; no span and no token may go over a line feed. */
export function linesOf({ text, spans, tokens }: BracketLine): BracketLine[] {
  const takeSpans = takeInOrder(spans);
  const takeTokens = tokens && takeInOrder(tokens);
  let start = 0;
  return text.split('\n').map((line) => {
    const range = { start, end: start + line.length };
    start = range.end + 1;
    return { text: line, spans: takeSpans(range), ...(takeTokens && { tokens: takeTokens(range) }) };
  });
}

/** Returns a function that gives what begins before the end of a line and was not given yet, counted from the line's start. */
function takeInOrder<Range extends TextSpan | Token>(ranges: readonly Range[]): (line: TextRange) => Range[] {
  let next = 0;
  return (line) => {
    const first = next;
    while (next < ranges.length && at(ranges, next).start < line.end) next++;
    return ranges
      .slice(first, next)
      .map((range) => ({ ...range, start: range.start - line.start, end: range.end - line.start }));
  };
}
