import { at } from '../text/at.js';
import { createSpanReader } from '../text/scheme.js';
import type { AnnotatedText, Sentence, Span } from '../text/sentence.js';
import type { CorpusItem, Report } from './format.js';
import { createCounter } from './issue-counter.js';
import { placesOf } from './text-spans.js';
import { isAnnotatedText } from './text-to-sentences.js';

/** Leaves out the tokens of one file that are white space alone. */
export interface WhiteSpaceFilter {
  /** Returns the items without such tokens, and without sentences of nothing else; spans are kept. */
  take(items: readonly CorpusItem[], source: string): CorpusItem[];
  /** Reports once how many tokens were left out, and where the first of them stood. */
  end(): void;
}

/** Tells whether a token is white space alone, as spaCy and Prodigy make a token of an empty line. */
export function isWhiteSpace(token: string): boolean {
  return token.trim() === '';
}

/** Creates a filter for one file. Training and conversion leave tokens of white space out; scoring keeps them, so that tokens align. */
export function createWhiteSpaceFilter(report: Report): WhiteSpaceFilter {
  const counter = createCounter('white-space token', report, (count, isOne) =>
    isOne ? 'a token is white space alone; left out' : `${count} tokens are white space alone; left out`,
  );
  const take = (item: CorpusItem, source: string): CorpusItem | undefined =>
    isAnnotatedText(item)
      ? textWithoutWhiteSpace(item, source, counter.count)
      : sentenceWithoutWhiteSpace(item, () => counter.count(`${source}:${item.line}`));
  return {
    take: (items, source) =>
      items.flatMap((item) => {
        const left = take(item, source);
        return left ? [left] : [];
      }),
    end: counter.end,
  };
}

function textWithoutWhiteSpace(record: AnnotatedText, source: string, tell: (place: string) => void): AnnotatedText {
  const { tokens } = record;
  if (!tokens?.some(({ text }) => isWhiteSpace(text))) return record;
  const placeOf = placesOf(record, source);
  for (const { text, start } of tokens) if (isWhiteSpace(text)) tell(placeOf(start));
  return { ...record, tokens: tokens.filter(({ text }) => !isWhiteSpace(text)) };
}

/** The scheme by which tags of every scheme with prefixes have their meaning. */
const readSpans = createSpanReader({ name: 'bioes', outside: 'O' });

/** Returns a sentence whose tags spell the same spans over fewer tokens; undefined if no token is left. */
function sentenceWithoutWhiteSpace(sentence: Sentence, tell: () => void): Sentence | undefined {
  const { tokens, tags } = sentence;
  const kept = [...tokens.keys()].filter((index) => !isWhiteSpace(at(tokens, index)));
  if (kept.length === tokens.length) return sentence;
  for (let left = kept.length; left < tokens.length; left++) tell();
  if (kept.length === 0) return undefined;
  const spanAt: (Span | undefined)[] = new Array(tokens.length).fill(undefined);
  for (const span of readSpans(tags)) if (span.label !== '') spanAt.fill(span, span.start, span.end);
  const respelt = kept.map((index, position) => {
    const tag = at(tags, index);
    const span = spanAt[index];
    if (!span) return tag;
    const before = kept[position - 1];
    const after = kept[position + 1];
    const previous = before === undefined ? undefined : spanAt[before];
    const opens = previous !== span;
    const closes = after === undefined || spanAt[after] !== span;
    const touches = opens && previous?.label === span.label;
    const beganWithB = opens && at(tags, span.start).startsWith('B-');
    const lastLetter = closes ? at(tags, span.end - 1).charAt(0) : '';
    return spell(tag, { opens, isB: touches || beganWithB, lastLetter });
  });
  return { ...sentence, tokens: kept.map((index) => at(tokens, index)), tags: respelt };
}

/** Returns a tag with the letter that it has if tokens before or after it were left out. */
function spell(tag: string, { opens, isB, lastLetter }: { opens: boolean; isB: boolean; lastLetter: string }): string {
  const letter = tag.charAt(0);
  const withLetter = (other: string): string => `${other}${tag.slice(1)}`;
  if (opens && letter === 'E') return withLetter('S');
  if (opens && letter === 'L') return withLetter('U');
  const ends = lastLetter === 'E' || lastLetter === 'L';
  if (ends && (letter === 'B' || (letter === 'I' && opens && isB))) return withLetter(lastLetter === 'E' ? 'S' : 'U');
  if (ends && letter === 'I') return withLetter(lastLetter);
  return letter === 'I' && isB ? withLetter('B') : tag;
}
