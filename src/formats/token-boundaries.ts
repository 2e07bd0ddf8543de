import type { AnnotatedText, TextRange, TextSpan } from '../text/annotated-text.js';
import type { Token } from '../text/sentence.js';
import type { Report } from './format.js';
import type { TellOfSpan } from './spans-held.js';
import { createSentenceCutter } from './text-to-sentences.js';

/** Takes records before they are written in a format that does not say where tokens begin and end. */
export type BoundaryCheck = (record: AnnotatedText, source: string) => void;

/**
 * Gives what tells, once a file, that tokens or sentences of its records will not be found in the text as they are now.
 *
 * @param format name of the format that is written
 */
export function createBoundaryCheck(format: string, report: Report): BoundaryCheck {
  const told = new Set<string>();
  return (record, source) => {
    if (!record.tokens || told.has(source)) return;
    const { tokens: _, ...text } = record;
    if (wordsOf(record) === wordsOf(text)) return;
    told.add(source);
    report({
      kind: 'token boundaries',
      place: `${source}:${record.line}`,
      what: `${format} does not hold where tokens and sentences end; here and there in this file they will be others`,
    });
  };
}

/** The tokens of a record, sentence by sentence. */
function wordsOf(record: AnnotatedText): string {
  return JSON.stringify(createSentenceCutter(() => {})([record], '').map(({ tokens }) => tokens));
}

/**
 * The record with single spaces, or line feeds where there are some now, between its tokens, so that a reader who cuts
 * at them finds the same ones; as it is where he does already, or none are known.
 *
 * @param tell is told of spans that hold no token
 * @returns undefined where a token holds a space, or the text more than tokens and white space
 */
export function separateTokens(record: AnnotatedText, tell: TellOfSpan): AnnotatedText | undefined {
  const { text, tokens } = record;
  if (!tokens || areSeparated(text, tokens)) return record;
  if (tokens.length === 0 || tokens.some((token) => /[ \n]/.test(token.text))) return undefined;
  const moved: Token[] = [];
  let separated = '';
  let end = 0;
  for (const token of tokens) {
    const gap = text.slice(end, token.start);
    if (gap.trim() !== '') return undefined;
    if (moved.length > 0) separated += gap.includes('\n') ? '\n' : ' ';
    moved.push({ text: token.text, start: separated.length, end: separated.length + token.text.length });
    separated += token.text;
    end = token.end;
  }
  if (text.slice(end).trim() !== '') return undefined;
  const spans = record.spans.flatMap((span): TextSpan[] => {
    const range = moveRange(span, tokens, moved);
    if (!range) tell('span without a token', span, 'covers no token; left out');
    return range ? [{ label: span.label, ...range }] : [];
  });
  return { ...record, text: separated, tokens: moved, spans };
}

/** Whether tokens are what stands between spaces and line feeds. */
function areSeparated(text: string, tokens: readonly Token[]): boolean {
  const words = text.split(/[ \n]+/).filter((word) => word !== '');
  return words.length === tokens.length && words.every((word, index) => word === tokens[index]?.text);
}

/** A range where tokens have moved; white space at its ends is left out. */
function moveRange(range: TextRange, tokens: readonly Token[], moved: readonly Token[]): TextRange | undefined {
  const first = tokens.findIndex(({ end }) => end > range.start);
  const last = tokens.findLastIndex(({ start }) => start < range.end);
  const [from, to] = [tokens[first], tokens[last]];
  if (!from || !to || last < first) return undefined;
  return {
    start: (moved[first] as Token).start + Math.max(0, range.start - from.start),
    end: (moved[last] as Token).start + Math.min(to.text.length, range.end - to.start),
  };
}
