import type { AnnotationRecord } from '../../src/annotation/record.js';
import type { Span } from '../../src/text/sentence.js';
import { joinTokens } from '../../src/text/sentence-breaks.js';

/** A decision about a sentence of words that spaces separate. */
export function decisionOn(
  id: string | number,
  text: string,
  spans: readonly Span[] = [],
  more: Partial<AnnotationRecord> = {},
): AnnotationRecord {
  return { id, ...joinTokens(text.split(' ')), spans, answer: 'accept', order: 'given', ...more };
}
