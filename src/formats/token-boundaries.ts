import { at } from '../text/at.js';
import type { AnnotatedText, TextRange, TextSpan, Token } from '../text/sentence.js';
import type { Report } from './format.js';
import type { TellOfSpan } from './text-spans.js';
import { createSentenceCutter } from './text-to-sentences.js';

/** Is given each record before it is written in a format that does not hold all of it. */
export type RecordCheck = (record: AnnotatedText, source: string) => void;

/**
 * Creates a check that reports, once for each file, that the text of a record will be cut into other tokens or sentences than
 * the record has.
 *
 * @param format name of the output format
 */
export function createBoundaryCheck(format: string, report: Report): RecordCheck {
  const told = new Set<string>();
  return (record, source) => {
    if (!record.tokens || told.has(source)) return;
    const { tokens: _, ...text } = record;
    if (wordsOf(record) === wordsOf(text)) return;
    told.add(source);
    report({
      kind: 'token boundaries',
      place: `${source}:${record.line}`,
      what: `${format} does not store where tokens and sentences end; some of those in this file will differ`,
    });
  };
}

/**
 * Creates a check that reports, once for each file, that records lose the document that they belong to.
 *
 * @param format name of the output format
 */
export function createDocumentCheck(format: string, report: Report): RecordCheck {
  const told = new Set<string>();
  return ({ document, line }, source) => {
    if (document === undefined || told.has(source)) return;
    told.add(source);
    const what = `${format} does not store which document a text belongs to; left out`;
    report({ kind: 'left out', place: `${source}:${line}`, what });
  };
}

/**
 * Creates a check that reports, once for each file, that records lose which of their text nobody has labelled.
 *
 * @param format name of the output format
 */
export function createUnlabelledCheck(format: string, report: Report): RecordCheck {
  const told = new Set<string>();
  return ({ unlabelled, line }, source) => {
    if (!unlabelled || told.has(source)) return;
    told.add(source);
    const what = `${format} does not store what is not labelled; it counts as in no entity there`;
    report({ kind: 'left out', place: `${source}:${line}`, what });
  };
}

/** White space that is more than one space between two tokens. */
const MORE_THAN_A_SPACE = /^\s|\s$|\s\s|[^\S ]/;

/**
 * Creates a check that reports, once for each file, that texts lose white space which is more than single spaces between tokens.
 *
 * @param format name of the output format
 */
export function createSpacingCheck(format: string, report: Report): RecordCheck {
  const told = new Set<string>();
  return ({ text, line }, source) => {
    if (told.has(source) || text.trim() === '' || !MORE_THAN_A_SPACE.test(text)) return;
    told.add(source);
    const what = `${format} stores no white space but single spaces between tokens; all other is left out`;
    report({ kind: 'left out', place: `${source}:${line}`, what });
  };
}

/** Returns the tokens of a record, sentence by sentence. */
function wordsOf(record: AnnotatedText): string {
  return JSON.stringify(createSentenceCutter(() => {})([record], '').map(({ tokens }) => tokens));
}

/**
 * Puts a single space between the tokens of a line, so that a reader that cuts at spaces finds the same tokens. A line whose
 * tokens are so separated is returned as it is.
 *
 * @param tell is told of spans that cover no token
 * @returns undefined if a token contains a space, or the text contains more than tokens and white space
 */
export function separateTokens<Line extends Required<Pick<AnnotatedText, 'text' | 'spans' | 'tokens'>>>(
  line: Line,
  tell: TellOfSpan,
): Line | undefined {
  const { text, tokens } = line;
  if (areSeparated(text, tokens)) return line;
  if (tokens.length === 0 || tokens.some((token) => token.text.includes(' '))) return undefined;
  const moved: Token[] = [];
  let separated = '';
  let end = 0;
  for (const token of tokens) {
    if (text.slice(end, token.start).trim() !== '') return undefined;
    if (moved.length > 0) separated += ' ';
    moved.push({ text: token.text, start: separated.length, end: separated.length + token.text.length });
    separated += token.text;
    end = token.end;
  }
  if (text.slice(end).trim() !== '') return undefined;
  const spans = line.spans.flatMap((span): TextSpan[] => {
    const range = moveRange(span, tokens, moved);
    if (!range) tell('span without a token', span, 'covers no token; left out');
    return range ? [{ label: span.label, ...range }] : [];
  });
  return { ...line, text: separated, tokens: moved, spans };
}

/** Tells whether the tokens are what spaces separate. */
function areSeparated(text: string, tokens: readonly Token[]): boolean {
  const words = text.split(' ').filter((word) => word !== '');
  return words.length === tokens.length && words.every((word, index) => word === tokens[index]?.text);
}

/** Returns where a range is after tokens have moved, without white space at its ends; undefined if it covers no token. */
function moveRange(range: TextRange, tokens: readonly Token[], moved: readonly Token[]): TextRange | undefined {
  const first = tokens.findIndex(({ end }) => end > range.start);
  const last = tokens.findLastIndex(({ start }) => start < range.end);
  if (first < 0 || last < first) return undefined;
  const [from, to] = [at(tokens, first), at(tokens, last)];
  return {
    start: at(moved, first).start + Math.max(0, range.start - from.start),
    end: at(moved, last).start + Math.min(to.text.length, range.end - to.start),
  };
}
