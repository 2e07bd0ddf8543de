import type { AnnotatedText, TextSpan } from '../text/annotated-text.js';
import { tagsOf } from '../text/scheme.js';
import type { Sentence, Span, Token } from '../text/sentence.js';
import { cutLines, sentenceBreaks } from '../text/sentence-breaks.js';
import { tokenize } from '../text/tokenizer.js';
import type { CorpusItem, Report } from './format.js';
import { placeOf, type TellOfSpan, tellOf, withoutOverlaps } from './spans-held.js';

const IOB2 = { name: 'iob2', outside: 'O' } as const;

/** Cuts the next texts of one file, whose name stands in issues, into sentences with IOB2 tags. */
export type SentenceCutter = (records: readonly AnnotatedText[], source: string) => Sentence[];

/**
 * Gives what cuts texts into sentences. Tokens are those that the record says, else those of the tokenizer; a token in
 * which a span begins or ends is cut there. Of spans that overlap the one that begins first stays, and the longer one of
 * those.
 *
 * Documents are what records say. Where they say nothing, each record is a document if one of them has several
 * sentences: of the records that were given with it, or of those before. Else none is, and all have one number.
 */
export function createSentenceCutter(report: Report): SentenceCutter {
  let document = 0;
  let areDocuments = false;
  let previous: { readonly name: AnnotatedText['document'] } | undefined;
  return (records, source) => {
    const pieces = records
      .map((record) => ({ name: record.document, sentences: cutRecord(record, source, report) }))
      .filter(({ sentences }) => sentences.length > 0);
    areDocuments ||= pieces.some(({ name, sentences }) => name === undefined && sentences.length > 1);
    return pieces.flatMap(({ name, sentences }) => {
      const isNamed = name !== undefined || previous?.name !== undefined;
      if (previous && (isNamed ? name !== previous.name : areDocuments)) document++;
      previous = { name };
      const isMarked = name !== undefined || areDocuments;
      return sentences.map((sentence) => ({ ...sentence, document, ...(isMarked && { isOfMarkedDocument: true }) }));
    });
  };
}

/** Whether an item of a corpus is a text with spans. */
export function isAnnotatedText(item: CorpusItem): item is AnnotatedText {
  return 'spans' in item;
}

/** The sentences of items that one reader gave: its own, or those of its texts. */
export function sentencesOf(items: readonly CorpusItem[], source: string, cut: SentenceCutter): Sentence[] {
  const texts = items.filter(isAnnotatedText);
  const sentences = items.filter((item): item is Sentence => !isAnnotatedText(item));
  return texts.length === 0 ? sentences : [...sentences, ...cut(texts, source)];
}

function cutRecord(record: AnnotatedText, source: string, report: Report): Omit<Sentence, 'document'>[] {
  const tell = tellOf(record, source, report);
  const kept = withoutOverlaps(record.spans, tell);
  const tokens = cutTokens(record.tokens ?? cutLines(record.text, tokenize), kept, (token, at) =>
    report({
      kind: 'token cut',
      place: placeOf(record, source, token.start),
      what: `a span begins or ends inside ${JSON.stringify(token.text)}, which is cut into ${JSON.stringify(token.text.slice(0, at - token.start))} and ${JSON.stringify(token.text.slice(at - token.start))}`,
    }),
  );
  const spans = kept.flatMap((span) => toTokens(span, tokens, tell) ?? []);
  return cut(record, tokens, spans);
}

/** Cuts tokens where spans, in order, begin or end inside them. */
function cutTokens(
  tokens: readonly Token[],
  spans: readonly TextSpan[],
  tell: (token: Token, at: number) => void,
): Token[] {
  const edges = spans.flatMap(({ start, end }) => [start, end]);
  const pieces: Token[] = [];
  let edge = 0;
  for (const token of tokens) {
    let rest = token;
    while (edge < edges.length && (edges[edge] as number) < token.end) {
      const at = edges[edge++] as number;
      if (at <= rest.start) continue;
      tell(rest, at);
      pieces.push(...trimmed(rest.text.slice(0, at - rest.start), rest.start));
      rest = { text: rest.text.slice(at - rest.start), start: at, end: rest.end };
    }
    pieces.push(...(rest === token ? [token] : trimmed(rest.text, rest.start)));
  }
  return pieces;
}

/** A piece of a token without the white space around it; none where nothing is left. */
function trimmed(text: string, start: number): Token[] {
  const token = text.trim();
  if (token === '') return [];
  const from = start + text.indexOf(token);
  return [{ text: token, start: from, end: from + token.length }];
}

/** The tokens that a span covers; undefined where it covers none. */
function toTokens({ label, start, end }: TextSpan, tokens: readonly Token[], tell: TellOfSpan): Span | undefined {
  const first = firstFrom(tokens, start);
  const last = firstFrom(tokens, end);
  const from = tokens[first];
  if (!from || last <= first) {
    tell('span without a token', { label, start, end }, 'covers no token; left out');
    return undefined;
  }
  if (from.start !== start || (tokens[last - 1] as Token).end !== end)
    tell('span trimmed', { label, start, end }, 'begins or ends outside of tokens; trimmed to them');
  return { label, start: first, end: last };
}

/** Number of the first token that begins at an offset or later. */
function firstFrom(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as Token).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sentences end at the breaks that lie in no span. */
function cut(record: AnnotatedText, tokens: readonly Token[], spans: readonly Span[]): Omit<Sentence, 'document'>[] {
  const { text } = record;
  const tags = tagsOf(spans, tokens.length, IOB2);
  const breaks = sentenceBreaks(text, tokens, record.tokens !== undefined).filter(
    (at) => !(tags[at] as string).startsWith('I-'),
  );
  const sentences: Omit<Sentence, 'document'>[] = [];
  let from = 0;
  let line = record.line;
  let seen = 0;
  for (const to of [...breaks, tokens.length]) {
    const own = tokens.slice(from, to);
    const first = own[0];
    const last = own.at(-1);
    from = to;
    if (!first || !last) continue;
    if (record.isWholeFile) line += text.slice(seen, first.start).split('\n').length - 1;
    seen = first.start;
    const words = own.map((token) => token.text);
    sentences.push({ tokens: words, tags: tags.slice(to - own.length, to), line, text: text.slice(seen, last.end) });
  }
  return sentences;
}
