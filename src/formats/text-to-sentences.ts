import { at } from '../text/at.js';
import { numbersOf } from '../text/cut-tokens.js';
import { UNKNOWN_TAG } from '../text/possible-labels.js';
import { tagsOf } from '../text/scheme.js';
import type { AnnotatedText, Sentence, Span, TextRange, TextSpan, Token } from '../text/sentence.js';
import { cutLines, sentenceBreaks } from '../text/sentence-breaks.js';
import { tokenize } from '../text/tokenizer.js';
import type { CorpusItem, Report } from './format.js';
import { placesOf, type TellOfSpan, tellOf, withoutOverlaps } from './text-spans.js';

const IOB2 = { name: 'iob2', outside: 'O' } as const;

/** Cuts the next texts of a file into sentences with IOB2 tags, `?` where nothing was labelled; `source` is the name of the file in messages. */
export type SentenceCutter = (records: readonly AnnotatedText[], source: string) => Sentence[];

/**
 * Creates a function that cuts texts into sentences. Tokens are those of the record, if it has any, else those of the
 * tokenizer; a token in which a span begins or ends is cut there. If spans overlap, the one that begins first is kept, and the
 * longer of two that begin together.
 *
 * Documents are those that records name. If they name none, each record is a document if a record in this or an earlier call
 * has several sentences; otherwise there are no documents, and all sentences have the same number. A record without a token has
 * no sentence, which is reported.
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

/** Tells whether an item of a corpus is a text with spans. */
export function isAnnotatedText(item: CorpusItem): item is AnnotatedText {
  return 'spans' in item;
}

/** Returns the sentences among the items of one reader, and those of the texts among them. */
export function sentencesOf(items: readonly CorpusItem[], source: string, cut: SentenceCutter): Sentence[] {
  const texts = items.filter(isAnnotatedText);
  const sentences = items.filter((item): item is Sentence => !isAnnotatedText(item));
  return texts.length === 0 ? sentences : [...sentences, ...cut(texts, source)];
}

function cutRecord(record: AnnotatedText, source: string, report: Report): Omit<Sentence, 'document'>[] {
  const tell = tellOf(record, source, report);
  const placeOf = placesOf(record, source);
  const kept = withoutOverlaps(record.spans, tell);
  const tokens = cutTokens(record.tokens ?? cutLines(record.text, tokenize), kept, (token, edge) =>
    report({
      kind: 'token cut',
      place: placeOf(token.start),
      what: `a span begins or ends inside ${JSON.stringify(token.text)}, which is cut into ${JSON.stringify(token.text.slice(0, edge - token.start))} and ${JSON.stringify(token.text.slice(edge - token.start))}`,
    }),
  );
  const spans = kept.flatMap((span) => toTokens(span, tokens, tell) ?? []);
  const tags = tagsOf(spans, tokens.length, IOB2);
  for (const { start, end } of record.unlabelled ?? []) {
    if (markUnknown({ start, end }, tokens, tags) > 0) continue;
    const what = `an unlabelled range (${start} to ${end}) covers no token; left out`;
    report({ kind: 'left out', place: placeOf(start), what });
  }
  if (tokens.length === 0) reportEmptyRecord(placeOf(0), report);
  return cut(record, tokens, tags);
}

/** Reports a record that is left out since its text holds no token. */
export function reportEmptyRecord(place: string, report: Report): void {
  report({ kind: 'empty record', place, what: 'the text holds no token; left out' });
}

/**
 * Gives tokens that are in no span, and that a range touches, the tag of those whose tag is not known.
 *
 * @returns how many tokens the range touches
 */
function markUnknown({ start, end }: TextRange, tokens: readonly Token[], tags: string[]): number {
  // Tokens are in order, so that only the one before the first that begins in the range can reach into it.
  const first = firstFrom(tokens, start);
  const before = tokens[first - 1];
  let count = 0;
  for (let index = before && before.end > start ? first - 1 : first; index < tokens.length; index++) {
    if (at(tokens, index).start >= end) break;
    count++;
    if (tags[index] === IOB2.outside) tags[index] = UNKNOWN_TAG;
  }
  return count;
}

/** Cuts tokens where spans, which are in order, begin or end inside them. */
function cutTokens(
  tokens: readonly Token[],
  spans: readonly TextSpan[],
  tell: (token: Token, edge: number) => void,
): Token[] {
  const edges = spans.flatMap(({ start, end }) => [start, end]);
  const pieces: Token[] = [];
  let next = 0;
  for (const token of tokens) {
    let rest = token;
    for (let edge = edges[next]; edge !== undefined && edge < token.end; edge = edges[++next]) {
      if (edge <= rest.start) continue;
      tell(rest, edge);
      pieces.push(...trimmed(rest.text.slice(0, edge - rest.start), rest.start));
      rest = { text: rest.text.slice(edge - rest.start), start: edge, end: rest.end };
    }
    pieces.push(...(rest === token ? [token] : trimmed(rest.text, rest.start)));
  }
  return pieces;
}

/** Returns a piece of a token without white space around it, or nothing if nothing else is left. */
function trimmed(text: string, start: number): Token[] {
  const token = text.trim();
  if (token === '') return [];
  const from = start + text.indexOf(token);
  return [{ text: token, start: from, end: from + token.length }];
}

/** Returns a span in token numbers; undefined if it covers no token. */
function toTokens({ label, start, end }: TextSpan, tokens: readonly Token[], tell: TellOfSpan): Span | undefined {
  const first = firstFrom(tokens, start);
  const last = firstFrom(tokens, end);
  const from = tokens[first];
  if (!from || last <= first) {
    tell('span without a token', { label, start, end }, 'covers no token; left out');
    return undefined;
  }
  if (from.start !== start || at(tokens, last - 1).end !== end)
    tell('span trimmed', { label, start, end }, 'begins or ends outside of tokens; trimmed to them');
  return { label, start: first, end: last };
}

/** Returns the number of the first token that begins at an offset or later. */
function firstFrom(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(tokens, middle).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Cuts a text into sentences at the breaks that are not inside a span. */
function cut(record: AnnotatedText, tokens: readonly Token[], tags: readonly string[]): Omit<Sentence, 'document'>[] {
  const { text } = record;
  const breaks = sentenceBreaks(text, numbersOf(tokens), record.tokens !== undefined).filter(
    (index) => !tags[index]?.startsWith('I-'),
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
