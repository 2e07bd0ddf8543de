import { badInput } from '../../../errors.js';
import { field } from '../../../formats/json-fields.js';
import { isTooLong } from '../../../formats/lines.js';
import { type CasSentence, readCas } from '../../../formats/uima-cas.js';
import type { Language } from '../../../model/language.js';
import { at } from '../../../text/at.js';
import { hasSpans } from '../../../text/scheme.js';
import type { TextRange, TextSpan } from '../../../text/sentence.js';
import type { Asked, AskedRecord } from '../asked.js';
import { PLACE } from '../request-text.js';
import { readInceptionDocument, readInceptionRequest } from './request.js';

/** A sentence as tagging writes it. */
interface TaggedSentence {
  readonly tokens: readonly (TextRange & { readonly tag: string })[];
  readonly spans: readonly TextSpan[];
}

/**
 * Reads a request for suggestions. The tokens of the document are tagged, sentence by sentence; the answer is the document with what
 * was found.
 *
 * @throws {UserError} if it is not as INCEpTION sends it, the layer holds no labels of spans, or the document has no tokens
 */
export function readInceptionPredict(text: string, { scheme }: Pick<Language, 'scheme'>): Asked {
  const { layer, isOfSingleTokens, body } = readInceptionRequest(text);
  const { id, xmi } = readInceptionDocument(field(body, 'document'), 0);
  const cas = readCas(xmi, layer, `document ${id}`);
  if (cas.sentences.length === 0 && cas.text.trim() !== '')
    throw badInput(`${PLACE}: document ${id} has a text, but no tokens`, 'INCEpTION makes them when it imports a text');
  const marksNames = hasSpans(scheme);
  const suggest = (line: Uint8Array, index: number): TextSpan[] => {
    const tagged: TaggedSentence = JSON.parse(Buffer.from(line).toString());
    const spans = marksNames ? tagged.spans : tagged.tokens.map(({ tag, ...range }) => ({ label: tag, ...range }));
    const pieces = isOfSingleTokens ? cutAtTokens(spans, tagged.tokens) : spans;
    const start = startOf(at(cas.sentences, index));
    return pieces.map((span) => ({ ...span, start: start + span.start, end: start + span.end }));
  };
  return {
    records: cas.sentences.map((tokens) => readSentence(cas.text, tokens, id)),
    write: (lines) => [Buffer.from(JSON.stringify({ document: cas.withSuggestions(lines.flatMap(suggest)) }))],
  };
}

function startOf(tokens: CasSentence): number {
  return at(tokens, 0).start;
}

function readSentence(text: string, tokens: CasSentence, id: number): AskedRecord {
  const start = startOf(tokens);
  const content = text.slice(start, at(tokens, tokens.length - 1).end);
  if (isTooLong(content)) throw badInput(`${PLACE}: a sentence of document ${id} is over 1 MB long`);
  const placed = tokens.map((token) => ({
    text: text.slice(token.start, token.end),
    start: token.start - start,
    end: token.end - start,
  }));
  return { record: { kind: 'fields', content: { text: content, tokens: placed }, fields: '' }, how: { to: 'jsonl' } };
}

/** Returns a span for each token in spans, since INCEpTION takes no longer ones where a layer marks single tokens. Both are in order. */
function cutAtTokens(spans: readonly TextSpan[], tokens: readonly TextRange[]): TextSpan[] {
  let next = 0;
  const startBefore = (offset: number): boolean => (tokens[next]?.start ?? offset) < offset;
  return spans.flatMap((span) => {
    while (startBefore(span.start)) next++;
    const first = next;
    while (startBefore(span.end)) next++;
    return tokens.slice(first, next).map(({ start, end }) => ({ ...span, start, end }));
  });
}
