import { at } from '../text/at.js';
import { type NamedTags, type TagReading, UNKNOWN_TAG, withoutUnknown } from '../text/possible-labels.js';
import { type Scheme, spansOf } from '../text/scheme.js';
import type { AnnotatedText, Sentence, Span, TextRange, Token } from '../text/sentence.js';
import { joinTokens } from '../text/sentence-breaks.js';
import type { Report } from './format.js';

/** A scheme in which the tags of every scheme with prefixes, IOB1 and IOB2 included, have their meaning. */
const ANY_PREFIXED: Scheme = { name: 'bioes', outside: 'O' };

/**
 * Returns how tags are read of sentences that pass one by one: with prefixes, or plain ones if another outside tag is named.
 */
export function tagReadingOfStream({ outside, unknownTag }: NamedTags): TagReading {
  const isPlain = outside !== undefined && outside !== 'O';
  return {
    scheme: isPlain ? { name: 'plain', outside } : ANY_PREFIXED,
    isUnknown: (tag) => tag === unknownTag || (!isPlain && tag === UNKNOWN_TAG),
  };
}

/**
 * Converts a sentence to a text with spans: its own text if the corpus gives it and the tokens are pieces of it, else its
 * tokens separated by spaces. Reports tags that spell no span.
 */
export function textOfSentence(given: Sentence, reading: TagReading, source: string, report: Report): AnnotatedText {
  const { scheme } = reading;
  const sentence = withoutUnknown(given, reading);
  const { tags, possible, document, isOfMarkedDocument, line } = sentence;
  const { text, tokens } = placeTokens(sentence);
  reportStrayTags(sentence, scheme, source, report);
  const spans = namedSpansOf(tags, scheme);
  const unlabelled = runsOf((t) => possible?.[t] !== undefined, tokens);
  return {
    text,
    tokens,
    spans: spans.map(({ label, start, end }) => ({
      label,
      start: at(tokens, start).start,
      end: at(tokens, end - 1).end,
    })),
    ...(unlabelled.length > 0 && { unlabelled }),
    ...((isOfMarkedDocument || document > 0) && { document }),
    line,
  };
}

/** Returns the ranges of the text that runs of such tokens cover. */
function runsOf(isIn: (t: number) => boolean, tokens: readonly Token[]): TextRange[] {
  const runs: TextRange[] = [];
  for (const [t, { start, end }] of tokens.entries()) {
    if (!isIn(t)) continue;
    const before = t > 0 && isIn(t - 1) ? runs.pop() : undefined;
    runs.push({ start: before?.start ?? start, end });
  }
  return runs;
}

/** Returns the spans that tags spell, without those whose label is empty or white space alone. */
export function namedSpansOf(tags: readonly string[], scheme: Scheme): Span[] {
  return spansOf(tags, scheme).filter(({ label }) => label.trim() !== '');
}

/** Reports each tag that is neither outside nor part of a span with a label. */
export function reportStrayTags(
  { tokens, tags, line }: Sentence,
  scheme: Scheme,
  source: string,
  report: Report,
): void {
  const isCovered = new Uint8Array(tags.length);
  for (const { start, end } of namedSpansOf(tags, scheme)) isCovered.fill(1, start, end);
  for (const [index, tag] of tags.entries())
    if (isCovered[index] === 0 && tag !== scheme.outside)
      report({
        kind: 'tag',
        place: `${source}:${line}`,
        what: `the tag ${JSON.stringify(tag)} of ${JSON.stringify(tokens[index])} (token ${index + 1}) spells no span; left out`,
      });
}

/** Returns the text of a sentence, and the places of its tokens in it. */
export function placeTokens(sentence: Pick<Sentence, 'tokens' | 'text'>): {
  readonly text: string;
  readonly tokens: readonly Token[];
} {
  if (sentence.text !== undefined) {
    const tokens = findTokens(sentence.text, sentence.tokens);
    if (tokens) return { text: sentence.text, tokens };
  }
  return joinTokens(sentence.tokens);
}

/** Finds consecutive tokens in a text, with only white space around them; returns undefined if they are not there. */
function findTokens(text: string, tokens: readonly string[]): Token[] | undefined {
  const found: Token[] = [];
  let position = 0;
  for (const token of tokens) {
    while (/\s/.test(text[position] ?? '') && !text.startsWith(token, position)) position++;
    if (!text.startsWith(token, position)) return undefined;
    found.push({ text: token, start: position, end: position + token.length });
    position += token.length;
  }
  return text.slice(position).trim() === '' ? found : undefined;
}
