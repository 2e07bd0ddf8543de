import { writeBracketText } from '../formats/bracket.js';
import { writeConll } from '../formats/conll.js';
import type { TaggedSentence } from '../model/tagger.js';
import { hasSpans, type Scheme } from '../text/scheme.js';

/** How results look: text with its entities marked, columns, or JSON lines. */
export type TaggedFormat = 'inline' | 'conll' | 'jsonl';

/** What writes tagged sentences, whose tags are of the scheme, in a format. */
export function writerOf(format: TaggedFormat, scheme: Scheme): (sentence: TaggedSentence) => string {
  if (format === 'conll') return conllLines;
  if (format === 'jsonl') return jsonLine;
  return hasSpans(scheme) ? inlineBrackets : inlineTags;
}

/** The text with `[entity](LABEL)`, which can be read back. */
export function inlineBrackets({ text, spans }: TaggedSentence): string {
  return `${writeBracketText(text, spans)}\n`;
}

/**
 * The text with its entities painted.
 *
 * @param paint gives an entity's text and label the look they have on a terminal
 */
export function inlinePainted(
  { text, spans }: TaggedSentence,
  paint: (entity: string, label: string) => string,
): string {
  let painted = '';
  let position = 0;
  for (const { start, end, label } of spans) {
    painted += text.slice(position, start) + paint(text.slice(start, end), label);
    position = end;
  }
  return `${painted + text.slice(position)}\n`;
}

/** The tokens with their tags, `The/DT bank/NN`, for tags that spell no spans. */
export function inlineTags({ tokens }: TaggedSentence): string {
  return `${tokens.map(({ text, tag }) => `${text}/${tag}`).join(' ')}\n`;
}

/** Token, tab, tag, a line each, and an empty line. */
export function conllLines({ tokens }: TaggedSentence): string {
  return writeConll({ tokens: tokens.map(({ text }) => text), tags: tokens.map(({ tag }) => tag) });
}

/** One JSON object on a line; confidences have 4 decimals. */
export function jsonLine({ text, tokens, spans }: TaggedSentence): string {
  const rounded = spans.map(({ label, start, end, text: entity, confidence }) => ({
    label,
    start,
    end,
    text: entity,
    confidence: Number(confidence.toFixed(4)),
  }));
  return `${JSON.stringify({ text, tokens, spans: rounded })}\n`;
}
