import { badInput } from '../errors.js';
import { locateTokens } from '../text/locate-tokens.js';
import { quote } from '../text/quote.js';
import type { Span } from '../text/sentence.js';
import { asList, asObject, asOffset, asText, field, isObject, type JsonObject } from './json-fields.js';
import { JsonValues } from './json-values.js';
import { readLabel } from './jsonl.js';

/** What a person decided about a sentence. */
export interface Decision {
  readonly id: string;
  /** `file:line` of the decision. */
  readonly place: string;
  readonly isAccepted: boolean;
  /** The tokens with their offsets, if the decision is of the form that `rnn annotate` writes. */
  readonly tokens: readonly DecidedToken[] | undefined;
  readonly text: string | undefined;
  /** Whether a part of the text is said to be labelled by nobody. */
  readonly isPartial: boolean;
  /** The spans, in the unit of the decision. */
  readonly spans: readonly DecidedSpan[];
}

interface DecidedToken {
  readonly text: string;
  /** Undefined if tokens are given as texts alone. */
  readonly start: number | undefined;
  readonly end: number | undefined;
}

interface DecidedSpan extends Span {
  readonly text: string | undefined;
}

/**
 * Reads decisions, a JSON record a line; of those about one sentence the last one counts.
 *
 * @throws {UserError} with the line, if a record is no decision, exit code 3
 */
export function readDecisions(bytes: Uint8Array, source: string): Decision[] {
  const decisions = new Map<string, Decision>();
  const values = new JsonValues(source);
  for (const { value, place } of values.push(bytes)) {
    const decision = readDecision(asObject(value, 'the decision', place), place);
    decisions.delete(decision.id);
    decisions.set(decision.id, decision);
  }
  values.end();
  return [...decisions.values()];
}

function readDecision(record: JsonObject, place: string): Decision {
  const id = field(record, 'id');
  if (typeof id !== 'string')
    throw badInput(`${place}: expected the sentence as "id", as in "train.conll:12"`, 'rnn doubt --to jsonl writes it');
  const answer = field(record, 'answer');
  if (answer !== 'accept' && answer !== 'skip')
    throw badInput(
      `${place}: expected "accept" or "skip" as "answer", found ${JSON.stringify(answer) ?? 'nothing'}`,
      'rnn annotate --review writes what a person decided about findings',
    );
  const [text, tokens, unlabelled] = ['text', 'tokens', 'unlabelled'].map((name) => field(record, name));
  return {
    ...{ id, place, isAccepted: answer === 'accept' },
    isPartial: Array.isArray(unlabelled) && unlabelled.length > 0,
    text: text === undefined ? undefined : asText(text, '"text"', place),
    tokens:
      tokens === undefined ? undefined : asList(tokens, '"tokens"', place).map((token) => readToken(token, place)),
    spans:
      answer === 'skip' ? [] : asList(field(record, 'spans'), '"spans"', place).map((span) => readSpan(span, place)),
  };
}

function readToken(value: unknown, place: string): DecidedToken {
  if (!isObject(value)) return { text: asText(value, 'a token', place), start: undefined, end: undefined };
  return {
    text: asText(field(value, 'text'), 'the "text" of a token', place),
    start: asOffset(field(value, 'start'), '"start"', place),
    end: asOffset(field(value, 'end'), '"end"', place),
  };
}

function readSpan(value: unknown, place: string): DecidedSpan {
  const span = asObject(value, 'a span', place);
  const text = field(span, 'text');
  return {
    label: readLabel(field(span, 'label'), place),
    start: asOffset(field(span, 'start'), '"start"', place),
    end: asOffset(field(span, 'end'), '"end"', place),
    text: typeof text === 'string' ? text : undefined,
  };
}

/**
 * Returns the spans that a person accepted, in token numbers and in order. Spans count tokens if tokens are given as texts
 * and spans fit them so; else they are ranges of the text.
 *
 * @param tokens those of the sentence in the corpus
 * @returns a text that says why the decision is none about this sentence, if it is not
 */
export function spansOfDecision(decision: Decision, tokens: readonly string[]): readonly Span[] | string {
  const { spans, text } = decision;
  if (decision.isPartial) return 'a part of the text is "unlabelled", which cannot be written into the corpus';
  const own = decision.tokens?.map((token) => token.text);
  if (!own && text === undefined) return 'expected "tokens" or "text", found neither';
  if (own && JSON.stringify(own) !== JSON.stringify(tokens))
    return `expected the tokens ${quote(tokens.join(' '))}, found ${quote(own.join(' '))}`;
  const offsets = decision.tokens?.every(({ start }) => start !== undefined)
    ? decision.tokens.map(({ start = 0, end = 0 }) => ({ start, end }))
    : text !== undefined && locateTokens(tokens, text);
  const inText = offsets && placeOnTokens(spans, offsets, text);
  const mayCountTokens = own && decision.tokens?.every(({ start }) => start === undefined);
  const inTokens = mayCountTokens ? checkTokenSpans(spans, tokens) : undefined;
  const placed = inText || inTokens;
  if (!placed)
    return offsets || mayCountTokens
      ? 'a span does not begin and end where tokens do, or is not the text that it names'
      : `expected the tokens ${quote(tokens.join(' '))} in the text, found ${JSON.stringify(text)}`;
  const sorted = [...placed].sort((a, b) => a.start - b.start);
  const overlapping = sorted.find((span, index) => span.start < (sorted[index - 1]?.end ?? 0));
  if (overlapping) return `the ${overlapping.label} at token ${overlapping.start + 1} overlaps another span`;
  return sorted;
}

function placeOnTokens(
  spans: readonly DecidedSpan[],
  offsets: readonly { readonly start: number; readonly end: number }[],
  text: string | undefined,
): Span[] | undefined {
  const placed: Span[] = [];
  for (const span of spans) {
    const start = offsets.findIndex((token) => token.start === span.start);
    const end = offsets.findIndex((token) => token.end === span.end) + 1;
    const isOther = span.text !== undefined && text !== undefined && text.slice(span.start, span.end) !== span.text;
    if (start < 0 || end <= start || isOther) return undefined;
    placed.push({ label: span.label, start, end });
  }
  return placed;
}

function checkTokenSpans(spans: readonly DecidedSpan[], tokens: readonly string[]): Span[] | undefined {
  const fits = ({ start, end, text }: DecidedSpan): boolean =>
    start < end && end <= tokens.length && (text === undefined || tokens.slice(start, end).join(' ') === text);
  return spans.every(fits) ? spans.map(({ label, start, end }) => ({ label, start, end })) : undefined;
}
