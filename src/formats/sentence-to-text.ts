import type { AnnotatedText } from '../text/annotated-text.js';
import { type Scheme, spansOf } from '../text/scheme.js';
import type { Sentence, Token } from '../text/sentence.js';
import type { Report } from './format.js';

/** Reads every scheme that has prefixes: tags of IOB1 and IOB2 mean the same in it. */
const ANY_PREFIXED: Scheme = { name: 'bioes', outside: 'O' };

/** How tags are read where sentences pass one by one: as spans with prefixes, or plain ones with an outside tag. */
export function schemeOfStream(outside: string | undefined): Scheme {
  return outside === undefined || outside === 'O' ? ANY_PREFIXED : { name: 'plain', outside };
}

/**
 * A sentence as text with spans: its own text where the corpus says it and the tokens are pieces of it, else its tokens
 * with spaces between them. Tags that spell no span are told.
 */
export function textOfSentence(sentence: Sentence, scheme: Scheme, source: string, report: Report): AnnotatedText {
  const { tags, document, line } = sentence;
  const { text, tokens } = placeTokens(sentence);
  reportStrayTags(sentence, scheme, source, report);
  const spans = spansOf(tags, scheme).filter(({ label }) => label !== '');
  return {
    text,
    tokens,
    spans: spans.map(({ label, start, end }) => ({
      label,
      start: (tokens[start] as Token).start,
      end: (tokens[end - 1] as Token).end,
    })),
    ...(document > 0 && { document }),
    line,
  };
}

/** Tells of each tag that is neither outside nor a part of a span with a label. */
export function reportStrayTags(
  { tokens, tags, line }: Sentence,
  scheme: Scheme,
  source: string,
  report: Report,
): void {
  const isCovered = new Uint8Array(tags.length);
  for (const { label, start, end } of spansOf(tags, scheme)) if (label !== '') isCovered.fill(1, start, end);
  for (const [index, tag] of tags.entries())
    if (isCovered[index] === 0 && tag !== scheme.outside)
      report({
        kind: 'tag',
        place: `${source}:${line}`,
        what: `the tag ${JSON.stringify(tag)} of ${JSON.stringify(tokens[index])} (token ${index + 1}) spells no span; left out`,
      });
}

/** Where the tokens of a sentence stand in its text. */
export function placeTokens(sentence: Pick<Sentence, 'tokens' | 'text'>): {
  readonly text: string;
  readonly tokens: readonly Token[];
} {
  const found = sentence.text === undefined ? undefined : findTokens(sentence.text, sentence.tokens);
  if (found) return { text: sentence.text as string, tokens: found };
  let start = 0;
  const tokens = sentence.tokens.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: sentence.tokens.join(' '), tokens };
}

/** Tokens one after the other in a text, with nothing but white space around them; undefined where they are not. */
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
