import type { AnnotationSentence } from '../../annotation/sentence.js';
import { badInput } from '../../errors.js';
import { asList, asName, asObject, asOffset, asText, field, type JsonObject } from '../../formats/json-fields.js';
import { parseJson } from '../../formats/json-values.js';
import { decodeText, nameOf, readBytes } from '../../node/files.js';
import { locateTokens } from '../../text/locate-tokens.js';
import type { Span } from '../../text/sentence.js';
import { joinTokens } from '../../text/sentence-breaks.js';

/**
 * Reads the findings that `rnn doubt` or `rnn agree` wrote with `--to jsonl`, a sentence once: several findings in one sentence are shown together.
 *
 * @throws {UserError} with file and line if a line is no finding, exit code 3
 */
export async function readFindings(path: string): Promise<AnnotationSentence[]> {
  const source = nameOf(path);
  const lines = decodeText(await readBytes(path), source).split('\n');
  const sentences = new Map<string | number, AnnotationSentence>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const sentence = readFinding(line, `${source}:${index + 1}`);
    if (!sentences.has(sentence.id)) sentences.set(sentence.id, sentence);
  }
  if (sentences.size === 0)
    throw badInput(`${source}: no finding in it`, 'rnn doubt corpus.conll --to jsonl writes findings');
  return [...sentences.values()];
}

function readFinding(line: string, place: string): AnnotationSentence {
  const record = asObject(parseJson(line.replace(/^\uFEFF/, ''), place), 'the finding', place);
  const id = asName(field(record, 'id'));
  const words = field(record, 'tokens');
  if (id === undefined || !Array.isArray(words) || words.length === 0)
    throw badInput(
      `${place}: expected a finding with "id" and "tokens"`,
      'rnn doubt corpus.conll --to jsonl writes findings',
    );
  const tokens = words.map((word) => asText(word, 'a token', place));
  const text = field(record, 'text');
  const found = typeof text === 'string' ? locateTokens(tokens, text) : undefined;
  const joined = joinTokens(tokens);
  const doubt = field(record, 'doubt');
  return {
    id,
    text: found ? asText(text, '"text"', place) : joined.text,
    tokens: found ?? joined.tokens,
    given: readSpans(record, 'spans', tokens.length, place),
    otherReading: {
      suggested: readSpans(record, 'suggestedSpans', tokens.length, place),
      doubt: typeof doubt === 'number' ? doubt : 0,
    },
  };
}

/** Reads spans that are ranges of tokens. */
function readSpans(record: JsonObject, name: string, length: number, place: string): Span[] {
  const spans = asList(field(record, name), JSON.stringify(name), place).map((value) => {
    const span = asObject(value, 'a span', place);
    const start = asOffset(field(span, 'start'), '"start"', place);
    const end = asOffset(field(span, 'end'), '"end"', place);
    if (start >= end || end > length)
      throw badInput(`${place}: expected a range of the ${length} tokens, found ${start} to ${end}`);
    return { label: asText(field(span, 'label'), 'a label', place), start, end };
  });
  return spans.sort((a, b) => a.start - b.start);
}
